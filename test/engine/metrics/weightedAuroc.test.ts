import { expect, it } from 'vitest';
import {
  bootstrapPools,
  difference,
  percentileInterval,
  type Predictions,
} from '../../../src-main/engine/metrics/bootstrap.ts';
import {
  DIFFERENCE,
  pairedAurocs,
  TRANSFERABILITY,
  weightedAuroc,
} from '../../../src-main/engine/metrics/weightedAuroc.ts';
import golden from '../../golden/weightedAuroc.json' with { type: 'json' };

/** As test/golden/weightedAuroc.py draws them; two images of each patient. */
function drawn(n: number, k: number, shift = 0): Predictions {
  const labels = Array.from({ length: n }, (_, i) => Math.floor(k * (((7 * i + 3) % 31) / 31) ** 2));
  const rows = labels.map((label, i) =>
    Array.from(
      { length: k },
      (_, c) => 1 + ((5 * i + 11 * c + i * c + shift) % 8) + (label === c && i % 3 > 0 ? 4 : 0),
    ),
  );
  const probabilities = rows.flatMap((row) => row.map((value) => value / row.reduce((sum, each) => sum + each, 0)));
  return {
    labels,
    probabilities: Float32Array.from(probabilities),
    groups: labels.map((_, i) => `p${i >> 1}`),
  };
}

it.each(golden)('is that of scikit-learn for $k classes and $n images', ({ n, k, auroc }) => {
  // Probabilities are single precision here; equal ones stay equal.
  expect(weightedAuroc(drawn(n, k))).toBeCloseTo(auroc, 12);
});

it('gives a class that no image has no weight, and nothing for one class alone', () => {
  const { labels, probabilities, groups } = drawn(62, 3);
  const kept = labels as number[];
  const two = kept.flatMap((label, i) => (label < 2 ? [i] : []));
  const only = (indices: readonly number[]): Predictions => ({
    labels: indices.map((i) => kept[i]!),
    probabilities: Float32Array.from(indices.flatMap((i) => [...probabilities.subarray(3 * i, 3 * i + 3)])),
    groups: indices.map((i) => groups[i]!),
  });
  const value = weightedAuroc(only(two));
  expect(value).toBeGreaterThan(0.5);
  expect(value).toBeLessThan(1);
  expect(weightedAuroc(only(kept.flatMap((label, i) => (label === 0 ? [i] : []))))).toBeNull();
});

it('resamples pairs of runs as the bootstrap of tables does: of two classes the difference has its interval', async () => {
  const runs = [drawn(62, 2), drawn(62, 2, 3)];
  const drawing = { resamples: 500, seed: 4 };
  const [found] = await pairedAurocs(runs, [{ own: [0], baseline: [1] }], { ...drawing, figure: DIFFERENCE });
  const [own, other] = await bootstrapPools(runs, [[0], [1]], drawing);
  const expected = percentileInterval(difference(own!.auroc, other!.auroc), 0.9)!;
  const interval = percentileInterval(found!, 0.9)!;
  for (const bound of ['value', 'low', 'high'] as const) expect(interval[bound]).toBeCloseTo(expected[bound], 12);
  expect(interval.undefinedResamples).toBe(expected.undefinedResamples);
});

it('gives the transferability of equation 1 per fold, averaged, and none without pairs', async () => {
  const runs = [drawn(62, 3), drawn(62, 3, 1), drawn(93, 3, 2), drawn(93, 3, 5)];
  const pairings = [
    { own: [0, 2], baseline: [1, 3] },
    { own: [], baseline: [] },
  ];
  const [score, none] = await pairedAurocs(runs, pairings, { resamples: 50, seed: 0, figure: TRANSFERABILITY });
  const of = (own: number, baseline: number) => {
    const [a, b] = [weightedAuroc(runs[own]!)!, weightedAuroc(runs[baseline]!)!];
    return ((a - b) / b) * 100;
  };
  expect(score!.value).toBeCloseTo((of(0, 1) + of(2, 3)) / 2, 10);
  expect(none!.value).toBeNull();
});
