import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';
import { openStore } from '../../src-main/engine/store/store.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../support/dataset.ts';
import { temporaryFolder } from '../support/folder.ts';
import { storeRuns } from '../support/manyRuns.ts';

/** A store of the version before with two studies, each with a run and its split; opened by this version. */
function opened() {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, 15));
  // The code of today, which fills it, reads a column that came later.
  db.exec('ALTER TABLE runs ADD COLUMN smaller_batches TEXT');
  const before = openStore(db, folder);
  const [first, second] = ['/first', '/second'].map((place) => {
    const dataset = exampleDataset({ folder: place });
    const [run] = storeRuns(before, 1, { dataset });
    before.splits.save(
      run!,
      dataset.images.map(({ file }, at) => [file, at < 8 ? 'train' : 'validation'] as const),
    );
    return { run: run!, study: before.studies.ofRun(run!)!, data: before.runs.datasets(run!).dataset! };
  });
  const splits = [first!, second!].map(({ run }) => before.splits.load(run));
  db.exec('ALTER TABLE runs DROP COLUMN smaller_batches');
  db.close();
  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  return { workspace, file: join(folder, 'cutpoint.db'), first: first!, second: second!, splits };
}

test('what was stored is what it was; images go with their study, and no split of another is looked through for it', () => {
  const { workspace, file, first, second, splits } = opened();
  const { store } = workspace;
  expect([first, second].map(({ run }) => store.splits.load(run))).toEqual(splits);
  expect(store.studies.dataset(first.study)!.data).toMatchObject({ images: 12 });

  const db = openDatabase(file);
  onTestFinished(() => void db.close());
  expect(db.pragma('foreign_key_list(splits)')).toEqual([
    expect.objectContaining({ table: 'runs', from: 'run_id' }),
    expect.objectContaining({ table: 'runs', from: 'dataset_id' }),
  ]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');

  // A list of images that a run refers to stays.
  const none = { studies: [], runs: [], comparisons: [], sources: [], datasets: [], exports: [], jobs: [] };
  expect(() => store.storage.remove({ ...none, datasets: [first.data] })).toThrow(/FOREIGN KEY/);
  expect(store.splits.load(first.run)).toEqual(splits[0]);
  store.storage.remove({ ...none, studies: [first.study], runs: [first.run], datasets: [first.data] });
  expect(store.storage.datasets()).toMatchObject([{ id: second.data, images: 12 }]);
  expect(store.splits.load(second.run)).toEqual(splits[1]);
  expect(db.prepare('SELECT count(*) FROM splits').pluck().get()).toBe(12);
});

test('a row of a split is of an image that is stored, as before', () => {
  const { file, first } = opened();
  const db = openDatabase(file);
  onTestFinished(() => void db.close());
  expect(() => db.prepare('INSERT INTO splits VALUES (?, ?, 99, ?)').run(first.run, first.data, 'train')).toThrow(
    'a split is of images that are stored',
  );
});

test.each(['run', 'comparison'] as const)('openings of the test set of a %s are found by an index', (kind) => {
  const db = openDatabase(opened().file);
  onTestFinished(() => void db.close());
  const what = { run: 'test.opened', comparison: 'comparison.test-opened' }[kind];
  const plan = db
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT at FROM audit_log WHERE what = '${what}' AND object = 'x'`,
    )
    .all();
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringMatching(/USING INDEX \w*tests_opened/)]);
});
