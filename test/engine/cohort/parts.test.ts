import { expect, onTestFinished, test } from 'vitest';
import { comparisonPlan } from '../../../src-main/contract/comparison/index.ts';
import type { DataSelection } from '../../../src-main/contract/data.ts';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { Evaluation } from '../../../src-main/contract/evaluation.ts';
import type { Resolution } from '../../../src-main/contract/resolutions.ts';
import {
  learningParts,
  openTest,
  comparisonImages,
  comparisonPatients,
  selectionFingerprintOf,
  withoutTestPart,
} from '../../../src-main/engine/cohort/parts.ts';
import { TEST_PURPOSES, type TestPurpose } from '../../../src-main/engine/cohort/seal.ts';
import { withoutTest } from '../../../src-main/engine/cohort/split.ts';
import type { SplitName } from '../../../src-main/engine/data/types.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import { openWorkspace, type OwnWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';

const PARTS: SplitName[] = ['train', 'train', 'train', 'train', 'validation', 'test'];
const plan = { data: { folder: '/study' }, backbone: 'resnet18' };
const dataset = exampleDataset({ patients: 12 });
/** Of each class six patients, in the order of the dataset; of each patient two images. */
const split = dataset.images.map(({ file }, index) => [file, PARTS[Math.floor(index / 2) % 6]!] as const);

function open(): OwnWorkspace {
  const workspace = openWorkspace(temporaryFolder());
  onTestFinished(() => workspace.close());
  return workspace;
}

function runIn({ store }: OwnWorkspace, { trainShare = 1, folder }: { trainShare?: number; folder?: string } = {}) {
  const run = store.runs.create({
    plan: { ...plan, trainShare },
    classes: dataset.classes,
    parameters: 1,
    macs: 1,
  });
  const test =
    folder === undefined ? null : store.datasets.save(exampleDataset({ patients: 3, folder, salt: 'other' }));
  store.runs.setDataset(run.id, store.datasets.save(dataset), test);
  store.splits.save(run.id, folder === undefined ? split : split.filter(([, part]) => part !== 'test'));
  return store.runs.get(run.id);
}

const at = (name: SplitName): number[] => split.flatMap(([, part], index) => (part === name ? [index] : []));

test('a run has its training, validation and test images, each once', async () => {
  const workspace = open();
  const { store } = workspace;
  const run = runIn(workspace);
  const learning = learningParts(store, run);
  const part = (await openTest(workspace, run.id, 'own test')).images();
  expect(learning).toEqual({ dataset, train: at('train'), validation: at('validation') });
  expect(part).toEqual({ dataset, indices: at('test'), validation: at('validation'), ownFolder: false });
  expect(at('test')).toEqual([10, 11, 22, 23]);
});

test('of the training images it takes the share of patients that its plan says', async () => {
  const workspace = open();
  const { store } = workspace;
  const { train } = learningParts(store, runIn(workspace, { trainShare: 0.5 }));
  expect(train).toHaveLength(8);
  expect(train.every((index) => at('train').includes(index))).toBe(true);
  const groups = train.map((index) => dataset.images[index]!.group);
  expect(new Set(groups).size).toBe(4);
});

test('a test folder of its own is the test part as a whole, and has no validation image', async () => {
  const workspace = open();
  const { store } = workspace;
  const run = runIn(workspace, { folder: '/elsewhere' });
  const part = (await openTest(workspace, run.id, 'export check')).images();
  expect(part).toMatchObject({ indices: [0, 1, 2, 3, 4, 5], validation: [], ownFolder: true });
  expect(part.dataset.selection.folder).toBe('/elsewhere');
  expect(learningParts(store, run).dataset.selection.folder).toBe('/study');
});

test('what was predicted on the test part is behind the door too; before the test there is nothing', async () => {
  const workspace = open();
  const { store } = workspace;
  const { id } = runIn(workspace);
  const part = await openTest(workspace, id, 'comparison result');
  expect([part.predictions(), part.evaluation()]).toEqual([[], null]);
  const rows = [{ file: dataset.images[10]!.file, label: 0, probabilities: Float32Array.of(0.25, 0.75) }];
  store.predictions.save(id, 'test', rows);
  expect(part.predictions()).toEqual(rows);
});

const PURPOSES = Object.entries(TEST_PURPOSES) as [TestPurpose, (typeof TEST_PURPOSES)[TestPurpose]][];

test.each(PURPOSES)(
  '%s: the door opens before the seal only for what tells no figure',
  async (purpose, { withheld }) => {
    const workspace = open();
    const { id } = runIn(workspace);
    const asked = () => openTest(workspace, id, purpose);
    const sealed = expect.objectContaining({ code: 'TEST_SEALED' });
    // Before the test there are no figures, and images all the same.
    if (withheld === 'images') await expect(asked()).rejects.toEqual(sealed);
    else expect((await asked()).evaluation()).toBeNull();
    workspace.store.evaluations.save(id, evaluated(id));
    if (withheld !== null) await expect(asked()).rejects.toEqual(sealed);
    else expect((await asked()).evaluation()).toEqual(evaluated(id));
    workspace.store.runs.openTest(id);
    expect((await asked()).evaluation()).toEqual(evaluated(id));
  },
);

const evaluated = (run: string): Evaluation => ({
  ...{ run, on: 'test', images: 4, groups: 2, classes: dataset.classes, problems: [] },
  metrics: computeMetrics([0, 1], Float32Array.of(0.75, 0.25, 0.25, 0.75), dataset.classes),
});

test('all but the test part, whatever share of it was trained on', async () => {
  const workspace = open();
  const { store } = workspace;
  const known = withoutTestPart(store, runIn(workspace, { trainShare: 0.5 }).id);
  expect(known.images.map(({ file }) => file)).toEqual(
    [...at('train'), ...at('validation')].sort((a, b) => a - b).map((index) => dataset.images[index]!.file),
  );
});

test('a run without data has no parts', async () => {
  const workspace = open();
  const { store } = workspace;
  const run = store.runs.create({ plan, classes: dataset.classes, parameters: 1, macs: 1 });
  const part = await openTest(workspace, run.id, 'probe');
  for (const work of [() => learningParts(store, run), () => part.images()]) {
    expect(work).toThrow(CutpointError);
    expect(work).toThrow(/has no data yet/);
  }
});

test('a plan sets aside the same test patients for a probe as for a run; without a share, none', async () => {
  const [left, all] = [0.25, 0].map((share) =>
    withoutTest(dataset, { split: { validation: 0.25, test: share }, seed: 3 }),
  );
  expect(all).toEqual(dataset.images.map((_, index) => index));
  expect(left).toHaveLength(16);
  expect(new Set(left!.map((index) => dataset.images[index]!.group)).size).toBe(8);
});

test('a comparison tells the patients of the folder that it tests on', async () => {
  const workspace = open();
  const { store } = workspace;
  const apart = exampleDataset({ patients: 3, folder: '/elsewhere', salt: 'other' });
  const create = (test: string | null) =>
    store.comparisons.create({
      plan: comparisonPlan.parse({ kind: 'learning-curve', base: plan, strategies: ['full'], shares: [1], seeds: [0] }),
      classes: dataset.classes,
      dataset: store.datasets.save(dataset),
      test,
    }).id;
  const [inside, outside] = [create(null), create(store.datasets.save(apart))];
  expect(comparisonImages(store, inside)).toEqual({ dataset, testFolder: false });
  expect(comparisonImages(store, outside)).toEqual({ dataset, testFolder: true });
  expect(comparisonPatients(store, inside).patients.size).toBe(24);
  // A search learns from those of its own folder.
  expect(comparisonPatients(store, outside, 'learnt').patients.size).toBe(24);
  expect(comparisonPatients(store, outside)).toMatchObject({
    patients: new Map(apart.images.map(({ file, group }) => [file, group])),
    grouping: 'patient',
  });
});

test('the fingerprint of a selection is over what was decided, however it was said and in whatever order', () => {
  const workspace = open();
  const run = runIn(workspace);
  const of = (data: Partial<DataSelection> = {}) =>
    selectionFingerprintOf(workspace.store, { id: run.id, plan: { ...run.plan, data: { ...run.plan.data, ...data } } });
  const resolved = (...resolutions: Resolution[]) => of({ resolutions });
  const exclude: Resolution = { kind: 'exclude', files: ['x.png'] };
  const merge: Resolution = { kind: 'merge', files: ['x.png', 'y.png'] };
  const relabel: Resolution = { kind: 'relabel', file: 'x.png', label: 'b' };
  const keep: Resolution = { kind: 'keep', code: 'BLANK' };
  // As earlier versions had it.
  const none = '69760394007a6d2c1293b70a27c811258e6b974e1eeb1dcc483430f2368220d4';
  expect([of(), resolved()]).toEqual([none, none]);
  expect(of({ leaveOut: { files: ['b', 'a', 'a'], classes: ['x'] }, join: { q: 'r' } })).toBe(
    '12eef2b6aff8fc5035de759cc634ec7fdffedb60f860f055c4383cc87ef2968f',
  );
  const each = [exclude, merge, relabel, keep, { ...keep, files: ['x.png'] }].map((one) => resolved(one));
  expect(new Set([none, ...each]).size).toBe(6);
  expect(resolved(exclude)).toBe(of({ leaveOut: { files: ['x.png'], classes: [] } }));
  const at = '2026-01-02T03:04:05.000Z';
  expect(resolved({ ...keep, at, reason: 'A phantom' }, { ...merge, at, files: ['y.png', 'x.png'] }, relabel)).toBe(
    resolved({ ...relabel, label: 'a' }, relabel, merge, keep),
  );
});
