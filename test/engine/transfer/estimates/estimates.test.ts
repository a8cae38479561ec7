import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { fitMixture } from '../../../../src-main/engine/linear/mixture.ts';
import { matrix, type Matrix } from '../../../../src-main/engine/linear/matrix.ts';
import { loadEngine } from '../../../../src-main/engine/tensor/engines.ts';
import type { Ops } from '../../../../src-main/engine/tensor/ops.ts';
import { leep } from '../../../../src-main/engine/transfer/estimates/leep.ts';
import { EXPLAINED, nLeep } from '../../../../src-main/engine/transfer/estimates/nLeep.ts';
import { parc } from '../../../../src-main/engine/transfer/estimates/parc.ts';
import { principalComponents } from '../../../../src-main/engine/transfer/estimates/principal.ts';
import expected from '../../../golden/estimates.json' with { type: 'json' };
import { goldenSet, ROWS } from '../probe/golden.ts';

let ops: Ops;
beforeAll(async () => {
  ({ ops } = await loadEngine('auto'));
});

const close = (value: number, golden: number, tolerance: number): void =>
  expect(Math.abs(value - golden)).toBeLessThan(tolerance);

function reduced(values: ArrayLike<number>, rows: number, width: number) {
  const before = tf.memory().numTensors;
  const x = tf.tensor2d(Float32Array.from(values), [rows, width]);
  const found = principalComponents(ops, x, EXPLAINED);
  x.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return found;
}

const mixture = async (x: Matrix, k: number, seed: number) => (await fitMixture(x, { k, seed, ridge: 1e-6 }))!;

/** Of the golden script: class probabilities of an invented source classifier. */
function source(width: number): Float64Array {
  const all = new Float64Array(ROWS * width);
  for (let i = 0; i < ROWS; i++) {
    const powers = Array.from({ length: width }, (_, z) => Math.exp(3 * Math.sin(1.3 * i + 0.7 * z * z)));
    const sum = powers.reduce((a, b) => a + b, 0);
    all.set(
      powers.map((power) => power / sum),
      i * width,
    );
  }
  return all;
}

/** Of the golden script: five well separated groups of images a class. */
function islands(classes: number) {
  const k = 5 * classes;
  const [values, labels]: [number[], number[]] = [[], []];
  for (let i = 0; i < 40 * k; i++) {
    const at = i % 7 ? i % k : 0;
    for (let j = 0; j < 6; j++)
      values.push(6 * Math.cos(3 * at * at + 5 * at * j + 7 * j * j) + 0.4 * Math.sin(12.9898 * i + 78.233 * j * j));
    labels.push(i % 11 ? at % classes : (at + 1) % classes);
  }
  return { values, labels, rows: 40 * k };
}

describe.each(expected.cases)('$width features, $classes classes', ({ width, classes, ...golden }) => {
  const { values, set } = goldenSet(width, classes);

  test('LEEP is that of the formula in numpy', () => {
    close(leep(source(width), set.labels, { width, classes }), golden.leep, 1e-8);
  });

  test('PARC is that of the formula in numpy', () => {
    close(parc(matrix(ROWS, width, Float64Array.from(values)), set.labels, { seed: 0 })!, golden.parc, 1e-4);
  });

  test('principal components are as many and as large, and the mixture is as likely as scikit-learn’s', async () => {
    const x = reduced(values, ROWS, width);
    expect([x.rows, x.columns]).toEqual([ROWS, golden.components]);
    close(Math.max(...x.data.map(Math.abs)), golden.largest, 1e-3);
    const fits = await Promise.all(Array.from({ length: 10 }, (_, seed) => mixture(x, 5 * classes, seed)));
    // Another start finds another optimum: the best of some lies among the best of scikit-learn's, none far below its worst.
    const reached = fits.map(({ logLikelihood }) => logLikelihood);
    const [worst, best] = golden.likelihoods as [number, number];
    expect(Math.max(...reached)).toBeGreaterThan(worst + (best - worst) / 2);
    expect(Math.min(...reached)).toBeGreaterThan(worst - 0.5 * (best - worst) - 0.05);
  });
});

test.each(expected.apart)('of groups that lie apart, $classes classes, N-LEEP is scikit-learn’s', async (golden) => {
  const { values, labels, rows } = islands(golden.classes);
  const x = reduced(values, rows, 6);
  expect(x.columns).toBe(golden.components);
  const k = 5 * golden.classes;
  const fits = await Promise.all(Array.from({ length: 10 }, (_, seed) => mixture(x, k, seed)));
  const best = fits.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  close(best.logLikelihood, golden.logLikelihood, 1e-3);
  close(leep(best.responsibilities.data, labels, { width: k, classes: golden.classes }), golden.nLeep, 1e-3);
});

describe('what the estimates are at their ends', () => {
  const labels = [0, 0, 0, 1, 1, 1];
  const one = (hot: readonly number[]) => Float64Array.from(hot.flatMap((of) => [of === 0 ? 1 : 0, of === 1 ? 1 : 0]));

  test('LEEP is 0 where the source tells the classes apart, and that of the shares of the classes where it says nothing', () => {
    expect(leep(one(labels), labels, { width: 2, classes: 2 })).toBe(0);
    expect(leep(one([0, 0, 0, 0, 0, 0]), labels, { width: 2, classes: 2 })).toBeCloseTo(Math.log(0.5), 12);
    expect(
      leep(
        Float64Array.from({ length: 18 }, () => 1 / 3),
        labels,
        { width: 3, classes: 2 },
      ),
    ).toBeCloseTo(Math.log(0.5), 12);
  });

  test('PARC is highest where images of a class are alike, and null where there is nothing to compare', () => {
    const alike = Float64Array.from(labels.flatMap((of, i) => [of, 1 - of, 0.01 * i, of]));
    expect(parc(matrix(6, 4, alike), labels, { seed: 0 })).toBeGreaterThan(0.8);
    expect(parc(matrix(6, 4, alike), [0, 0, 0, 0, 0, 0], { seed: 0 })).toBeNull();
    expect(parc(matrix(6, 4), labels, { seed: 0 })).toBeNull();
  });

  test('N-LEEP does not depend on the scale of the features, and is null without images or features enough', async () => {
    const { values, labels: own, rows } = islands(2);
    const of = (factor: number) =>
      nLeep(reduced(values.map((value) => factor * value), rows, 6), own, { seed: 3 }); // prettier-ignore
    const score = (await of(1))!;
    expect(score).toBeLessThan(0);
    close((await of(1e-3))!, score, 1e-3);
    expect(await of(0)).toBeNull();
    expect(await nLeep(matrix(6, 1, Float64Array.from(labels)), labels, { seed: 3 })).toBeNull();
    expect(await fitMixture(matrix(6, 1, new Float64Array(6).fill(NaN)), { k: 2, seed: 0, ridge: 1 })).toBeNull();
  });
});
