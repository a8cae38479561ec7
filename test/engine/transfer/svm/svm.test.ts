import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import goldens from '../../../golden/svm.json' with { type: 'json' };
import { generator } from '../../../../src-main/engine/random.ts';
import { loadEngine } from '../../../../src-main/engine/tensor/engines.ts';
import { coordinateDescent } from '../../../../src-main/engine/transfer/svm/coordinateDescent.ts';
import { byFeatures, byProducts, type Features } from '../../../../src-main/engine/transfer/svm/examples.ts';
import { fitSvm } from '../../../../src-main/engine/transfer/svm/fit.ts';
import { svmHead, svmProbabilities } from '../../../../src-main/engine/transfer/svm/head.ts';
import { plattScaling } from '../../../../src-main/engine/transfer/svm/platt.ts';
import { innerProducts } from '../../../../src-main/engine/transfer/svm/products.ts';
import { standardise } from '../../../../src-main/engine/transfer/svm/standardise.ts';

type Golden = (typeof goldens)[number];

/** The features of `svm.py`, as a network would give them, with their classes. */
function example({ rows, width, classes }: Golden): { raw: Features; labels: number[] } {
  const all = Array.from({ length: rows }, (_, i) => ({ i, label: i % 7 === 0 ? (i + 1) % 3 : i % 3 }));
  const kept = all.filter(({ label }) => label < classes);
  const value = (i: number, j: number): number => {
    const noise = Math.sin((i * width + j + 1) * 12.9898) * 43758.5453;
    return j === 1 ? 3 : 3 * (noise - Math.floor(noise)) + (j % 3 === i % 3 ? 1 : 0);
  };
  const data = Float32Array.from(kept.flatMap(({ i }) => Array.from({ length: width }, (_, j) => value(i, j))));
  return { raw: { data, shape: [kept.length, width] }, labels: kept.map(({ label }) => label) };
}

function solved<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

beforeAll(async () => {
  await loadEngine('wasm');
});

describe.each(
  goldens.map((golden) => [`${golden.rows} × ${golden.width}, ${golden.classes} classes`, golden] as const),
)('%s', (_, golden) => {
  const { raw, labels } = example(golden);
  const folds = labels.map((_label, index) => Math.floor(index / 2) % 5);
  const isOf = (separator: number): boolean[] =>
    labels.map((label) => label === (golden.classes === 2 ? 1 : separator));
  const copy = (): Features => ({ ...raw, data: raw.data.slice() });

  it.each(['features', 'products'])('decision values by %s are those of LinearSVC', (by) => {
    const features = copy();
    standardise(features);
    const examples = by === 'features' ? byFeatures(features) : byProducts(innerProducts(features), labels.length);
    golden.decisions.forEach((expected, separator) => {
      const positive = isOf(separator);
      const yes = positive.filter(Boolean).length;
      const costs = positive.map((is) => (golden.c * labels.length) / (2 * (is ? yes : labels.length - yes)));
      const problem = { rows: labels.map((_label, index) => index), positive, costs };
      const options = { random: generator(1), tolerance: 1e-10, passes: 100_000 };
      const { plane } = solved(coordinateDescent(examples, problem, options));
      const given = labels.map((_label, index) => plane.value(index));
      expect(largestDifference(expected, given)).toBeLessThan(1e-5);
    });
  });

  it('Platt scaling is that of scikit-learn', () => {
    golden.outOfFold.forEach((values, separator) => {
      const { slope, intercept } = plattScaling(values, isOf(separator));
      expect(slope).toBeCloseTo(golden.slopes[separator]!, 4);
      expect(intercept).toBeCloseTo(golden.intercepts[separator]!, 4);
    });
  });

  it('the head gives the probabilities from features as the network gives them; nothing is left', async () => {
    const before = tf.memory().numTensors;
    const features = copy();
    const scale = standardise(features);
    const { classes, c, width } = golden;
    const options = { classes, c, balanced: true, folds, seed: 0, pause: async () => {} };
    const { separators, outOfFold } = await fitSvm(features, labels, options);
    const head = svmHead(separators, scale);
    const [kernel, bias] = [head.get('head_dense/kernel')!, head.get('head_dense/bias')!];
    expect([kernel.shape, bias.shape]).toEqual([[width, classes], [classes]]);
    const logits = Array.from({ length: classes }, (_unit, unit) =>
      labels.map((_label, row) => {
        const products = Array.from(
          raw.data.subarray(row * width, (row + 1) * width),
          (value, j) => value * kernel.data[j * classes + unit]!,
        );
        return products.reduce((sum, product) => sum + product, bias.data[unit]!);
      }),
    );
    const given = svmProbabilities(classes === 2 ? [logits[1]!.map((logit, row) => logit - logits[0]![row]!)] : logits);
    if (classes === 2) logits[1]!.forEach((logit, row) => expect(logits[0]![row]).toBeCloseTo(-logit, 6));
    expect(largestDifference(given, golden.probabilities.flat())).toBeLessThan(2e-3);
    outOfFold.forEach((own, separator) => {
      const [slope, intercept] = [golden.slopes[separator]!, golden.intercepts[separator]!];
      const expected = golden.outOfFold[separator]!.map((value) => slope * value + intercept);
      expect(largestDifference(own, expected)).toBeLessThan(5e-3);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('Platt scaling', () => {
  it('of scores that say nothing, or the wrong thing, keeps their order and gives the share of the class', () => {
    const values = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? -1 : 1) * (1 + (index % 5)));
    const { slope, intercept } = plattScaling(
      values,
      values.map((value) => value < 0),
    );
    expect(slope).toBeGreaterThan(0);
    for (const value of [-5, 0, 5]) expect(sigmoid(slope * value + intercept)).toBeCloseTo(0.5, 2);
  });

  it('stays finite where scores separate the classes, far from zero', () => {
    const { slope, intercept } = plattScaling([-1e4, -9e3, 8e3, 1e4], [false, false, true, true]);
    expect(sigmoid(slope * 9e3 + intercept)).toBeGreaterThan(0.7);
    expect(sigmoid(slope * 9e3 + intercept)).toBeLessThan(1);
    expect(sigmoid(slope * -9e3 + intercept)).toBeLessThan(0.3);
  });
});
