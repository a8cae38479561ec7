import { expect, test } from 'vitest';
import { foldInterval } from '../../src-main/contract/foldInterval.ts';
import { meanAndDeviation } from '../../src-main/engine/metrics/summary.ts';

test('is the corrected interval over folds', () => {
  // scipy 1.17.1: x.mean() ± t.ppf(0.975, 4) * x.std(ddof=1) * sqrt(1/5 + 1/4)
  const [low, high] = foldInterval(meanAndDeviation([0.81, 0.86, 0.79, 0.9, 0.84])!)!;
  expect(low).toBeCloseTo(0.7598910181130595, 7);
  expect(high).toBeCloseTo(0.9201089818869407, 7);
});

test('stays within what a score can be, and is not made up', () => {
  expect(foldInterval({ mean: 0.98, deviation: 0.1, n: 3 })![1]).toBe(1);
  expect(foldInterval({ mean: 0.98, deviation: null, n: 1 })).toBeNull();
});
