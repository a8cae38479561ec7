import { describe, expect, test } from 'vitest';
import { metrics as schema } from '../../../src-main/contract/evaluation.ts';
import { callOf } from '../../../src-main/engine/cohort/call.ts';
import { computeLabelMetrics } from '../../../src-main/engine/metrics/labelMetrics.ts';
import { labelView } from '../../../src-main/engine/metrics/labels.ts';
import { tallyingLabels } from '../../../src-main/engine/metrics/labelTally.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import golden from '../../golden/labelMetrics.json' with { type: 'json' };
import { drawnLabels } from './drawnLabels.ts';

/** Every number within its tolerance, null exactly where the golden has null. */
function expectClose(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number') {
    const tolerance = path.endsWith('.loss') ? golden.lossTolerance : golden.tolerance;
    expect(typeof actual, path).toBe('number');
    expect(Math.abs((actual as number) - expected), path).toBeLessThanOrEqual(tolerance);
  } else if (expected !== null && typeof expected === 'object') {
    for (const [key, value] of Object.entries(expected))
      expectClose((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
  } else expect(actual, path).toBe(expected);
}

test.each(golden.cases)('equal to scikit-learn: $name', ({ recipe, expected }) => {
  const { several, probabilities, names } = drawnLabels(recipe);
  const metrics = computeLabelMetrics(several, probabilities, names);
  expect(schema.parse(metrics)).toEqual(metrics);
  expect(metrics.perClass.map(({ name }) => name)).toEqual(names);
  expectClose(metrics, expected, 'metrics');
});

const recipe = { seed: 66, n: 70, priors: [0.4], unknown: [0.2], levels: 12, lift: 0.25, patients: 0 };

test('one label is the task of two classes, without and with it, number for number', () => {
  const { several, probabilities, names } = drawnLabels(recipe);
  const known = [...several.keys()].filter((image) => several[image]! >= 0);
  const rows = known.flatMap((image) => [1 - probabilities[image]!, probabilities[image]!]);
  const two = computeMetrics(known.map((image) => several[image]!), Float32Array.from(rows), ['without', 'with']); // prettier-ignore
  const { perClass, confusionMatrix, loss, ...own } = computeLabelMetrics(several, probabilities, names);
  expect(two).toMatchObject(own);
  expect(perClass).toEqual([{ ...two.perClass[1]!, name: 'label 0', known: known.length }]);
  expect(loss).toBeCloseTo(two.loss, 14);
  expect(confusionMatrix).toEqual([]);
});

describe('edges', () => {
  const compute = (rows: number[], probabilities: number[], k: number) =>
    computeLabelMetrics(
      Int8Array.from(rows),
      Float32Array.from(probabilities),
      Array.from({ length: k }, (_, label) => String(label)),
    );

  test('what is not known counts nowhere, not even where it is no number', () => {
    const metrics = compute([1, -1, 0, 1, -1, 0], [0.9, NaN, 0.7, 0.6, NaN, 0.4], 2);
    expect(metrics).toMatchObject({ accuracy: 3 / 4, sensitivity: 1, specificity: 1 / 2, auroc: 1 });
    expect(metrics.perClass.map(({ images, known }) => [images, known])).toEqual([[1, 2], [1, 2]]); // prettier-ignore
  });

  test('from exactly one half on it is called so, and just below it is not', () => {
    expect(compute([1, 0], [0.5, 0.5], 1)).toMatchObject({ sensitivity: 1, specificity: 0 });
    expect(compute([1, 0], [0.5 - 2 ** -25, 0.5 - 2 ** -25], 1)).toMatchObject({ sensitivity: 0, specificity: 1 });
  });

  test('what is counted as right is what an image is said to be called', () => {
    const halves = [0.5, 0.5 - 2 ** -25, 0.5 + 2 ** -24];
    for (const p of halves)
      for (const has of [0, 1]) {
        const { right } = callOf({ label: 0, probabilities: Float32Array.of(p), has: Int8Array.of(has) }, ['a']);
        expect(compute([has], [p], 1).accuracy, `${p}, ${has}`).toBe(right ? 1 : 0);
        const all = tallyingLabels({ labels: [], several: Int8Array.of(has), probabilities: Float32Array.of(p), groups: ['a'] }); // prettier-ignore
        expect(all.tally(Uint32Array.of(1)).right, `${p}, ${has}`).toBe(right ? 1 : 0);
      }
  });

  test('certainty to the contrary leaves the loss finite, by what single precision can tell', () => {
    expect(compute([1], [0], 1).loss).toBeCloseTo(149 * Math.LN2, 10);
    expect(compute([0], [1], 1).loss).toBeCloseTo(25 * Math.LN2, 10);
  });

  test('what is not a number is a diverged training; what does not fit, or is not known at all, is a defect', () => {
    expect(() => compute([1, 0], [NaN, 0.5], 1)).toThrow(expect.objectContaining({ code: 'TRAINING_DIVERGED' }));
    expect(() => compute([1, 0, 1], [0.1, 0.2, 0.3], 2)).toThrow(RangeError);
    expect(() => compute([1, 0], [0.1], 1)).toThrow(RangeError);
    expect(() => compute([], [], 0)).toThrow(RangeError);
    expect(() => compute([-1, -1], [0.1, 0.2], 1)).toThrow(RangeError);
  });
});

test('the view of a label keeps its images in order, with their patients', () => {
  const several = Int8Array.of(1, -1, 0, 1, -1, 0);
  const probabilities = Float32Array.of(0.75, 0.1, 1, 0.5, 0.2, 0.25);
  const of = (label: number) => labelView({ labels: [], several, probabilities, groups: ['a', 'b', 'a'] }, label);
  expect(of(0)).toEqual({
    ...{ labels: Uint8Array.of(1, 0), groups: ['a', 'b'] },
    probabilities: Float32Array.of(0.25, 0.75, 2 ** -25, 1),
  });
  expect(of(1)).toEqual({
    ...{ labels: Uint8Array.of(1, 0), groups: ['b', 'a'] },
    probabilities: Float32Array.of(0.5 - 2 ** -25, 0.5, 0.75, 0.25),
  });
});
