import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { storedPlan, trainingPlan, type TrainingPlan } from '../../../src-main/contract/plan.ts';
import { learningCurvePlan } from '../../../src-main/contract/comparison/learningCurve.ts';
import { searchPlan } from '../../../src-main/contract/comparison/search.ts';
import { tournamentPlan } from '../../../src-main/contract/comparison/tournament.ts';
import { listDamaged } from '../../../src-main/engine/storage/damaged.ts';
import { withChecksum } from '../../../src-main/engine/store/json.ts';
import { TRAINING_UPGRADES } from '../../../src-main/engine/store/plans/training.ts';
import { upgraded } from '../../../src-main/engine/store/plans/versions.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';

const base = { data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' };

/** All settings as version 1 stored them, written out: today's defaults may change, and these may not. */
const VERSION_1 = {
  version: 1,
  data: { folder: '/study', labels: { csv: '/study/labels.csv', fileColumn: 'file', labelColumn: 'label' } },
  test: { folder: '/other' },
  backbone: 'resnet18',
  source: null,
  strategy: 'layerwise',
  cut: 'layer2.1',
  initialisation: 'pretrained',
  classifier: 'svm',
  svmC: 1,
  backboneRate: 0.1,
  frozenVariants: 4,
  pooling: 'average',
  dropout: 0.2,
  input: 224,
  fit: 'letterbox',
  preprocessing: { mean: [0, 0, 0], std: [1, 1, 1] },
  channels: 3,
  epochs: 20,
  batch: 16,
  learningRate: 3e-4,
  weightDecay: 0,
  optimiser: { kind: 'sgd', momentum: 0.9, nesterov: true },
  schedule: { kind: 'step', every: 3, factor: 0.1 },
  earlyStopping: null,
  positive: 'benign',
  accept: ['LOST_CLASS'],
  classWeights: 'balanced',
  augmentation: { flipHorizontal: true, flipVertical: false, crop: 0.1, rotation: 10, brightness: 0.1 },
  trainShare: 1,
  split: { validation: 0.15, test: 0.2 },
  seed: 0,
  engine: 'auto',
};

/**
 * The same of version 2, which names its task, of version 3, which names what the best epoch is chosen by, and of version 4,
 * which names the precision of training.
 */
const VERSION_2 = { ...VERSION_1, version: 2, task: 'classification' };
const VERSION_3 = { ...VERSION_2, version: 3, selection: 'auprc' };
const VERSION_4 = { ...VERSION_3, version: 4, precision: 'bfloat16' };

/** A workspace with one run and one comparison, whose plans are then as `plans` says. */
function storeWith(plans: { run?: unknown; comparison?: unknown }) {
  const folder = temporaryFolder();
  const first = openWorkspace(folder);
  const plan = trainingPlan.parse(base);
  const { id } = first.store.runs.create({ plan, classes: ['a', 'b'], parameters: 1, macs: 1 });
  const other = first.store.runs.create({ plan, classes: ['a', 'b'], parameters: 1, macs: 1 }).id;
  const comparison = first.store.comparisons.create({
    ...{ plan: learningCurvePlan.parse({ kind: 'learning-curve', base: plan }), classes: ['a', 'b'] },
    ...{ dataset: first.store.datasets.save(exampleDataset()), test: null },
  }).id;
  first.close();
  const db = new Sqlite(join(folder, 'cutpoint.db'));
  const stored = db.prepare<[], string>('SELECT plan FROM runs').pluck().get()!;
  const text = (value: unknown) => withChecksum(JSON.stringify(value));
  if (plans.run) db.prepare('UPDATE runs SET plan = ? WHERE id = ?').run(text(plans.run), id);
  if (plans.comparison) db.prepare('UPDATE comparisons SET plan = ?').run(text(plans.comparison));
  db.close();
  const { store, close } = openWorkspace(folder);
  onTestFinished(close);
  return { store, id, other, comparison, stored };
}

test('a plan is stored with its version, and read without it', () => {
  const { store, id, comparison, stored } = storeWith({});
  expect(stored).toMatch(/^\{"version":4,/);
  expect(store.runs.get(id).plan).toEqual(trainingPlan.parse(base));
  expect(store.comparisons.get(comparison).plan.base).toEqual(trainingPlan.parse(base));
});

test('a plan of version 4 is read as it is: a field that is new needs an upgrade, whatever its default', () => {
  const { version, ...plan } = VERSION_4;
  expect(version).toBe(TRAINING_UPGRADES.length);
  const { store, id } = storeWith({ run: VERSION_4 });
  expect(store.runs.get(id).plan).toEqual(plan);
  // Every setting of today is in it.
  expect(Object.keys(plan).sort()).toEqual(Object.keys(trainingPlan.shape).sort());
});

test('a plan of version 1, which names no task, was one for classification', async () => {
  const { version: _, ...plan } = VERSION_1;
  const { store, id, comparison } = storeWith({
    run: VERSION_1,
    comparison: { version: 1, ...learningCurvePlan.parse({ kind: 'learning-curve', base }), base: VERSION_1 },
  });
  const today = { ...plan, task: 'classification', selection: 'auprc', precision: 'float32' };
  expect(store.runs.get(id).plan).toEqual(today);
  expect(store.comparisons.get(comparison).plan.base).toEqual(today);
  expect(await listDamaged(store)).toEqual([]);
});

test('a plan of version 2 chose by AUPRC, and its plateau had no threshold and stayed at the lowest rate', () => {
  const { version: _, ...plan } = VERSION_3;
  expect(storeWith({ run: VERSION_2 }).store.runs.list()).toHaveLength(2);
  const old = { kind: 'plateau', factor: 0.3, patience: 1, minimum: 1e-5 };
  const { store, id } = storeWith({ run: { ...VERSION_2, schedule: old } });
  const schedule = { ...old, threshold: 0, thresholdMode: 'rel', atMinimum: 'stay' };
  expect(store.runs.get(id).plan).toEqual({ ...plan, schedule, precision: 'float32' });
});

test('a plan of version 3 was trained in float32', () => {
  const { version: _, ...plan } = VERSION_3;
  const { store, id } = storeWith({ run: VERSION_3 });
  expect(store.runs.get(id).plan).toEqual({ ...plan, precision: 'float32' });
});

/** What nobody named was mirrored left and right, whatever its colours, and trained in float32. */
const mirrored = <P extends object>(plan: P & { augmentation?: object }) => ({
  precision: 'float32',
  ...plan,
  augmentation: { flipHorizontal: true, ...plan.augmentation },
});

describe('plans of earlier versions, without a number', () => {
  test('what they lack is what it was', () => {
    const { store, id } = storeWith({ run: { ...base, strategy: 'full', learningRate: 1e-4 } });
    expect(store.runs.get(id).plan).toEqual({
      ...{
        ...base,
        task: 'classification',
        selection: 'auprc',
        source: null,
        strategy: 'full',
        initialisation: 'pretrained',
        classifier: 'softmax',
        svmC: 1,
      },
      ...{ frozenVariants: 4, pooling: 'average', dropout: 0.2, input: 224, fit: 'letterbox', channels: 3 },
      ...{ epochs: 20, batch: 16, learningRate: 1e-4, weightDecay: 0, earlyStopping: 8, accept: [] },
      ...{ classWeights: 'balanced', trainShare: 1, split: { validation: 0.15, test: 0.2 }, seed: 0, engine: 'auto' },
      precision: 'float32',
      optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      schedule: {
        ...{ kind: 'plateau', factor: 0.5, patience: 3, minimum: 1e-6 },
        ...{ threshold: 0, thresholdMode: 'rel', atMinimum: 'stay' },
      },
      augmentation: { flipHorizontal: true, flipVertical: false, crop: 0.1, rotation: 10, brightness: 0.1 },
    });
  });

  test.each<[string, object]>([
    ['a cosine', { schedule: { kind: 'cosine' } }],
    ['steps', { schedule: { kind: 'step', every: 3 } }],
    ['SGD', { optimiser: { kind: 'sgd' } }],
    ['a table', { data: { folder: '/study', labels: { csv: '/labels.csv' } } }],
    ['a test folder', { test: { folder: '/test', labels: { csv: '/labels.csv' } } }],
    ['no rotation', { augmentation: { rotation: 0 } }],
  ])('with %s', (_, change) => {
    const plan = { ...base, ...change };
    expect(storedPlan.parse(upgraded(plan, TRAINING_UPGRADES, 'plan') as never)).toEqual(
      trainingPlan.parse(mirrored(plan) as never),
    );
  });

  test('numbers that were allowed are read as they were, and not started again', () => {
    const old = {
      ...(trainingPlan.parse(mirrored(base)) as TrainingPlan),
      ...{ learningRate: 1e30, weightDecay: 50, dropout: 0.99, svmC: 1e9, backboneRate: 1e-9, earlyStopping: 20_000 },
      ...{ input: 2048, batch: 4096, epochs: 100_000, frozenVariants: 100, split: { validation: 0.5, test: 0.5 } },
      optimiser: { kind: 'adam', beta1: 1.5, beta2: 0, epsilon: 0 },
      schedule: { kind: 'plateau', factor: 0.5, patience: 20_000, minimum: 50 },
    };
    const { store, id } = storeWith({ run: old });
    const { schedule } = old;
    expect(store.runs.get(id).plan).toEqual({
      ...old,
      schedule: { ...schedule, threshold: 0, thresholdMode: 'rel', atMinimum: 'stay' },
    });
    expect(store.runs.list().map((row) => row.plannedEpochs)).toContain(100_000);
    const refused = trainingPlan.safeParse(old).error!.issues.map(({ path }) => path[0]);
    expect([...new Set(refused)].sort()).toEqual([
      ...['backboneRate', 'batch', 'dropout', 'earlyStopping', 'epochs', 'frozenVariants', 'input', 'learningRate'],
      ...['optimiser', 'schedule', 'split', 'svmC', 'weightDecay'],
    ]);
  });

  test.each([
    [tournamentPlan, { kind: 'tournament', strategies: ['full'] }],
    [searchPlan, { kind: 'search', method: 'fast' }],
    [learningCurvePlan, { kind: 'learning-curve' }],
  ])('of a comparison: %#', (schema, plan) => {
    const { store, comparison } = storeWith({ comparison: { ...plan, base } });
    expect(store.comparisons.get(comparison).plan).toEqual(schema.parse({ ...plan, base: mirrored(base) } as never));
  });
});

describe('a plan of a newer version', () => {
  const newer = (what: string) => ({
    code: 'PLAN_NEWER',
    message: `The ${what} was written by a newer version of Cutpoint.`,
  });

  test('of a run is refused with a sentence, and hides no other', async () => {
    const { store, id, other } = storeWith({ run: { ...VERSION_4, version: 5, epochs: { least: 1, most: 9 } } });
    expect(() => store.runs.get(id)).toThrow(expect.objectContaining(newer(`plan of run ${id}`)));
    expect(store.runs.list().map((row) => row.id)).toEqual([other]);
    expect(await listDamaged(store, { kinds: ['run'] })).toEqual([
      { kind: 'run', id, code: 'PLAN_NEWER', message: newer(`plan of run ${id}`).message },
    ]);
  });

  test('of a comparison, and of what its runs have in common', () => {
    const plan = { kind: 'learning-curve', base };
    for (const later of [
      { ...plan, version: 2 },
      { ...plan, base: { ...base, version: 5 } },
    ]) {
      const { store, comparison } = storeWith({ comparison: later });
      expect(() => store.comparisons.get(comparison)).toThrow(
        expect.objectContaining(newer(`plan of comparison ${comparison}`)),
      );
      expect(store.comparisons.list()).toEqual([]);
    }
  });
});

test('an upgrade is done once each, in order, from the version that a plan has', () => {
  const upgrades = [1, 2, 3].map((to) => (plan: object) => ({ ...plan, done: [...((plan as { done?: number[] }).done ?? []), to] })); // prettier-ignore
  expect(upgraded({}, upgrades, 'plan')).toEqual({ done: [1, 2, 3] });
  expect(upgraded({ version: 2 }, upgrades, 'plan')).toEqual({ done: [3] });
  expect(upgraded({ version: 3 }, upgrades, 'plan')).toEqual({});
});
