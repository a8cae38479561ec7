import { expect, it } from 'vitest';
import { trainingPlan, type TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { architectureOf } from '../../../src-main/backbone/architecture.ts';
import { requireBatch } from '../../../src-main/engine/train/requireBatch.ts';

function check(asked: Partial<TrainingPlanInput>): void {
  const plan = trainingPlan.parse({
    data: { folder: '.' },
    backbone: 'resnet18',
    strategy: 'full',
    batch: 1,
    ...asked,
  });
  requireBatch(plan, architectureOf(plan, ['a', 'b']));
}

it('one image has no statistics for batch normalisation of one pixel; two have, and so has a larger image', () => {
  expect(() => check({ input: 32 })).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining("'layer4.0.bn1'") }),
  );
  check({ input: 32, batch: 2 });
  check({ input: 64 });
  check({ input: 32, strategy: 'truncated', cut: 'layer3.1' });
});

it('nothing is refused where batch normalisation does not learn', () => {
  check({ backbone: 'vgg16', input: 32 });
  check({ input: 32, strategy: 'layerwise', cut: 'layer4.1' });
  expect(() => check({ input: 32, strategy: 'layerwise', cut: 'layer3.1' })).toThrow('batch normalisation');
});
