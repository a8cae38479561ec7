import { describe, expect, test } from 'vitest';
import { intervals as schema, type Intervals } from '../../../src-main/contract/evaluation.ts';
import { curvesOf } from '../../../src-main/engine/metrics/curves.ts';
import { figuresOf } from '../../../src-main/engine/metrics/figures.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import { wilson } from '../../../src-main/engine/metrics/wilson.ts';
import golden from '../../golden/statistics.json' with { type: 'json' };
import { drawnPredictions } from './drawn.ts';

const { tolerance } = golden;

/** Every number of the golden within its tolerance; what else there is may be anything. */
function expectClose(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number') {
    expect(Math.abs((actual as number) - expected), `${path}: ${String(actual)}`).toBeLessThanOrEqual(tolerance);
  } else if (expected !== null && typeof expected === 'object') {
    if (Array.isArray(expected)) expect(actual, path).toHaveLength(expected.length);
    for (const [key, value] of Object.entries(expected))
      expectClose((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
  } else expect(actual, path).toBe(expected);
}

describe('equal to scikit-learn and statsmodels', () => {
  test.each(golden.figures)('$name', async ({ run, resamples, expected }) => {
    const drawn = drawnPredictions(run);
    const { intervals, curves } = await figuresOf(drawn, drawn.classes, { resamples });
    expect(schema.parse(intervals)).toEqual(intervals);
    expect(intervals).toMatchObject({ confidence: 0.95, resamples, clustered: true });
    expectClose({ auroc: intervals.auroc, auprc: intervals.auprc }, expected.mean, 'mean');
    intervals.perClass.forEach((each, label) => {
      const theirs = expected.perClass[label];
      if (theirs) expectClose(each, theirs, `class ${label}`);
      else expect(each).toMatchObject({ auroc: null, auprc: null, sensitivity: null });
    });
    expectClose(curves, expected.curves, 'curves');
  });

  test.each(golden.wilson)('Wilson: $count of $of', ({ count, of, confidence, low, high }) => {
    expectClose(wilson(count, of, confidence), { count, of, low, high }, 'interval');
  });

  test('one image of each patient: DeLong', async () => {
    for (const { run, expected, confidence } of golden.delong) {
      const drawn = drawnPredictions(run);
      const { intervals } = await figuresOf(drawn, drawn.classes, { resamples: 20, confidence });
      expect(intervals).toMatchObject({
        clustered: false,
        auroc: { method: 'delong' },
        auprc: { method: 'bootstrap' },
      });
      expectClose(intervals.auroc, expected, run.seed.toString());
    }
  });
});

test('shares are those of the metrics, with what they are shares of', async () => {
  const drawn = drawnPredictions({ seed: 31, n: 150, k: 3, levels: 0, shares: [0.5, 0.2], lift: 0.3, patients: 40 });
  const metrics = computeMetrics(drawn.labels, drawn.probabilities, drawn.classes);
  const { intervals } = await figuresOf(drawn, drawn.classes, { resamples: 20 });
  const share = (of: Intervals['accuracy'] | null) => of!.count / of!.of;
  expect(share(intervals.accuracy)).toBe(metrics.accuracy);
  metrics.perClass.forEach(({ images, sensitivity, specificity }, label) => {
    const own = intervals.perClass[label]!;
    expect([share(own.sensitivity), share(own.specificity)]).toEqual([sensitivity, specificity]);
    expect([own.sensitivity!.of, own.specificity!.of]).toEqual([images, 150 - images]);
  });
  expect(intervals).toMatchObject({ sensitivity: null, specificity: null });
});

test('a perfect ranking has no interval of its areas: it shows no variance', async () => {
  const perfect = { labels: [0, 0, 1, 1], probabilities: Float32Array.of(0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.4, 0.6) };
  for (const groups of [
    ['a', 'b', 'c', 'd'],
    ['a', 'a', 'c', 'c'],
  ]) {
    const { intervals } = await figuresOf({ ...perfect, groups }, ['no', 'yes'], { resamples: 50 });
    expect(intervals).toMatchObject({ auroc: null, auprc: null, sensitivity: { count: 2, of: 2, high: 1 } });
    expect(intervals.sensitivity!.low).toBeCloseTo(0.342, 3);
  }
});

test('one class only has no curve; a single threshold has a line', () => {
  expect(curvesOf(Uint8Array.of(1, 1), Float32Array.of(0.2, 0.4))).toBeNull();
  expect(curvesOf(Uint8Array.of(1, 0, 0, 0), new Float32Array(4).fill(0.5))).toEqual({
    roc: { threshold: [null, 0.5], falsePositiveRate: [0, 1], truePositiveRate: [0, 1] },
    precisionRecall: { threshold: [0.5], recall: [1], precision: [0.25] },
  });
});

test('20,000 images', async () => {
  const drawn = drawnPredictions({ seed: 1, n: 20_000, k: 2, levels: 0, shares: [0.5], lift: 0.2, patients: 8000 });
  const start = process.cpuUsage();
  // `npm run bench:statistics` has as many as are drawn for an evaluation.
  await figuresOf(drawn, drawn.classes, { resamples: 400 });
  const { user } = process.cpuUsage(start);
  console.log(
    `figures, a fifth of the draws, and curves of 20,000 images: ${(user / 1e6).toFixed(2)} s of processor time`,
  );
  expect(user / 1e6).toBeLessThan(6);
});
