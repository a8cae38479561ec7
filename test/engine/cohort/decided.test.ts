import { expect, test } from 'vitest';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import { decidedBy, type PlanData } from '../../../src-main/engine/cohort/planData.ts';
import { exampleDataset } from '../../support/dataset.ts';

function data(grey: number): PlanData {
  const dataset = exampleDataset({ patients: 4 });
  const { classes } = dataset;
  return {
    dataset: { ...dataset, report: { ...dataset.report, images: 10, grey } },
    test: null,
    classes,
    accepted: [],
    alike: [],
  };
}
const plan = (augmentation: object) =>
  trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', augmentation });

test.each([
  { named: {}, grey: 6, mirrored: false },
  { named: {}, grey: 5, mirrored: true },
  { named: { flipHorizontal: true }, grey: 10, mirrored: true },
  { named: { flipHorizontal: false }, grey: 0, mirrored: false },
])('of ten images $grey are grey, and $named is asked: mirrored left and right: $mirrored', (each) => {
  const decided = decidedBy(data(each.grey), plan({ ...each.named, crop: 0.2 }));
  expect(decided.augmentation).toMatchObject({ flipHorizontal: each.mirrored, crop: 0.2, rotation: 10 });
});
