import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exportOptions } from '../../../src-main/contract/model.ts';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import { listDamaged } from '../../../src-main/engine/storage/damaged.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';

const record = {
  ...{
    epoch: 1,
    stage: 'fine-tuning' as const,
    trainLoss: 0.5,
    validationLoss: 0.25,
    validationAuroc: 0.9,
    validationAuprc: null,
  },
  ...{ validationAccuracy: 0.5, validationBalancedAccuracy: 0.5, learningRate: 1e-4, seconds: 1.5, liveTensors: 9 },
};
const metrics = {
  ...{ auroc: 0.75, auprc: 0.5, accuracy: 0.5, balancedAccuracy: 0.5, sensitivity: 1, specificity: 0, loss: 0.7 },
  ...{ perClass: [], confusionMatrix: [] },
};

const source = {
  ...{ name: 'mine', backbone: 'resnet18', file: '/mine.pth', format: 'PyTorch', sha256: 'ab', bytes: 9, matched: 3 },
  ...{ addedAt: '2026-01-01T00:00:00.000Z', missing: 0, parameters: 5, catalogue: null, preprocessing: null },
  origin: null,
};
const exported = {
  format: 'onnx',
  ...{ path: '/model.onnx', bytes: 9, sha256: 'cd', createdAt: '2026-01-01T00:00:00.000Z' },
  ...{ parity: { images: 2, largestDifference: 0, meanDifference: 0, changedDecisions: 0, runtime: 'x', wholePath: null }, stored: null },
  ...{ options: exportOptions.parse({}), certificate: '/certificate.json', card: '/card.md', latency: null, effect: null },
} as const; // prettier-ignore
const cell = { strategy: 'full', cut: null, source: null, seed: 0, fold: null, share: 1, epochs: 1 } as const;

/** A workspace with one run of everything; `change` is run on its database from outside. */
function workspaceWith(change: string) {
  const folder = temporaryFolder();
  const first = openWorkspace(folder);
  const { store } = first;
  const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' });
  const { id } = store.runs.create({ plan, classes: ['a', 'b'], parameters: 1, macs: 1 });
  const dataset = exampleDataset();
  const data = store.datasets.save(dataset);
  store.runs.setDataset(id, data, null);
  store.splits.save(
    id,
    dataset.images.map(({ file }, index) => [file, index % 2 ? 'train' : 'test'] as const),
  );
  store.runChoices.save(id, 'calibration', 'platt');
  store.runChoices.save(id, 'operating-point', { rule: { kind: 'youden' }, threshold: 0.5, positive: 'b' });
  store.epochs.add(id, record, { checkpoint: 'epoch-00001.safetensors', crc32: 5, isBest: true });
  store.predictions.save(id, 'test', [{ file: 'a.png', label: 1, probabilities: Float32Array.of(0.25, 0.75) }]);
  store.sources.add(source, { weightsFile: 'source.safetensors', crc32: 3 });
  store.exports.add({ ...exported, run: id });
  store.datasets.move(data, '/moved');
  const comparison = store.comparisons.create({
    plan: { kind: 'learning-curve', base: plan, strategies: ['full'], cuts: [], shares: [1], seeds: [0], confidence: 0.95 },
    ...{ classes: ['a', 'b'], dataset: data, test: null },
  }).id; // prettier-ignore
  store.comparisonCells.begin(comparison, cell, id);
  store.comparisonNotes.save(comparison, 'probe', '[0.75]');
  store.evaluations.save(id, { run: id, on: 'test', images: 1, groups: 1, classes: ['a', 'b'], problems: [], metrics });
  first.close();
  const db = new Sqlite(join(folder, 'cutpoint.db'));
  db.pragma('foreign_keys = OFF');
  // As a bit that flips on the disk: nothing is told of it.
  const triggers = db.prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all(); // prettier-ignore
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.exec(change);
  for (const { sql } of triggers) db.exec(sql);
  db.close();
  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  return { workspace, store: workspace.store, id, data, comparison };
}

type Opened = ReturnType<typeof workspaceWith>;

/** A valid value for another: what a flipped bit makes of numbers and letters. SQLite's own check finds none of these. */
describe('what is another value than the one stored is damage, named and not read', () => {
  test.each<[string, string, (opened: Opened) => unknown]>([
    ['prediction', `UPDATE predictions SET probabilities = x'0000003f0000003f'`, ({ store, id }) => store.predictions.load(id, 'test')],
    ['prediction', 'UPDATE predictions SET label = 0', ({ store, id }) => store.predictions.load(id, 'test')],
    ['evaluation', `UPDATE evaluations SET evaluation = replace(evaluation, '0.75', '0.95')`, ({ store, id }) => store.evaluations.load(id)],
    ['evaluation', `UPDATE evaluations SET evaluation = replace(evaluation, '*/', '+/')`, ({ store, id }) => store.evaluations.load(id)],
    ['epoch 1', 'UPDATE epochs SET validation_auroc = 0.91', ({ store, id }) => store.runs.get(id)],
    ['epoch 1', 'UPDATE epochs SET checkpoint_crc32 = 4', ({ store, id }) => store.epochs.best(id)],
    ['split', `UPDATE splits SET split = 'train' WHERE position = 0`, ({ store, id }) => store.splits.load(id)],
    ['split', 'DELETE FROM splits WHERE position = 0', ({ store, id }) => store.splits.load(id)],
    ['list of images', `UPDATE images SET label = 'b' WHERE position = 0`, ({ store, data }) => store.datasets.load(data)],
    ['folder of dataset', `UPDATE dataset_moves SET folder = '/moveD'`, ({ store, data }) => store.datasets.load(data)],
    ['cell of comparison', 'UPDATE comparison_cells SET position = 2', ({ store, comparison }) => store.comparisonCells.list(comparison)],
    ['cell of comparison', 'UPDATE comparison_cells SET run_id = NULL', ({ store, comparison }) => store.comparisonCells.find(comparison, cell)],
    ['key with which patient', `UPDATE workspace SET value = randomblob(32)`, ({ workspace }) => workspace.salt],
    ['operating-point of run', `UPDATE run_choices SET chosen_at = '2026'`, ({ store, id }) => store.runChoices.load(id, 'operating-point')],
    ['calibration of run', `UPDATE run_choices SET value = replace(value, 'platt', 'plato')`, ({ store, id }) => store.runChoices.load(id, 'calibration')],
    ['run', 'UPDATE runs SET best_epoch = 2', ({ store, id }) => store.epochs.best(id)],
    ['plan', `UPDATE runs SET plan = replace(plan, 'layer2.1', 'layer3.1')`, ({ store, id }) => store.runs.get(id)],
  ])('%s: %s', (what, change, read) => {
    const opened = workspaceWith(change);
    expect(() => read(opened)).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT', message: expect.stringContaining(what) }),
    );
  }); // prettier-ignore

  // Any other number or text; some columns take certain values alone.
  const other = (column: string): string =>
    ({ status: `'failed'`, kind: `'search'` })[column] ??
    `CASE typeof(${column}) WHEN 'integer' THEN ${column} + 1 WHEN 'text' THEN ${column} || 'x' ELSE 'x' END`;

  const single = {
    runs: {
      columns: 'status, created_at, finished_at, parameters, macs, engine, dataset_id, test_dataset_id, best_epoch, comparison_id, study_id, name, note',
      read: ({ store, id }: Opened) => [store.runs.datasets(id), store.runs.get(id)],
    },
    comparisons: {
      columns: 'kind, status, created_at, finished_at, dataset_id, test_dataset_id, study_id, name, note',
      read: ({ store, comparison }: Opened) => store.comparisons.get(comparison),
    },
    sources: {
      columns: 'backbone, file, format, sha256, bytes, added_at, matched, missing, parameters, catalogue, weights_file, weights_crc32',
      read: ({ store }: Opened) => store.sources.get('mine'),
    },
  }; // prettier-ignore
  const columns = Object.entries(single).flatMap(([table, { columns, read }]) =>
    columns.split(', ').map((column) => ({ table, column, read })),
  );
  test.each(columns)('$table.$column', ({ table, column, read }) => {
    const opened = workspaceWith(`UPDATE ${table} SET ${column} = ${other(column)}`);
    expect(() => read(opened)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  });

  test.each(['format', 'path', 'bytes', 'sha256', 'created_at', 'certificate', 'card'])(
    'exports.%s',
    async (column) => {
      const value = column === 'format' ? `'tfjs'` : other(column);
      const { store, id } = workspaceWith(`UPDATE exports SET ${column} = ${value}`);
      expect(store.exports.list(id)).toEqual([]);
      expect(await listDamaged(store)).toMatchObject([{ kind: 'export' }]);
    },
  );

  test('what a comparison computed beside its runs is computed again', () => {
    const { store, comparison } = workspaceWith(`UPDATE comparison_notes SET value = replace(value, '0.75', '0.95')`);
    expect(store.comparisonNotes.load(comparison, 'probe')).toBeNull();
    store.comparisonNotes.save(comparison, 'probe', '[0.75]');
    expect(store.comparisonNotes.load(comparison, 'probe')).toBe('[0.75]');
  });

  test('a damaged row stays damaged, whatever is written into it, and can be removed', async () => {
    const { store, id } = workspaceWith(`UPDATE runs SET macs = 2`);
    store.runs.setStatus(id, 'failed');
    expect(() => store.runs.get(id)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    expect(await listDamaged(store, { kinds: ['run'] })).toMatchObject([{ kind: 'run', id }]);
  });

  test('what was stored by an earlier version has no checksum, and is read', () => {
    const { store, id, data } = workspaceWith(`
      UPDATE predictions SET row_crc32 = NULL; UPDATE epochs SET row_crc32 = NULL, checkpoint_crc32 = NULL;
      UPDATE runs SET split_crc32 = NULL, plan = substr(plan, 1, instr(plan, ' /*') - 1);
      UPDATE evaluations SET evaluation = substr(evaluation, 1, instr(evaluation, ' /*') - 1)`);
    store.runs.openTest(id);
    expect(store.runs.get(id)).toMatchObject({ epochs: [record], test: { metrics } });
    expect(store.predictions.load(id, 'test')).toHaveLength(1);
    expect(store.splits.load(id).size).toBe(store.datasets.load(data).images.length);
    expect(store.epochs.best(id)).toMatchObject({ crc32: null });
    store.epochs.setChecksum(id, 1, 77);
    expect(store.epochs.best(id)).toMatchObject({ crc32: 77 });
  });
});

/** What SQLite's own check finds within one row: it was taken for damage of the whole store. */
describe('a row that SQLite itself finds damaged hides no other', () => {
  test.each<[string, (row: Buffer) => void]>([
    ['a bit of its key', (row) => (row[3]! ^= 1)],
    ['a status that there is not', (row) => (row[KEY]! ^= 2)],
    ['no text at all', (row) => row.fill(0xff, KEY, KEY + 3)],
  ])('%s', async (_, damage) => {
    const folder = temporaryFolder();
    const first = openWorkspace(folder);
    const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' });
    // The key that grows is the last, so that the keys are still in order: runs are found by it.
    const [other, one] = [1, 2]
      .map(() => first.store.runs.create({ plan, classes: ['a', 'b'], parameters: 1, macs: 1 }).id)
      .sort();
    first.close();
    const path = join(folder, 'cutpoint.db');
    const bytes = readFileSync(path);
    const at = bytes.indexOf(`${one}queued`);
    expect(at).toBeGreaterThan(0);
    damage(bytes.subarray(at, at + 100));
    writeFileSync(path, bytes);
    const { store, close } = openWorkspace(folder);
    onTestFinished(close);
    expect(store.runs.list()).toMatchObject([{ id: other, status: 'interrupted' }]);
    expect(await listDamaged(store, { kinds: ['run'] })).toMatchObject([{ kind: 'run', id: one }]);
  });

  test('where keys are no longer in order, a run that is not found is named', async () => {
    const folder = temporaryFolder();
    const first = openWorkspace(folder);
    const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' });
    const ids = [1, 2, 3].map(() => first.store.runs.create({ plan, classes: ['a', 'b'], parameters: 1, macs: 1 }).id);
    first.close();
    const path = join(folder, 'cutpoint.db');
    const bytes = readFileSync(path);
    const at = bytes.indexOf(`${ids.sort()[0]!}queued`);
    expect(at).toBeGreaterThan(0);
    bytes[at + 3]! ^= 1;
    writeFileSync(path, bytes);
    const { store, close } = openWorkspace(folder);
    onTestFinished(close);
    const told = [
      ...store.runs.list().map(({ id }) => id),
      ...(await listDamaged(store, { kinds: ['run'] })).map(({ id }) => id),
    ];
    expect(told.sort()).toEqual(ids);
  });

  test('and a damaged schema is damage, whatever it is called by SQLite', () => {
    const folder = temporaryFolder();
    openWorkspace(folder).close();
    const path = join(folder, 'cutpoint.db');
    const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' });
    const bytes = readFileSync(path);
    for (const word of ['json_array(NEW.id, NEW.status', 'dataset_moves (', 'macs INTEGER']) {
      expect(bytes.includes(word), word).toBe(true);
      const damaged = Buffer.from(bytes);
      // Migrations that change the schema leave earlier copies of it in unused parts of its pages.
      for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + 1)) damaged[at]! ^= 1;
      writeFileSync(path, damaged);
      expect(() => {
        const { store, close } = openWorkspace(folder);
        try {
          store.runs.list();
          store.runs.create({ plan, classes: [], parameters: 1, macs: 1 });
        } finally {
          close();
        }
      }, word).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    }
  });

  test('a run says that the report on its images is damaged', () => {
    const { store, id } = workspaceWith(`UPDATE datasets SET report = replace(report, '"warnings"', '"warmings"')`);
    expect(store.runs.get(id).findings).toMatchObject([{ code: 'STORE_CORRUPT' }]);
  });

  test('and an epoch that is not there is missed', () => {
    const { store, id } = workspaceWith('DELETE FROM epochs');
    expect(() => store.runs.get(id)).toThrow(expect.objectContaining({ message: expect.stringContaining('epoch 1') }));
  });
});

/** Characters of the identifier of a run; its status follows it in its row. */
const KEY = '20260101-000000-abcd'.length;
