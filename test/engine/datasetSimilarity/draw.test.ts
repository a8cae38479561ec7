import { expect, test } from 'vitest';
import { balancedDraws, balancedWeights, drawSubset } from '../../../src-main/engine/datasetSimilarity/draw.ts';
import { generator } from '../../../src-main/engine/random.ts';

/** 900 images of one class, 90 of another, 10 of a third. */
const labels = Array.from({ length: 1000 }, (_, at) => (at < 900 ? 0 : at < 990 ? 1 : 2));
const countsOf = (found: readonly number[]): number[] =>
  [0, 1, 2].map((label) => found.filter((at) => labels[at] === label).length);

test('classes weigh alike, however many images they have', () => {
  const weights = balancedWeights(labels);
  expect(weights[0]).toBeCloseTo(1 / 2700, 12);
  expect(weights.at(-1)).toBeCloseTo(1 / 30, 12);
  expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
});

test('images are drawn in these proportions', () => {
  const draw = balancedDraws(labels, generator(1));
  const counts = countsOf(Array.from({ length: 30_000 }, draw));
  // 10,000 each, with a standard deviation of 82.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test('a subset has every class, no image twice, and mostly as many of each', () => {
  const counts = Array.from({ length: 200 }, (_, seed) => {
    const found = drawSubset(labels, 12, generator(seed));
    expect(new Set(found).size).toBe(12);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    return countsOf(found);
  });
  expect(Math.min(...counts.flat())).toBeGreaterThanOrEqual(1);
  const means = [0, 1, 2].map((label) => counts.reduce((sum, of) => sum + of[label]!, 0) / counts.length);
  for (const mean of means) expect(mean).toBeGreaterThan(3);
  expect(drawSubset(labels, 3, generator(1))).toHaveLength(3);
  expect(drawSubset([0, 1], 2, generator(1))).toEqual([0, 1]);
});
