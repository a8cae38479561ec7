import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { contract } from '../../../src-main/contract/index.ts';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import { RUN_FIELDS } from '../../../src-main/contract/run.ts';
import { rowOfRun } from '../../../src-main/contract/runRow.ts';
import { rowsOf, toTable } from '../../../src-main/contract/table.ts';
import { listDamaged } from '../../../src-main/engine/storage/damaged.ts';
import { openDatabase } from '../../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../../src-main/engine/store/migrate.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { storeRuns } from '../../support/manyRuns.ts';

const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1', source: 'mine' });
const record = (epoch: number, auroc: number | null) => ({
  stage: 'fine-tuning' as const,
  ...{ epoch, trainLoss: 0.5, validationLoss: 0.25, validationAuroc: auroc, validationAuprc: auroc },
  ...{ validationAccuracy: 0.5, validationBalancedAccuracy: 0.5, learningRate: 1e-4, seconds: 1.5, liveTensors: 9 },
});
const test1 = (run: string, auroc: number | null) => ({
  ...{ run, on: 'test' as const, images: 1, groups: 1, classes: ['a', 'b'], problems: [] },
  metrics: {
    ...{ auroc, auprc: 0.5, accuracy: 0.5, balancedAccuracy: 0.5, sensitivity: 1, specificity: 0, loss: 0.7 },
    ...{ perClass: [], confusionMatrix: [] },
  },
});

function opened(folder = temporaryFolder()) {
  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  return workspace;
}
const create = ({ store }: ReturnType<typeof opened>, change: object = {}) =>
  store.runs.create({ plan: { ...plan, ...change }, classes: ['a', 'b'], parameters: 3, macs: 4 }).id;

test('a row says what the whole of a run says, whatever happens to the run', () => {
  const workspace = opened();
  const { store } = workspace;
  const id = create(workspace);
  const agree = () => expect(store.runs.list()).toEqual([rowOfRun(store.runs.get(id))]);
  agree();
  expect(store.runs.list()).toEqual([
    expect.objectContaining({
      ...{ id, status: 'queued', backbone: 'resnet18', network: 'cut after layer2.1', source: 'mine' },
      ...{ folder: '/study', parameters: 3, macs: 4, epochs: 0, plannedEpochs: 20, bestEpoch: null },
    }),
  ]);
  const dataset = store.datasets.save(exampleDataset());
  store.runs.setDataset(id, dataset, null);
  store.runs.setStatus(id, 'running', { engine: 'wasm' });
  store.runs.setBatch(id, 8);
  agree();
  for (const [epoch, auroc] of [0.123456789, 0.7, null].entries()) {
    const checkpoint = { checkpoint: `epoch-${epoch}`, crc32: 1, isBest: epoch < 2 };
    store.epochs.add(id, record(epoch + 1, auroc), checkpoint);
    agree();
  }
  store.epochs.discardAfterBest(id);
  expect(store.runs.list()[0]).toMatchObject({ epochs: 2, bestEpoch: 2, validationAuroc: 0.7 });
  agree();
  store.evaluations.save(id, test1(id, 0.98765432109));
  agree();
  store.datasets.move(dataset, '/moved');
  expect(store.runs.list()[0]).toMatchObject({ folder: '/moved' });
  agree();
  store.epochs.add(id, record(3, 0.8), { checkpoint: 'better', crc32: 1, isBest: true });
  expect(store.runs.list()[0]).toMatchObject({ validationAuroc: 0.8 });
  // Figures of test images are in no list.
  expect(JSON.stringify(store.runs.list())).not.toMatch(/test(?!Opened)|0\.98/);
  agree();
  store.runs.setStatus(id, 'failed', {
    error: { code: 'DISK_FULL', message: 'The disk is full.', remedy: 'Free some.' },
  });
  expect(store.runs.list()[0]).toMatchObject({ status: 'failed', error: 'The disk is full.' });
  agree();
  store.storage.remove({ runs: [id], studies: [], comparisons: [], sources: [], datasets: [], exports: [], jobs: [] });
  expect(store.runs.list()).toEqual([]);
});

test('what is below 1 stays below in a row', () => {
  const workspace = opened();
  const run = workspace.store.runs.get(create(workspace));
  for (const [auroc, shown] of [
    [0.99999999, 0.999999],
    [1, 1],
    [0, 0],
    [0.5000004, 0.5],
  ] as const) {
    // prettier-ignore
    expect(rowOfRun({ ...run, bestEpoch: 1, epochs: [record(1, auroc)] }).validationAuroc).toBe(shown);
  }
});

test('a row that was lost or changed on the disk is read from the run itself', async () => {
  const first = opened();
  const ids = [create(first), create(first)].sort();
  const before = first.store.runs.list();
  first.close();
  const db = new Sqlite(join(first.folder, 'cutpoint.db'));
  db.prepare(`UPDATE run_rows SET shown = replace(shown, 'layer2.1', 'layer3.1') WHERE run_id = ?`).run(ids[0]);
  db.prepare('DELETE FROM run_rows WHERE run_id = ?').run(ids[1]);
  db.close();
  const { store } = opened(first.folder);
  const interrupted = before.map((row) => ({ ...row, status: 'interrupted' }));
  expect(store.runs.list()).toEqual(interrupted);
  expect(await listDamaged(store)).toEqual([]);
});

test('a workspace of the version before opens with everything in it', async () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, 7));
  const add = db.prepare(
    `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs) VALUES (?, 'completed', ?, ?, '["a","b"]', 1, 1)`,
  );
  const at = '2026-01-01T00:00:00.000Z';
  add.run('a', at, JSON.stringify({ data: { folder: '/a' }, backbone: 'resnet18', cut: 'layer3.1', epochs: 7 }));
  add.run('b', at, JSON.stringify({ ...plan, strategy: 'full', classifier: 'svm' }));
  add.run('damaged', at, '{');
  db.exec(`INSERT INTO epochs VALUES ('a', 1, 0.5, 0.5, 0.75, 0.25, 0.5, 1e-4, 1, 9, 'one', NULL, NULL, NULL);
    UPDATE runs SET best_epoch = 1 WHERE id = 'a';`);
  db.prepare(`INSERT INTO evaluations VALUES ('a', 'test', ?, ?)`).run(JSON.stringify(test1('a', 0.9)), at);
  db.close();
  const { store } = opened(folder);
  expect(store.runs.list()).toMatchObject([
    { id: 'b', network: 'the whole network, SVM', plannedEpochs: 21, epochs: 0 },
    { id: 'a', network: 'cut after layer3.1', plannedEpochs: 7, epochs: 1, validationAuroc: 0.75 },
  ]);
  expect(store.runs.list()).toEqual(['b', 'a'].map((id) => rowOfRun(store.runs.get(id))));
  expect(await listDamaged(store)).toMatchObject([{ kind: 'run', id: 'damaged' }]);
});

test('1,000 runs are listed in 200 kB, and fast', { timeout: 120_000 }, () => {
  const { store } = opened();
  storeRuns(store, 1000);
  const { output } = contract['run.list'];
  const list = () => output.parse(toTable(RUN_FIELDS, store.runs.list()));
  // Of the processor: others may be busy on the machine.
  const milliseconds = Array.from({ length: 7 }, () => {
    const before = process.cpuUsage();
    list();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  const bytes = Buffer.byteLength(JSON.stringify(list()));
  expect(rowsOf(list())).toHaveLength(1000);
  expect(bytes).toBeLessThan(200_000);
  // About 20; `npm run bench:rows` prints the time.
  expect(milliseconds[0]).toBeLessThan(150);
});
