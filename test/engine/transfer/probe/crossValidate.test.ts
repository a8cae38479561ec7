import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../../src-main/engine/tensor/engines.ts';
import { generator } from '../../../../src-main/engine/random.ts';
import { crossValidate } from '../../../../src-main/engine/transfer/probe/crossValidate.ts';
import { foldsOf } from '../../../../src-main/engine/transfer/probe/folds.ts';
import expected from '../../../golden/probe.json' with { type: 'json' };
import { goldenFolds, goldenSet, ROWS } from './golden.ts';

beforeAll(async () => {
  await loadEngine('auto');
});

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(expected)('$width features, $classes classes', ({ width, classes, folds }) => {
  test('the probe is that of scikit-learn, fold by fold', () => {
    const { values, set } = goldenSet(width, classes);
    const before = tf.memory().numTensors;
    const x = tf.tensor2d(values, [ROWS, width]);
    const found = crossValidate(x, set, goldenFolds);
    x.dispose();
    expect(tf.memory().numTensors).toBe(before);
    found.forEach(({ auroc, auprc, loss }, fold) => {
      const [expectedAuroc, expectedAuprc, expectedLoss] = folds[fold]!;
      // Ranks: exact unless two probabilities are closer than what the tolerance of the fit leaves open.
      expect(auroc).toBeCloseTo(expectedAuroc!, 5);
      expect(auprc).toBeCloseTo(expectedAuprc!, 5);
      expect(Math.abs(loss - expectedLoss!)).toBeLessThan(5e-4);
    });
  });
});

describe('what leaks through groups', () => {
  const patients = 40;
  const each = 5;
  const labels = Array.from({ length: patients * each }, (_, i) => Math.floor(i / each) % 2);
  const groups = labels.map((_, i) => `p${Math.floor(i / each)}`);
  const set = { labels, groups, classes: ['a', 'b'] };
  // What tells patients apart and nothing else: a random place for each patient, the same for all its images.
  const width = 64;
  const random = generator('places');
  const places = Array.from({ length: patients }, () => Array.from({ length: width }, () => random() - 0.5));
  const values = Float32Array.from(labels.flatMap((_, i) => places[Math.floor(i / each)]!));

  test('is not found: folds are by group', () => {
    const x = tf.tensor2d(values, [labels.length, width]);
    const byGroup = crossValidate(x, set, foldsOf(set, 5, 1));
    const byImage = crossValidate(
      x,
      set,
      labels.map((_, i) => i % each),
    );
    x.dispose();
    expect(mean(byImage.map(({ auroc }) => auroc!))).toBe(1);
    expect(mean(byGroup.map(({ auroc }) => auroc!))).toBeLessThan(0.7);
  });

  test('of the images held out, nothing changes the probe of the others', () => {
    const folds = foldsOf(set, 5, 1);
    const test = (change: (value: number) => number) => {
      const changed = values.map((value, at) => (folds[Math.floor(at / width)] === 0 ? change(value) : value));
      const x = tf.tensor2d(changed, [labels.length, width]);
      const [first] = crossValidate(x, set, folds);
      x.dispose();
      return first!;
    };
    // Had held-out images a part in the standardisation, shifting them would not leave these ranks as they are.
    expect(test((value) => value * 0.5).auroc).toBe(test((value) => value).auroc);
  });
});

test('features that never vary tell nothing, and do no harm', () => {
  const { values, set } = goldenSet(20, 2);
  const constant = Float32Array.from({ length: ROWS * 21 }, (_, at) =>
    at % 21 === 20 ? 1234.567 : values[Math.floor(at / 21) * 20 + (at % 21)]!,
  );
  const [x, wider] = [tf.tensor2d(values, [ROWS, 20]), tf.tensor2d(constant, [ROWS, 21])];
  const [without, withOne] = [x, wider].map((rows) => crossValidate(rows, set, goldenFolds)[0]!.auroc!);
  tf.dispose([x, wider]);
  expect(Math.abs(withOne! - without!)).toBeLessThan(0.02);
});

describe('folds', () => {
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
});
