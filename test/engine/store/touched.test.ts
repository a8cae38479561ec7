import { expect, onTestFinished, test } from 'vitest';
import { applyWrites } from '../../../src-main/engine/store/store.ts';
import type { Touched } from '../../../src-main/engine/store/touched.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';

const newRun = {
  plan: { data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' },
  classes: ['benign', 'malignant'],
  parameters: 683_074,
  macs: 1_234_567,
};

/** A store, and what it told, one entry for each time: `run ID`. */
function open() {
  const told: string[][] = [];
  const onChange = (touched: Touched[]) => told.push(touched.map(({ kind, id }) => `${kind} ${id}`));
  const workspace = openWorkspace(temporaryFolder(), onChange);
  onTestFinished(() => workspace.close());
  return { store: workspace.store, commit: workspace.commit, told };
}

/** A run is told with its study. */
const runsOf = (told: readonly string[]): string[] => told.filter((each) => !each.startsWith('study '));

test('a write tells what it touched, under the id that lists know', () => {
  const { store, told } = open();
  const { id, study } = store.runs.create(newRun);
  store.runs.setStatus(id, 'running');
  const dataset = store.datasets.save(exampleDataset());
  store.storage.remove({
    runs: [id],
    studies: [],
    comparisons: [],
    sources: ['imagenet'],
    datasets: [dataset],
    exports: ['7'],
    jobs: [],
  });
  store.log.append('run.resumed', id);
  expect(told).toEqual([
    [`run ${id}`, `study ${study}`],
    [`run ${id}`],
    [`dataset ${dataset}`],
    [`run ${id}`, 'source imagenet', `dataset ${dataset}`, `export ${id}`, 'job null', 'export null'],
  ]);
});

test('what is written together is told together, once it is on the disk', () => {
  const { store, told } = open();
  const ids = store.atomically(() => {
    const first = store.runs.create(newRun).id;
    const second = store.atomically(() => store.runs.create(newRun).id);
    expect(told).toEqual([]);
    return [first, second];
  });
  expect(told.map(runsOf)).toEqual([ids.map((id) => `run ${id}`)]);
});

test('what was taken back is not told, be it a part of what is stored or all of it', async () => {
  const { store, commit, told } = open();
  const fail = (): never => {
    throw new Error('no');
  };
  expect(() => store.atomically(() => [store.runs.create(newRun), fail()])).toThrow('no');
  await expect(commit(['runs', 'create', newRun], ['runs', 'setStatus', 'no such run', 'running'])).rejects.toThrow();
  expect(() => store.runs.setStatus('no such run', 'running')).toThrow();
  expect(store.runs.list()).toEqual([]);
  expect(told).toEqual([]);
  const kept = store.atomically(() => {
    expect(() => store.atomically(() => [store.runs.create(newRun), fail()])).toThrow('no');
    return store.runs.create(newRun).id;
  });
  expect(told.map(runsOf)).toEqual([[`run ${kept}`]]);
});

test('changes that another process asks for are told as well', () => {
  const { store, told } = open();
  const [run] = applyWrites(store, [['runs', 'create', newRun]]) as [{ id: string }];
  applyWrites(store, [
    ['runs', 'setStatus', run.id, 'running'],
    ['log', 'append', 'run.resumed', run.id],
  ]);
  expect(told.map(runsOf)).toEqual([[`run ${run.id}`], [`run ${run.id}`]]);
});
