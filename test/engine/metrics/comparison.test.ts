import { describe, expect, test } from 'vitest';
import { convergence } from '../../../src-main/contract/convergence.ts';
import { compareWithMargin, holm, nonInferiorityP } from '../../../src-main/engine/metrics/nonInferiority.ts';
import { paretoFront } from '../../../src-main/engine/metrics/pareto.ts';
import { meanAndDeviation, quantile } from '../../../src-main/engine/metrics/summary.ts';
import golden from '../../golden/statistics.json' with { type: 'json' };

test('mean and standard deviation leave out what is not defined', () => {
  // numpy.std([2, 4, 4, 4, 5, 5, 7, 9], ddof=1)
  expect(meanAndDeviation([2, 4, null, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: 2.138089935299395, n: 8 });
  expect(meanAndDeviation([0.5, null])).toEqual({ mean: 0.5, deviation: null, n: 1 });
  expect(meanAndDeviation([null])).toBeNull();
});

test('quantiles lie between order statistics', () => {
  // numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 1])
  expect([0, 0.1, 0.5, 1].map((share) => quantile([1, 2, 4, 8], share))).toEqual([1, 1.3, 3, 8]);
  expect(quantile([3], 0.975)).toBe(3);
});

describe('non-inferiority', () => {
  const verdict = (low: number, high: number) =>
    compareWithMargin({ value: 0, low, high, method: 'bootstrap', undefinedResamples: 0 }, 0.02);

  test.each([
    [0.001, 0.02, 'superior'],
    [-0.0199, 0.03, 'not-inferior'],
    [-0.01, -0.001, 'not-inferior'],
    [-0.02, 0.01, 'inconclusive'],
    [-0.05, 0.05, 'inconclusive'],
    [-0.05, -0.02, 'inconclusive'],
    [-0.05, -0.0201, 'inferior'],
  ])('a difference between %d and %d with a margin of 0.02 is %s', (low, high, expected) =>
    expect(verdict(low, high)).toBe(expected),
  );

  test('p is the share of resamples with a loss of the margin or more, the data counted as one', () => {
    const resamples = Float64Array.of(-0.03, -0.02, -0.01, 0, 0.01, 0.02, 0.03, NaN, 0.04);
    expect(nonInferiorityP(resamples, 0.02)).toBe(3 / 9);
    expect(nonInferiorityP(new Float64Array([NaN]), 0.02)).toBe(1);
  });

  test.each(golden.holm)('Holm rejects what has an adjusted p-value of at most the level: %j', ({ ps, adjusted }) => {
    for (const level of [0.001, 0.019, 0.021, 0.05, 0.2, 0.5]) {
      expect(holm(ps, level)).toEqual(adjusted.map((p) => p <= level));
    }
    expect(holm([], 0.05)).toEqual([]);
  });
});

test('the Pareto front keeps what no other model beats, equal models together', () => {
  const models = [
    { parameters: 100, auroc: 0.9 },
    { parameters: 10, auroc: 0.8 },
    { parameters: 10, auroc: 0.8 },
    { parameters: 20, auroc: 0.8 },
    { parameters: 10, auroc: 0.7 },
    { parameters: 200, auroc: 0.9 },
    { parameters: 5, auroc: 0.6 },
  ];
  expect(paretoFront(models)).toEqual([true, true, true, false, false, false, true]);
});

describe('convergence', () => {
  const epochs = (aurocs: (number | null)[]) =>
    aurocs.map((validationAuroc, index) => ({ epoch: index + 1, validationAuroc, seconds: 10 + index }));

  test('the first epoch at 95 % of the best of the run, with the seconds up to its end', () => {
    expect(convergence(epochs([0.5, 0.77, 0.7, 0.8]))).toEqual({ epochs: 2, seconds: 21 });
    expect(convergence(epochs([0.5, 0.75, 0.7, 0.8]))).toEqual({ epochs: 4, seconds: 46 });
    expect(convergence(epochs([null, 0.8]))).toEqual({ epochs: 2, seconds: 21 });
  });

  test('is not there without epochs or without a validation AUROC', () => {
    expect(convergence([])).toBeNull();
    expect(convergence(epochs([null, null]))).toBeNull();
  });
});
