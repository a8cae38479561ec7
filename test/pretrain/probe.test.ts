import { beforeAll, describe, expect, test } from 'vitest';
import { crossValidate, foldsOf } from '../../scripts/pretrain/crossValidate.ts';
import { fitLogistic, predictLogistic } from '../../scripts/pretrain/regression.ts';
import { loadEngine } from '../../src-main/engine/tensor/engines.ts';
import expected from '../golden/logistic_regression.json' with { type: 'json' };

beforeAll(async () => {
  await loadEngine('auto');
});

const [width, train] = [20, 45];
/** The rows of test/golden/logistic_regression.py. */
const row = (i: number) =>
  Array.from({ length: width }, (_, j) => Math.sin(1.7 * i + 0.9 * j * j + 0.3) + (j === i % 3 ? 0.8 : 0));
const label = (i: number) => (i % 7 === 0 ? (i + 1) % 3 : i % 3);
const rows = (from: number, to: number) => ({
  width,
  values: Float32Array.from(Array.from({ length: to - from }, (_, i) => row(from + i)).flat()),
});

test('the logistic regression is that of scikit-learn', () => {
  const weights = fitLogistic(
    rows(0, train),
    Array.from({ length: train }, (_, i) => label(i)),
    3,
  );
  const probabilities = predictLogistic(rows(train, 60), weights, 3);
  expected.flat().forEach((value, index) => expect(Math.abs(probabilities[index]! - value)).toBeLessThan(1e-3));
});

describe('cross-validation', () => {
  const set = {
    labels: Array.from({ length: 60 }, (_, i) => i % 3),
    // Two pictures of each group.
    groups: Array.from({ length: 60 }, (_, i) => `g${Math.floor(i / 6) * 3 + (i % 3)}`),
    classes: ['a', 'b', 'c'],
  };

  test('a group is on one side of a fold, and every class is in every fold', () => {
    const folds = foldsOf(set, 5, 1);
    expect(new Set(set.groups.map((group, index) => `${group}:${folds[index]}`)).size).toBe(30);
    for (let fold = 0; fold < 5; fold++) {
      const held = set.labels.filter((_, index) => folds[index] === fold);
      expect(new Set(held).size).toBe(3);
    }
    expect(foldsOf(set, 5, 1)).toEqual(folds);
    expect(foldsOf(set, 5, 2)).not.toEqual(folds);
  });

  test('what the features tell is found, and nothing is found where they tell nothing', () => {
    const folds = foldsOf(set, 5, 1);
    const telling = Float32Array.from(set.labels.flatMap((of, i) => [of + 0.1 * Math.sin(i), Math.cos(3 * i), 1]));
    expect(crossValidate({ width: 3, values: telling }, set, folds).balancedAccuracy).toBeGreaterThan(0.9);
    const silent = Float32Array.from(set.labels.flatMap((_, i) => [Math.sin(7 * i * i), Math.cos(3 * i), 1]));
    expect(crossValidate({ width: 3, values: silent }, set, folds).auroc).toBeLessThan(0.7);
  });
});
