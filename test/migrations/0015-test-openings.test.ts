import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../support/folder.ts';

test('openings of earlier versions count, without a purpose; later ones say what for and why', () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, 14));
  const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer3.1' });
  db.prepare(
    `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs)
     VALUES ('r', 'completed', '2026-01-01T00:00:00.000Z', ?, '["a","b"]', 1, 1)`,
  ).run(JSON.stringify(plan));
  db.prepare(`INSERT INTO audit_log (at, what, object) VALUES ('2026-01-02T00:00:00.000Z', 'test.opened', 'r')`).run();
  db.close();

  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  const at = '2026-01-02T00:00:00.000Z';
  expect(store.runs.get('r').testOpened).toEqual({ at, times: 1 });
  store.runs.openTest('r', { purpose: 'report', reason: 'for the revision' });
  store.runs.openTest('r', { purpose: 'card' });
  expect(store.runs.get('r').testOpened).toEqual({ at, times: 3 });
  expect(
    store.log
      .recent({ limit: 9 })
      .flatMap(({ what, purpose, reason }) => (what === 'test.opened' ? [[what, purpose, reason]] : [])),
  ).toEqual([
    ['test.opened', 'card', null],
    ['test.opened', 'report', 'for the revision'],
    ['test.opened', null, null],
  ]);
});
