import { expect, it } from 'vitest';
import { trainingPlan, type TrainingPlanInput } from '../../../src-main/contract/run.ts';
import { architectureOf } from '../../../src-main/engine/train/model.ts';
import { requireBatch } from '../../../src-main/engine/train/requireBatch.ts';

function check(asked: Partial<TrainingPlanInput>): void {
  const plan = trainingPlan.parse({ data: { folder: '.' }, backbone: 'resnet18', strategy: 'full', ...asked });
  requireBatch(plan, architectureOf(plan, ['a', 'b']));
}

it('one image has no statistics for batch normalisation; two have', () => {
  expect(() => check({ batch: 1 })).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', remedy: expect.stringContaining('batch of 2') }),
  );
  check({ batch: 2 });
});

it('nothing is refused where batch normalisation does not learn', () => {
  check({ batch: 1, backbone: 'alexnet' });
  check({ batch: 1, backbone: 'vgg16' });
  check({ batch: 1, strategy: 'layerwise', cut: 'layer4.1' });
  check({ batch: 1, strategy: 'features', classifier: 'svm' });
  expect(() => check({ batch: 1, strategy: 'layerwise', cut: 'layer3.1' })).toThrow('batch normalisation');
});
