import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { listDamaged } from '../../src-main/engine/storage/damaged.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../support/folder.ts';

test('rows of an earlier version are taken as they are, and go on being written', async () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, 5));
  const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer3.1' });
  const salt = Buffer.alloc(32, 7);
  db.prepare(
    `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs)
     VALUES ('r', 'interrupted', '2026-01-01T00:00:00.000Z', ?, '["a","b"]', 1, 1)`,
  ).run(JSON.stringify(plan));
  db.prepare(`INSERT INTO workspace (key, value) VALUES ('salt', ?)`).run(salt);
  db.prepare(
    `INSERT INTO exports (run_id, format, path, bytes, sha256, created_at, parity, options)
     VALUES ('r', 'onnx', '/model.onnx', 1, 'ab', '2026-01-01T00:00:00.000Z', ?, '{}')`,
  ).run(
    JSON.stringify({ images: 1, largestDifference: 0, meanDifference: 0, changedDecisions: null, runtime: 'onnxruntime' }),
  ); // prettier-ignore
  db.close();

  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  expect(workspace.salt).toEqual(salt);
  expect(await listDamaged(store)).toEqual([]);
  expect(store.exports.list('r')).toHaveLength(1);
  for (const status of ['running', 'completed'] as const) {
    store.runs.setStatus('r', status);
    expect(store.runs.get('r')).toMatchObject({ status, parameters: 1 });
  }
});
