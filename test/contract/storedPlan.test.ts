import { expect, test } from 'vitest';
import { storedPlan, trainingPlan } from '../../src-main/contract/plan.ts';

const plan = { data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer2.1' };

test('a plan with numbers that an earlier version allowed is read as it was, and not started again', () => {
  const old = {
    ...trainingPlan.parse(plan),
    ...{ learningRate: 1e30, weightDecay: 50, dropout: 0.99, svmC: 1e9, backboneRate: 1e-9, earlyStopping: 20_000 },
    optimiser: { kind: 'adam', beta1: 1.5, beta2: 0, epsilon: 0 },
    schedule: { kind: 'plateau', factor: 0.5, patience: 20_000, minimum: 50 },
  };
  expect(storedPlan.parse(old)).toEqual(old);
  expect(
    trainingPlan
      .safeParse(old)
      .error?.issues.map(({ path }) => path[0])
      .sort(),
  ).toEqual([
    'backboneRate',
    'dropout',
    'earlyStopping',
    'learningRate',
    'optimiser',
    'optimiser',
    'schedule',
    'schedule',
    'svmC',
    'weightDecay',
  ]);
});

test('what is left out is the same in both', () => {
  expect(storedPlan.parse(plan)).toEqual(trainingPlan.parse(plan));
  for (const change of [
    { schedule: { kind: 'cosine' } },
    { schedule: { kind: 'step', every: 3 } },
    { optimiser: { kind: 'sgd' } },
  ] as const)
    // prettier-ignore
    expect(storedPlan.parse({ ...plan, ...change })).toEqual(trainingPlan.parse({ ...plan, ...change }));
});
