import { globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { comparisonPlan } from '../../../src-main/contract/comparison/index.ts';
import { appliedTo, type GreyScale } from '../../../src-main/contract/greyScale.ts';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import { decidedBy, readPlanData } from '../../../src-main/engine/cohort/planData.ts';
import { trainingIndices } from '../../../src-main/engine/cohort/split.ts';
import { fittedCell, saveLevels, undecided } from '../../../src-main/engine/comparisons/levels.ts';
import { foldSplit } from '../../../src-main/engine/data/folds.ts';
import { prepareFile } from '../../../src-main/engine/data/prepare.ts';
import type { SplitName } from '../../../src-main/engine/data/types.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';

const engine = resolve(import.meta.dirname, '../../../src-main/engine');

/** Who may call what finds preprocessing in the values of images, and why. */
const MAY: Record<string, Record<string, string>> = {
  resolveScale: {
    'cohort/fitted.ts': 'for a run, from what it is handed',
    'data/scan.ts': 'for the preview of an audit, which no run takes',
  },
  mirrorsAtFirst: {
    'cohort/fitted.ts': 'for a run, from what it is handed',
    'services/augmented.ts': 'for the pictures on screen, which no run takes',
  },
  fittedTo: {
    'cohort/planData.ts': 'hands over the training images of a run',
    'comparisons/levels.ts': 'hands over the training images of a run of a comparison',
  },
  scaleFrom: {
    'cohort/fitted.ts': 'for a run, from what it is handed',
    'services/probe/images.ts': 'hands over the images that are probed, never those that a run would test on',
    'services/distance/images.ts':
      'hands over all images of a set, which is described, and by which nothing is predicted',
  },
};

test('whatever is fitted to images is fitted in one place, which gets the training images alone', () => {
  const files = globSync('**/*.ts', { cwd: engine }).map((file) => file.split(sep).join('/'));
  const callers = (name: string) =>
    files.filter((file) =>
      new RegExp(`(?<!function )\\b${name}(<[^>]*>)?\\(`).test(readFileSync(join(engine, file), 'utf8')),
    );
  expect(files.length).toBeGreaterThan(300);
  for (const [name, may] of Object.entries(MAY)) expect(callers(name).sort(), name).toEqual(Object.keys(may).sort());
});

/** A picture of 16 bits, grey or not, with values around `centre`. */
function deep(centre: number, colour = false): Promise<Buffer> {
  const channels = colour ? 3 : 1;
  const values = Uint16Array.from(
    { length: 576 * channels },
    (_, index) => centre + ((index * 37) % 1024) - 512 + (index % channels) * 900,
  );
  return sharp(values, { raw: { width: 24, height: 24, channels } })
    .toColourspace(colour ? 'rgb16' : 'grey16')
    .png()
    .toBuffer();
}

const PATIENTS = 12;
const fileOf = (patient: number) => `${patient % 2 ? 'ill' : 'well'}/p${patient}_.png`;
const partOf = (patient: number): SplitName => (patient < 6 ? 'train' : patient < 8 ? 'validation' : 'test');

async function study(centreOf: (patient: number) => number, colour: (patient: number) => boolean = () => false) {
  const folder = temporaryFolder();
  for (let patient = 0; patient < PATIENTS; patient++)
    put(folder, fileOf(patient), await deep(centreOf(patient), colour(patient)));
  return folder;
}

/** All that a run keeps of how images are taken, and its training pixels. */
async function takenFrom(folder: string, greyScale: GreyScale | undefined) {
  const workspace = openWorkspace(temporaryFolder());
  try {
    const asked = trainingPlan.parse({
      data: { folder, groupPattern: '(p\\d+)_', ...(greyScale && { greyScale }) },
      backbone: 'resnet18',
    });
    const call = { signal: new AbortController().signal, progress: () => {} };
    const data = await readPlanData(asked, workspace, call);
    const patients = data.dataset.images.map(({ file }) => Number(/p(\d+)_/.exec(file)![1]));
    const plan = decidedBy(data, asked, patients.map(partOf));
    const scale = appliedTo(plan.data);
    const pixels = [];
    for (let patient = 0; patient < 6; patient++)
      pixels.push([
        ...(await prepareFile(join(folder, fileOf(patient)), { size: 24, fit: 'letterbox', scale })).pixels,
      ]);
    const folds = ofFolds(workspace, data, asked);
    return { plan: { ...plan, data: { ...plan.data, folder: '' } }, pixels, folds };
  } finally {
    workspace.close();
  }
}

/** Of each run of a comparison in two folds: its scale, and whether its patients are the first six. */
function ofFolds(
  { store }: ReturnType<typeof openWorkspace>,
  { dataset, classes }: Awaited<ReturnType<typeof readPlanData>>,
  asked: ReturnType<typeof trainingPlan.parse>,
) {
  const plan = comparisonPlan.parse({ kind: 'tournament', base: asked, strategies: ['scratch'], reference: 'scratch' });
  const base = undecided(plan.base);
  const { id } = store.comparisons.create({
    plan: { ...plan, base },
    classes,
    dataset: store.datasets.save(dataset),
    test: null,
  });
  saveLevels(store, id, dataset);
  return [0, 1].map((fold) => {
    const split = foldSplit(dataset.images, { k: 2, seed: 0, fold, validation: 0.2 });
    const train = trainingIndices(dataset.images, split, base);
    const decided = fittedCell(store, id, { plan: base, train });
    return { scale: decided.data.greyScale, train: train.map((index) => dataset.images[index]!.file) };
  });
}

const dim = (patient: number) => 2000 + 10 * patient;

describe.each([['auto'], ['folder'], [undefined]] as const)('on the grey scale %s', (greyScale) => {
  test('other images than those of training change neither its pixels nor what is kept of its preprocessing', async () => {
    const before = await takenFrom(await study(dim), greyScale);
    expect(typeof before.plan.data.greyScale).toBe('object');
    expect(before.plan.augmentation.flipHorizontal).toBe(false);
    for (const part of ['validation', 'test'] as const) {
      const others = (patient: number) => partOf(patient) === part;
      const folder = await study((patient) => (others(patient) ? 60_000 + 10 * patient : dim(patient)), others);
      const { plan, pixels } = await takenFrom(folder, greyScale);
      expect(plan, part).toEqual(before.plan);
      expect(pixels, part).toEqual(before.pixels);
    }
  });

  test('an image of training does', async () => {
    const before = await takenFrom(await study(dim), greyScale);
    const { plan, pixels } = await takenFrom(
      await study((patient) => (patient === 0 ? 12_000 : dim(patient))),
      greyScale,
    );
    expect(plan.data.greyScale).not.toEqual(before.plan.data.greyScale);
    expect(pixels[1]).not.toEqual(before.pixels[1]);
  });
});

test('each fold has the scale of its own training images', async () => {
  const { folds } = await takenFrom(await study((patient) => 1000 * (patient + 1)), 'folder');
  for (const { scale, train } of folds) {
    const centres = train.map((file) => 1000 * (Number(/p(\d+)_/.exec(file)![1]) + 1));
    expect(scale).toEqual({ black: Math.min(...centres) - 512, white: Math.max(...centres) + 511 });
  }
  expect(folds[0]!.scale).not.toEqual(folds[1]!.scale);
});
