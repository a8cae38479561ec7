import * as tf from '@tensorflow/tfjs-core';
import type { DatasetImage } from '../../../../src-main/engine/data/types.ts';
import { exampleDataset } from '../../../support/dataset.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../../src-main/engine/tensor/engines.ts';
import { generator } from '../../../../src-main/engine/random.ts';
import { crossValidate } from '../../../../src-main/engine/transfer/probe/crossValidate.ts';
import { probeFolds } from '../../../../src-main/engine/transfer/probe/sweep.ts';
import expected from '../../../golden/probe.json' with { type: 'json' };
import { goldenFolds, goldenSet, ROWS } from './golden.ts';

beforeAll(async () => {
  await loadEngine('auto');
});

const image = (label: string, group: string, index: number): DatasetImage => ({
  ...exampleDataset().images[0]!,
  label,
  group,
  sha256: `${label} ${group} ${index}`,
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
  const set = { labels, classes: ['a', 'b'] };
  const folds = probeFolds(
    labels.map((of, i) => image(set.classes[of]!, groups[i]!, i)),
    { k: 5, seed: 1 },
  );
  // What tells patients apart and nothing else: a random place for each patient, the same for all its images.
  const width = 64;
  const random = generator('places');
  const places = Array.from({ length: patients }, () => Array.from({ length: width }, () => random() - 0.5));
  const values = Float32Array.from(labels.flatMap((_, i) => places[Math.floor(i / each)]!));

  test('is not found: folds are by group', () => {
    const x = tf.tensor2d(values, [labels.length, width]);
    const byGroup = crossValidate(x, set, folds);
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
  const images = (patients: number[]) =>
    patients.flatMap((count, of) =>
      Array.from({ length: 2 * count }, (_, i) => image(`class ${of}`, `class ${of} p${i >> 1}`, i)),
    );

  test('a patient is on one side of a fold, and every class is in every fold', () => {
    const study = images([12, 7]);
    const folds = probeFolds(study, { k: 5, seed: 1 });
    expect(new Set(study.map(({ group }, at) => `${group}:${folds[at]}`)).size).toBe(19);
    for (let fold = 0; fold < 5; fold++) {
      expect(new Set(study.filter((_, at) => folds[at] === fold).map(({ label }) => label)).size).toBe(2);
    }
    expect(probeFolds(study, { k: 5, seed: 1 })).toEqual(folds);
    expect(probeFolds(study, { k: 5, seed: 2 })).not.toEqual(folds);
  });

  test('too few patients of a class, or one class, is refused with what would work', () => {
    expect(() => probeFolds(images([12, 3]), { k: 5, seed: 1, grouping: 'patient' })).toThrow(
      expect.objectContaining({
        code: 'TOO_FEW_GROUPS',
        message: 'Each of 5 folds needs a patient of every class to test on, but the class "class 1" has only 3.',
        remedy: 'What works with these images: 2, 3 folds.',
        details: expect.objectContaining({ valid: [2, 3] }),
      }),
    );
    expect(() => probeFolds(images([12, 1]), { k: 2, seed: 1, grouping: 'patient' })).toThrow(
      expect.objectContaining({ remedy: 'Add patients, merge small classes, or leave the class out.' }),
    );
    expect(() => probeFolds(images([12]), { k: 2, seed: 1, grouping: 'patient' })).toThrow(
      expect.objectContaining({ code: 'ONE_CLASS' }),
    );
  });
});
