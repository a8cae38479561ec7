import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { listDamaged } from '../../src-main/engine/storage/damaged.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';
import { saveDataset } from '../../src-main/engine/store/queries/datasets.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../support/dataset.ts';
import { temporaryFolder } from '../support/folder.ts';

const day = (number: number): string => `2026-01-0${number}T00:00:00.000Z`;
const base = (data: object) => trainingPlan.parse({ data, backbone: 'resnet18', cut: 'layer3.1' });
const chest = { folder: '/data/chest' };
const labelled = { ...chest, labels: { csv: '/data/chest/labels.csv' } };

/** A store of the version before, with runs and a comparison on three selections of data. */
function storeOfVersion10(folder: string) {
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, 10));
  const dataset = saveDataset(db, exampleDataset());
  const plan = {
    kind: 'learning-curve',
    ...{ base: base(labelled), strategies: ['full'], cuts: [], shares: [1], seeds: [0], confidence: 0.95 },
  };
  db.prepare(
    `INSERT INTO comparisons (id, kind, status, created_at, plan, classes, dataset_id)
     VALUES ('c', 'learning-curve', 'completed', ?, ?, '["a","b"]', ?)`,
  ).run(day(2), JSON.stringify(plan), dataset);
  const insert = db.prepare(
    `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs, comparison_id)
     VALUES (?, 'completed', ?, ?, '["a","b"]', 1, 1, ?)`,
  );
  insert.run('of-chest', day(1), JSON.stringify(base(chest)), null);
  insert.run('of-labelled', day(3), JSON.stringify(base(labelled)), null);
  // One grey scale was found, and another asked for: the data are the same.
  insert.run('of-scale', day(4), JSON.stringify(base({ ...chest, greyScale: 'full' })), null);
  insert.run('of-comparison', day(5), JSON.stringify(base(chest)), 'c');
  insert.run('newer', day(6), JSON.stringify({ ...base(chest), version: 99 }), null);
  insert.run('damaged', day(7), JSON.stringify(base(chest)), null);
  db.exec(`UPDATE runs SET row_copy = '[]' WHERE id = 'damaged'`);
  db.close();
}

test('what there is gets one study for each selection of data, named after its folder', async () => {
  const folder = temporaryFolder();
  storeOfVersion10(folder);
  const open = () => openWorkspace(folder);
  let workspace = open();
  onTestFinished(() => workspace.close());

  const studies = workspace.store.studies.list();
  // The one whose newest run is the newer one comes first; none has been opened since.
  expect(studies).toMatchObject([
    { name: 'chest', createdAt: day(1), openedAt: day(7), data: chest, note: '' },
    { name: 'chest 2', createdAt: day(2), openedAt: day(5), data: labelled },
  ]);
  const [first, second] = studies.map(({ id }) => id);
  const studyOf = Object.fromEntries(workspace.store.runs.list().map(({ id, study }) => [id, study]));
  expect(studyOf).toEqual({
    ...{ 'of-chest': first, 'of-scale': first, 'of-labelled': second, 'of-comparison': second },
  });
  expect(workspace.store.comparisons.get('c')).toMatchObject({ study: second, name: null, note: '' });
  expect(workspace.store.runs.get('of-chest')).toMatchObject({
    name: null,
    note: '',
    starred: false,
    testOpened: null,
  });

  // What could not be read before is told as it was, and the others are whole.
  const damagedNow = async () => (await listDamaged(workspace.store)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const damaged = await damagedNow();
  expect(damaged).toMatchObject([
    { kind: 'run', id: 'damaged', code: 'STORE_CORRUPT' },
    { kind: 'run', id: 'newer', code: 'PLAN_NEWER' },
  ]);

  // Opened again, nothing is made once more.
  workspace.close();
  workspace = open();
  expect(workspace.store.studies.list()).toEqual(studies);
  workspace.store.runs.edit('of-chest', { name: 'First', starred: true });
  workspace.store.runs.setStatus('of-chest', 'running');
  expect(workspace.store.runs.get('of-chest')).toMatchObject({ name: 'First', starred: true, status: 'running' });
  expect(await damagedNow()).toEqual(damaged);
});
