import { describe, expect, test } from 'vitest';
import { bootstrapPools, difference, percentileInterval } from '../../../src-main/engine/metrics/bootstrap.ts';
import { correctedMean } from '../../../src-main/engine/metrics/correctedResampled.ts';
import { mcnemar } from '../../../src-main/engine/metrics/mcnemar.ts';
import { pairedDelong } from '../../../src-main/engine/metrics/pairedDelong.ts';
import { pairedSensitivity, twoSidedP } from '../../../src-main/engine/metrics/pairedSensitivity.ts';
import { clusteredInterval, pooledSlope, type PooledSlope } from '../../../src-main/engine/metrics/pooledSlope.ts';
import { binomialMidP, normalTail, studentQuantile, studentTail } from '../../../src-main/engine/metrics/tails.ts';
import golden from '../../golden/pairs.json' with { type: 'json' };
import { drawnPredictions, type Recipe } from './drawn.ts';

const { tolerance } = golden;
const close = (got: number, value: number) =>
  expect(Math.abs(got - value), `${got} for ${value}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)));
const allClose = (got: object | null, expected: Record<string, number>) => {
  for (const [key, value] of Object.entries(expected)) close((got as Record<string, number>)[key]!, value);
};

/** Two networks on the same drawn images, as test/golden/pairs.py has them. */
function drawnPair(recipe: Recipe) {
  const own = drawnPredictions(recipe);
  const noise = drawnPredictions({ ...recipe, seed: recipe.seed + 1000, lift: 0 }).probabilities;
  return { own, other: { ...own, probabilities: own.probabilities.map((each, at) => 0.5 * each + 0.5 * noise[at]!) } };
}

describe('equal to scipy, statsmodels, scikit-learn and numpy', () => {
  test('tails of distributions', () => {
    // Relative, for small chances are what is asked of them.
    const relative = (got: number, value: number) => expect(Math.abs(got / value - 1), `${got} for ${value}`).toBeLessThan(1e-10); // prettier-ignore
    for (const [z, value] of golden.normal) relative(normalTail(z!), value!);
    for (const [t, df, value] of golden.studentTail) relative(studentTail(t!, df!), value!);
    for (const [p, df, value] of golden.studentQuantile) relative(studentQuantile(p!, df!), value!);
    expect(studentQuantile(0.025, 4)).toBeCloseTo(-studentQuantile(0.975, 4), 12);
    for (const [fewer, of, value] of golden.binomial) relative(binomialMidP(fewer!, of!), value!);
  });

  test.each(golden.mcnemar)('McNemar: $name', ({ rows, expected }) => {
    const found = mcnemar(rows.map(([group, own, other]) => ({ group: String(group), own: own === 1, other: other === 1 })));
    expect(found.method).toBe(expected.method);
    expect(found.both + found.neither + found.onlyOwn + found.onlyOther).toBe(rows.length);
    close(found.p, expected.p);
  }); // prettier-ignore

  test.each(golden.corrected)('corrected mean over folds: $values', ({ values, ratio, confidence, expected }) => {
    allClose(correctedMean(values, ratio, confidence), expected);
  });

  test.each(golden.delong)('paired DeLong of $pair.n images', ({ pair, confidence, expected }) => {
    const { own, other } = drawnPair(pair);
    const scores = ({ probabilities }: { probabilities: Float32Array }) =>
      probabilities.filter((_, at) => at % 2 === 1);
    allClose(
      pairedDelong(Uint8Array.from(own.labels), { own: scores(own), other: scores(other) }, confidence),
      expected,
    );
  });

  test.each(golden.slope)('calibration slope of $pairs.length runs', ({ pairs, label, confidence, expected }) => {
    const drawn = pairs.map(drawnPair);
    const own = pooledSlope(drawn.map((pair) => pair.own), label) as PooledSlope; // prettier-ignore
    const other = pooledSlope(drawn.map((pair) => pair.other), label) as PooledSlope; // prettier-ignore
    allClose(clusteredInterval(own.value, own.influence.values(), confidence), expected.own);
    allClose(clusteredInterval(other.value, other.influence.values(), confidence), expected.other);
    const gaps = [...own.influence].map(([group, each]) => each - other.influence.get(group)!);
    allClose(clusteredInterval(own.value - other.value, gaps, confidence), expected.difference);
  });

  test.each(golden.sensitivity)('sensitivity at equal specificity of $pairs.length runs', async (each) => {
    const { pairs, resamples, seed, confidence, expected } = each;
    const drawn = pairs.map(drawnPair);
    const runs = [...drawn.map(({ own }) => own), ...drawn.map(({ other }) => other)];
    const [own, other] = [drawn.map((_, at) => at), drawn.map((_, at) => drawn.length + at)];
    const [found] = await pairedSensitivity(runs, [{ own, other }], { resamples, seed });
    found!.forEach((result, label) => {
      const { undefinedResamples, low, high, p, ...values } = expected[label]!;
      const gap = difference(result.own, result.other);
      allClose(percentileInterval(gap, confidence), { low, high, undefinedResamples });
      // Of counts: what is rounding next to zero is zero.
      close(twoSidedP(gap.resamples.map((value) => Math.round(value * 1e12) / 1e12)), p);
      allClose({ own: result.own.value, other: result.other.value, specificity: result.specificity }, values);
    });
  });
});

describe('what says nothing has no number', () => {
  const of = (labels: number[], scores: number[]) => ({
    labels,
    probabilities: Float32Array.from(scores.flatMap((each) => [1 - each, each])),
    groups: labels.map((_, at) => `p${at}`),
  });

  test.each([
    ['one-class', [0, 0, 0], [0.1, 0.4, 0.2]],
    ['constant', [0, 1, 0], [0.3, 0.3, 0.3]],
    ['separated', [0, 0, 1, 1], [0, 0.4, 0.6, 1]],
    ['separated', [1, 1, 0, 0], [0, 0.4, 0.6, 1]],
  ])('a slope: %s', (reason, labels, scores) => {
    expect(pooledSlope([of(labels, scores)], 1)).toEqual({ reason });
  });

  test('probabilities of exactly 0 and 1 have a slope', () => {
    const found = pooledSlope([of([0, 0, 1, 1, 0, 1], [0, 1, 1, 0, 0.2, 0.9])], 1) as PooledSlope;
    expect(found.value).toBeGreaterThan(-0.2);
    expect(found.value).toBeLessThan(0.5);
  });

  test('a class never predicted is compared at full specificity, an absent one not at all', async () => {
    const labels = [0, 0, 0, 1, 1];
    const rows = [0.7, 0.2, 0.1, 0.8, 0.15, 0.05, 0.6, 0.3, 0.1, 0.5, 0.4, 0.1, 0.7, 0.25, 0.05];
    const run = { labels, probabilities: Float32Array.from(rows), groups: labels.map((_, at) => `p${at}`) };
    const [found] = await pairedSensitivity([run, run], [{ own: [0], other: [1] }], { resamples: 20, seed: 0 });
    const [first, second, third] = found!;
    expect(first!.specificity).toBe(0);
    expect(second).toMatchObject({ specificity: 1, own: { value: 0.5 }, other: { value: 0.5 } });
    expect(third).toMatchObject({ specificity: 1, own: { value: null }, other: { value: null } });
    expect(percentileInterval(difference(third!.own, third!.other), 0.95)).toBeNull();
    expect(percentileInterval(difference(second!.own, second!.other), 0.95)).toMatchObject({
      value: 0,
      low: 0,
      high: 0,
    });
  });

  test('one run, equal folds, one image of a class, a network against itself', () => {
    expect(correctedMean([0.9], 0.25, 0.95)).toBeNull();
    expect(correctedMean([1, 1, 1], 0.25, 0.95)).toBeNull();
    expect(mcnemar([{ group: 'a', own: true, other: true }])).toMatchObject({ p: 1, method: 'mid-p' });
    const scores = Float32Array.of(0.1, 0.2, 0.3, 0.4);
    expect(pairedDelong(Uint8Array.of(0, 0, 0, 1), { own: scores, other: scores.toReversed() }, 0.95)).toBeNull();
    expect(pairedDelong(Uint8Array.of(0, 1, 0, 1), { own: scores, other: scores }, 0.95)).toBeNull();
  });
});

test('the patients drawn are those of the bootstrap of AUROC', async () => {
  // With one image of each class to a patient the number of positives drawn is that of negatives; AUROC of a perfect
  // network is 1 but where none is drawn, which must be the same resamples.
  const labels = [1, 0, 0, 0];
  const run = {
    labels,
    probabilities: Float32Array.from(labels.flatMap((label) => [1 - label, label])),
    groups: ['a', 'b', 'c', 'd'],
  };
  const options = { resamples: 60, seed: 3 };
  const [pool] = await bootstrapPools([run], [[0]], options);
  const [found] = await pairedSensitivity([run], [{ own: [0], other: [0] }], options);
  const missing = (values: Float64Array) => [...values].map((value) => Number.isNaN(value));
  expect(missing(found![1]!.own.resamples)).toEqual(missing(pool!.auroc.resamples));
  expect(missing(pool!.auroc.resamples)).toContain(true);
});
