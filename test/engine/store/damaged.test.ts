import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';

const record = {
  ...{ epoch: 1, trainLoss: 0.5, validationLoss: 0.25, validationAuroc: 0.9, validationAuprc: null },
  ...{ validationAccuracy: 0.5, learningRate: 1e-4, seconds: 1.5, liveTensors: 9 },
};
const metrics = {
  ...{ auroc: 0.75, auprc: 0.5, accuracy: 0.5, balancedAccuracy: 0.5, sensitivity: 1, specificity: 0, loss: 0.7 },
  ...{ perClass: [], confusionMatrix: [] },
};

/** A workspace with one run of everything; `change` is run on its database from outside. */
function workspaceWith(change: string) {
  const folder = temporaryFolder();
  const first = openWorkspace(folder);
  const { store } = first;
  const plan = { data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' };
  const { id } = store.runs.create({ plan, classes: ['a', 'b'], parameters: 1, macs: 1 });
  const dataset = exampleDataset();
  const data = store.datasets.save(dataset);
  store.runs.setDataset(id, data, null);
  store.splits.save(
    id,
    dataset.images.map(({ file }, index) => [file, index % 2 ? 'train' : 'test'] as const),
  );
  store.epochs.add(id, record, { checkpoint: 'epoch-00001.safetensors', crc32: 5, isBest: true });
  store.predictions.save(id, 'test', [{ file: 'a.png', label: 1, probabilities: Float32Array.of(0.25, 0.75) }]);
  store.evaluations.save(id, { run: id, on: 'test', images: 1, groups: 1, classes: ['a', 'b'], problems: [], metrics });
  first.close();
  const db = new Sqlite(join(folder, 'cutpoint.db'));
  db.exec(change);
  db.close();
  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  return { store: workspace.store, id, data };
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
    ['plan', `UPDATE runs SET plan = replace(plan, 'layer2.1', 'layer3.1')`, ({ store, id }) => store.runs.get(id)],
  ])('%s: %s', (what, change, read) => {
    const opened = workspaceWith(change);
    expect(() => read(opened)).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT', message: expect.stringContaining(what) }),
    );
  }); // prettier-ignore

  test('what was stored by an earlier version has no checksum, and is read', () => {
    const { store, id, data } = workspaceWith(`
      UPDATE predictions SET row_crc32 = NULL; UPDATE epochs SET row_crc32 = NULL, checkpoint_crc32 = NULL;
      UPDATE runs SET split_crc32 = NULL, plan = substr(plan, 1, instr(plan, ' /*') - 1);
      UPDATE evaluations SET evaluation = substr(evaluation, 1, instr(evaluation, ' /*') - 1)`);
    expect(store.runs.get(id)).toMatchObject({ epochs: [record], test: { metrics } });
    expect(store.predictions.load(id, 'test')).toHaveLength(1);
    expect(store.splits.load(id).size).toBe(store.datasets.load(data).images.length);
    expect(store.epochs.best(id)).toMatchObject({ crc32: null });
    store.epochs.setChecksum(id, 1, 77);
    expect(store.epochs.best(id)).toMatchObject({ crc32: 77 });
  });
});
