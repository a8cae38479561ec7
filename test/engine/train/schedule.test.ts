import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src-main/contract/plan.ts';
import { advance, firstProgress, isOver } from '../../../src-main/engine/train/schedule.ts';

// Learning rates after each epoch by torch.optim.lr_scheduler (PyTorch 2.13.0), exact to rounding.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/training.json'), 'utf8')) as {
  schedules: { metric: number[]; plateau: number[]; step: number[]; cosine: number[] };
};

type Plateau = Extract<Schedule, { kind: 'plateau' }>;
const plateauOf = (rest: Partial<Plateau>): Plateau => ({
  ...{ kind: 'plateau', factor: 0.5, patience: 2, minimum: 0.01 },
  ...{ threshold: 0, thresholdMode: 'rel', atMinimum: 'stay', ...rest },
});

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
    ['ReduceLROnPlateau', plateauOf({}), metric, plateau],
    ['StepLR', { kind: 'step', every: 3, factor: 0.1 }, ten, step],
    ['CosineAnnealingLR', { kind: 'cosine', minimum: 0.001 }, ten, cosine],
    ['constant', { kind: 'constant' }, ten, ten.map(() => 0.1)],
  ] as [string, Schedule, number[], number[]][])('%s', (_, schedule, metrics, expected) => {
    ratesOf(schedule, metrics).forEach((rate, epoch) => expect(rate).toBeCloseTo(expected[epoch]!, 12));
  });
});

it.each([
  plateauOf({ patience: 0, minimum: 0.5 }),
  plateauOf({ patience: 60, minimum: 0.5, atMinimum: 'end' }),
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

// By ReduceLROnPlateau of PyTorch 2.13.0, see test/golden/plateau.py; of a loss the score is −loss.
const thresholds = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/plateau.json'), 'utf8')) as {
  score: number[];
  loss: number[];
  cases: {
    mode: 'max' | 'min';
    threshold: number;
    thresholdMode: 'rel' | 'abs';
    stays: number[];
    free: number[];
    trained: number;
  }[];
};

describe.each(thresholds.cases)('a plateau with the $thresholdMode threshold $threshold, mode $mode', (golden) => {
  const { mode, threshold, thresholdMode, stays, free, trained } = golden;
  const values = mode === 'max' ? thresholds.score : thresholds.loss.map((loss) => -loss);
  const near = (found: number[], expected: number[]): void =>
    expected.forEach((rate, epoch) => expect(Math.abs(found[epoch]! / rate - 1)).toBeLessThan(1e-12));

  it('lowers the rate as PyTorch does, and stays at the minimum', () => {
    near(ratesOf(plateauOf({ threshold, thresholdMode }), values), stays);
  });

  it('or ends training after the epoch after which the rate is below the minimum', () => {
    const schedule = plateauOf({ threshold, thresholdMode, atMinimum: 'end' });
    near(ratesOf(schedule, values), free);
    const plan = { schedule, learningRate: 0.1, epochs: values.length, earlyStopping: null };
    let progress = firstProgress(0.1);
    while (progress.epoch < values.length && !isOver(progress, plan)) {
      // What a checkpoint keeps of it is enough to go on with.
      progress = JSON.parse(
        JSON.stringify(advance(progress, { score: values[progress.epoch]!, loss: 1, updates: 1 }, plan)),
      ) as typeof progress;
    }
    expect(progress.epoch).toBe(trained);
    expect(trained).toBeLessThan(values.length);
  });
});

it('a rate that began below the minimum has not fallen; early stopping counts what the best epoch is chosen by', () => {
  const schedule = plateauOf({ patience: 1, minimum: 0.5, atMinimum: 'end' });
  const plan = { schedule, learningRate: 0.1, epochs: 9, earlyStopping: null };
  let progress = firstProgress(0.1);
  expect(isOver(progress, plan)).toBe(false);
  for (const score of [0.9, 0.8, 0.8]) progress = advance(progress, { score, loss: 1, updates: 1 }, plan);
  expect([progress.learningRate, isOver(progress, plan)]).toEqual([0.05, true]);
  const patient = { ...plan, schedule: { kind: 'constant' } as const };
  expect([3, 2].map((earlyStopping) => isOver(progress, { ...patient, earlyStopping }))).toEqual([false, true]);
});
