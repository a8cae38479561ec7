import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { listDamaged } from '../../src-main/engine/storage/damaged.ts';
import { backupStore } from '../../src-main/engine/store/backup.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';
import { saveDataset } from '../../src-main/engine/store/queries/datasets.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../support/dataset.ts';
import { temporaryFolder } from '../support/folder.ts';

const at = '2026-01-01T00:00:00.000Z';
const base = trainingPlan.parse({ data: { folder: '/images' }, backbone: 'resnet18', cut: 'layer3.1' });
const plan = {
  kind: 'learning-curve',
  base,
  strategies: ['full'],
  cuts: [],
  shares: [1],
  seeds: [0],
  confidence: 0.95,
};
const cell = { strategy: 'full', cut: null, source: null, seed: 0, fold: null, share: 1, epochs: 1 } as const;

/** A store of the version before, with a study as it was called then, and a run of it. */
function storeOfVersion9(folder: string) {
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, 9));
  const dataset = saveDataset(db, exampleDataset());
  for (const id of ['s', 't']) {
    db.prepare(
      `INSERT INTO studies (id, kind, status, created_at, plan, classes, dataset_id)
       VALUES (?, 'learning-curve', 'interrupted', ?, ?, '["a","b"]', ?)`,
    ).run(id, at, JSON.stringify(plan), dataset);
  }
  db.prepare(
    `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs, dataset_id, study_id)
     VALUES ('r', 'interrupted', ?, ?, '["a","b"]', 1, 1, ?, 's')`,
  ).run(at, JSON.stringify(base), dataset);
  db.prepare(`INSERT INTO study_cells (study_id, cell, position, run_id) VALUES ('s', ?, 1, 'r')`).run(
    JSON.stringify(cell),
  );
  db.exec(`INSERT INTO study_notes (study_id, name, value) VALUES ('s', 'probe', '[0.5]');
    INSERT INTO audit_log (at, what, object) VALUES ('${at}', 'study.created', 's'), ('${at}', 'run.created', 'r')`);
  return db;
}

test('studies of earlier versions are comparisons, with their cells, notes and runs, and go on being written', async () => {
  const folder = temporaryFolder();
  const before = storeOfVersion9(folder);
  const copy = join(temporaryFolder(), 'before.db');
  // A backup of then counts what is in it.
  expect(await backupStore(before, copy, { overwrite: false })).toMatchObject({ runs: 1, comparisons: 2 });
  before.close();

  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  expect(await listDamaged(store)).toEqual([]);
  expect(store.comparisons.list().map(({ id }) => id)).toEqual(['t', 's']);
  expect(store.runs.get('r').comparison).toBe('s');
  expect(store.comparisonCells.find('s', cell)).toMatchObject({ position: 1, run: 'r', record: null });
  expect(store.comparisonNotes.load('s', 'probe')).toBe('[0.5]');

  store.comparisons.setStatus('s', 'running');
  store.comparisonCells.begin('s', { ...cell, seed: 1 }, null);
  store.comparisonCells.begin('s', cell, null);
  store.runs.setStatus('r', 'running');
  expect(store.comparisons.get('s')).toMatchObject({ kind: 'learning-curve', status: 'running' });
  expect(store.comparisonCells.list('s').map(({ position, run }) => [position, run])).toEqual([
    [1, null],
    [2, null],
  ]);
  expect(await listDamaged(store)).toEqual([]);
});

test('the log says so, and no row of it changes afterwards; what was damaged stays known as damaged', async () => {
  const folder = temporaryFolder();
  const before = storeOfVersion9(folder);
  before.exec(`DROP TRIGGER studies_copied_again; UPDATE studies SET status = 'completed' WHERE id = 't';`);
  before.exec(`CREATE TRIGGER studies_copied_again AFTER UPDATE OF id ON studies BEGIN SELECT 1; END`);
  before.close();
  openWorkspace(folder).close();

  const db = openDatabase(join(folder, 'cutpoint.db'));
  onTestFinished(() => void db.close());
  const log = db.prepare(`SELECT what, object FROM audit_log WHERE object IN ('s', 'r') ORDER BY id`).all();
  expect(log).toEqual([
    { what: 'comparison.created', object: 's' },
    { what: 'run.created', object: 'r' },
  ]);
  expect(() => db.exec(`UPDATE audit_log SET what = 'x'`)).toThrow('append-only');
  expect(() => db.exec('DELETE FROM audit_log')).toThrow('append-only');
  expect(db.prepare('SELECT id, whole FROM comparisons ORDER BY id').all()).toEqual([
    { id: 's', whole: 1 },
    { id: 't', whole: 0 },
  ]);
});
