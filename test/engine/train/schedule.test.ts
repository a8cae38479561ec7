import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src-main/contract/plan.ts';
import { advance, firstProgress } from '../../../src-main/engine/train/schedule.ts';

// Learning rates after each epoch by torch.optim.lr_scheduler (PyTorch 2.13.0), exact to rounding.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/training.json'), 'utf8')) as {
  schedules: { metric: number[]; plateau: number[]; step: number[]; cosine: number[] };
};

function ratesOf(schedule: Schedule, metric: number[]): number[] {
  let progress = firstProgress(0.1);
  return metric.map((score) => {
    progress = advance(progress, { score, loss: 1, updates: 7 }, { schedule, learningRate: 0.1, epochs: 10 });
    return progress.learningRate;
  });
}

const { metric, plateau, step, cosine } = golden.schedules;
const ten = Array.from({ length: 10 }, () => 0.5);

describe('schedules equal PyTorch', () => {
  it.each([
    ['ReduceLROnPlateau', { kind: 'plateau', factor: 0.5, patience: 2, minimum: 0.01 }, metric, plateau],
    ['StepLR', { kind: 'step', every: 3, factor: 0.1 }, ten, step],
    ['CosineAnnealingLR', { kind: 'cosine', minimum: 0.001 }, ten, cosine],
    ['constant', { kind: 'constant' }, ten, ten.map(() => 0.1)],
  ] as [string, Schedule, number[], number[]][])('%s', (_, schedule, metrics, expected) => {
    ratesOf(schedule, metrics).forEach((rate, epoch) => expect(rate).toBeCloseTo(expected[epoch]!, 12));
  });
});

it.each([
  { kind: 'plateau', factor: 0.5, patience: 0, minimum: 0.5 },
  { kind: 'cosine', minimum: 0.5 },
] as Schedule[])('a minimum above the rate that training began with never raises it: $kind', (schedule) => {
  expect(ratesOf(schedule, ten)).toEqual(ten.map(() => 0.1));
});

it('the best epoch has the highest score, and of equal ones the lowest loss', () => {
  const plan = { schedule: { kind: 'constant' } as const, learningRate: 1, epochs: 9 };
  const results = [
    [0.8, 0.5],
    [0.9, 0.7],
    [0.9, 0.6],
    [0.9, 0.65],
    [0.85, 0.1],
  ];
  let progress = firstProgress(1);
  const best = results.map(([score, loss]) => {
    progress = advance(progress, { score: score!, loss: loss!, updates: 3 }, plan);
    return progress.bestEpoch;
  });
  expect(best).toEqual([1, 2, 3, 3, 3]);
  expect(progress).toMatchObject({ epoch: 5, updates: 15, sinceBest: 2, bestScore: 0.9, bestLoss: 0.6 });
});
