import { expect, test } from 'vitest';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import { decidedBy } from '../../../src-main/engine/cohort/planData.ts';
import type { SplitName } from '../../../src-main/engine/data/types.ts';
import { exampleDataset } from '../../support/dataset.ts';

const dataset = exampleDataset({ patients: 20 });
/** 40 images: 10 to train on, 10 to validate, 20 to test. */
const split = dataset.images.map((_, at): SplitName => (at < 10 ? 'train' : at < 20 ? 'validation' : 'test'));
const plan = (augmentation: object) =>
  trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', augmentation });

test.each([
  { named: {}, grey: 6, mirrored: false },
  { named: {}, grey: 5, mirrored: true },
  { named: { flipHorizontal: true }, grey: 10, mirrored: true },
  { named: { flipHorizontal: false }, grey: 0, mirrored: false },
])('of ten training images $grey are grey, and $named is asked: mirrored: $mirrored', ({ named, grey, mirrored }) => {
  for (const others of [true, false]) {
    const levels = dataset.images.map((_, at) => ({ extent: null, grey: at < 10 ? at < grey : others }));
    const decided = decidedBy({ dataset: { ...dataset, levels } }, plan({ ...named, crop: 0.2 }), split);
    expect(decided.augmentation).toMatchObject({ flipHorizontal: mirrored, crop: 0.2, rotation: 10 });
  }
});
