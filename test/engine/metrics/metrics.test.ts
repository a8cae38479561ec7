import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metrics as schema, type Metrics } from '../../../src-main/contract/evaluation.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import { ranking } from '../../../src-main/engine/metrics/ranking.ts';
import golden from '../../golden/metrics.json' with { type: 'json' };
import { drawnPredictions } from './drawn.ts';

/** Every number within the tolerance, null exactly where the golden has null. */
function expectClose(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number') {
    expect(typeof actual, path).toBe('number');
    expect(Math.abs((actual as number) - expected), path).toBeLessThanOrEqual(golden.tolerance);
  } else if (expected !== null && typeof expected === 'object') {
    for (const [key, value] of Object.entries(expected)) {
      expectClose((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
  } else {
    expect(actual, path).toBe(expected);
  }
}

describe('equal to scikit-learn', () => {
  test.each(golden.cases)('$name', (each) => {
    const { labels, probabilities, classes } = drawnPredictions(each);
    const metrics = computeMetrics(labels, probabilities, classes);
    expect(schema.parse(metrics)).toEqual(metrics);
    expectClose(metrics, each.expected, 'metrics');
  });
});

/** Labels with both classes and scores with ties. */
const ranked = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 12 })), { minLength: 2, maxLength: 60 })
  .filter((pairs) => pairs.some(([positive]) => positive) && pairs.some(([positive]) => !positive));
const rank = (pairs: (readonly [boolean, number])[]) =>
  ranking(
    Uint8Array.from(pairs, ([positive]) => Number(positive)),
    Float32Array.from(pairs, ([, score]) => score),
  );

describe('identities of the ranking', () => {
  test('AUROC is the share of pairs ranked rightly, ties one half', () => {
    fc.assert(
      fc.property(ranked, (pairs) => {
        let [won, all] = [0, 0];
        for (const [a, x] of pairs) {
          for (const [b, y] of pairs) {
            if (!a || b) continue;
            all += 1;
            won += x > y ? 1 : x === y ? 0.5 : 0;
          }
        }
        expect(rank(pairs).auroc).toBe(won / all);
      }),
    );
  });

  test('reversed scores give 1 − AUROC; swapped labels too', () => {
    fc.assert(
      fc.property(ranked, (pairs) => {
        const auroc = rank(pairs).auroc!;
        expect(rank(pairs.map(([a, x]) => [a, -x])).auroc).toBeCloseTo(1 - auroc, 14);
        expect(rank(pairs.map(([a, x]) => [!a, x])).auroc).toBeCloseTo(1 - auroc, 14);
      }),
    );
  });

  test('neither the order of the images nor an increasing map of the scores matters', () => {
    fc.assert(
      fc.property(ranked, fc.integer(), (pairs, seed) => {
        const key = (index: number) => Math.imul(index + 1, seed | 1) >>> 0;
        const shuffled = pairs
          .map((pair, index) => [key(index), pair] as const)
          .sort(([a], [b]) => a - b)
          .map(([, pair]) => pair);
        expect(rank(shuffled)).toEqual(rank(pairs));
        expect(rank(pairs.map(([a, x]) => [a, 3 * x - 1000]))).toEqual(rank(pairs));
      }),
    );
  });

  test('a perfect ranking is 1 and 1; equal scores are one half and the share of positives', () => {
    fc.assert(
      fc.property(ranked, (pairs) => {
        const positives = pairs.filter(([a]) => a).length;
        expect(rank(pairs.map(([a]) => [a, Number(a)]))).toEqual({ auroc: 1, auprc: 1 });
        const tied = rank(pairs.map(([a]) => [a, 0.5]));
        expect(tied.auroc).toBe(0.5);
        expect(tied.auprc).toBeCloseTo(positives / pairs.length, 14);
      }),
    );
  });
});

describe('edges', () => {
  const compute = (labels: number[], rows: number[][]): Metrics =>
    computeMetrics(
      labels,
      Float32Array.from(rows.flat()),
      rows[0]!.map((_, index) => String(index)),
    );

  test('one class only: no ranking and no specificity, but an accuracy', () => {
    const sure = [0.25, 0.75];
    expect(compute([1, 1], [sure, sure])).toMatchObject({
      auroc: null,
      auprc: null,
      sensitivity: 1,
      specificity: null,
      accuracy: 1,
      balancedAccuracy: 1,
    });
  });

  test('a tie of the probabilities is the first class', () => {
    expect(
      compute(
        [0, 1],
        [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
      ).confusionMatrix,
    ).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  test('a true class of probability 0 leaves the loss finite', () => {
    // −ln 2⁻¹⁴⁹ = 149 ln 2
    expect(
      compute(
        [0, 1],
        [
          [0, 1],
          [0, 1],
        ],
      ).loss,
    ).toBeCloseTo((149 * Math.LN2) / 2, 12);
  });

  test('uniform probabilities over k classes have the loss ln k', () => {
    const uniform = [0.25, 0.25, 0.25, 0.25];
    expect(compute([0, 3, 2], [uniform, uniform, uniform]).loss).toBeCloseTo(Math.log(4), 14);
  });

  test('what is not a number is a diverged training; what does not fit is a defect', () => {
    expect(() =>
      compute(
        [0, 1],
        [
          [Number.NaN, 1],
          [0, 1],
        ],
      ),
    ).toThrow(expect.objectContaining({ code: 'TRAINING_DIVERGED' }));
    expect(() =>
      compute(
        [0, 2],
        [
          [0, 1],
          [0, 1],
        ],
      ),
    ).toThrow(RangeError);
    expect(() =>
      compute(
        [0],
        [
          [0, 1],
          [0, 1],
        ],
      ),
    ).toThrow(RangeError);
    expect(() => computeMetrics([], new Float32Array(0), ['a', 'b'])).toThrow(RangeError);
  });

  test('100,000 images within two seconds of processor time, which no loop over pairs would reach', () => {
    const each = { ...golden.cases[1]!, n: 100_000 };
    const { labels, probabilities, classes } = drawnPredictions(each);
    const start = process.cpuUsage();
    computeMetrics(labels, probabilities, classes);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000);
  });
});
