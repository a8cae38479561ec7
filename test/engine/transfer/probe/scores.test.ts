import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Ops } from '../../../../src-main/engine/tensor/ops.ts';
import { loadEngine } from '../../../../src-main/engine/tensor/engines.ts';
import { hScore } from '../../../../src-main/engine/transfer/probe/hScore.ts';
import { logMe } from '../../../../src-main/engine/transfer/probe/logMe.ts';
import { spectrumOf } from '../../../../src-main/engine/transfer/probe/spectrum.ts';
import expected from '../../../golden/probe.json' with { type: 'json' };
import { goldenSet, ROWS } from './golden.ts';

describe.each(['tensorflow', 'wasm'] as const)('%s', (name) => {
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await loadEngine(name));
  });

  const scores = (values: Float32Array, width: number, set: { labels: number[]; classes: string[] }) => {
    const before = tf.memory().numTensors;
    const x = tf.tensor2d(values, [values.length / width, width]);
    const spectrum = spectrumOf(ops, x, set);
    x.dispose();
    expect(tf.memory().numTensors).toBe(before);
    return { logMe: logMe(spectrum), hScore: hScore(spectrum) };
  };

  test.each(expected)('$width features, $classes classes: numpy’s numbers', ({ width, classes, ...golden }) => {
    const { values, set } = goldenSet(width, classes);
    const found = scores(values, width, set);
    expect(Math.abs(found.logMe - golden.logMe)).toBeLessThan(1e-4);
    expect(Math.abs(found.hScore - golden.hScore)).toBeLessThan(1e-3);
  });

  test('features that say nothing of the classes have the evidence of noise alone, be it for want of any', () => {
    const set = { labels: [0, 1, 0, 1], classes: ['a', 'b'] };
    // Without weights: n/2 · log(β/2π) − n/2 with β = n/yᵀy, per image.
    const noise = 0.5 * Math.log(1 / Math.PI) - 0.5;
    for (const values of [[1, 1, -1, -1], [1, 1, -1, -0.999], [0, 0, 0, 0]])
      expect(Math.abs(scores(Float32Array.from(values), 1, set).logMe - noise)).toBeLessThan(1e-4); // prettier-ignore
  });

  test('LogME does not depend on the scale of the features, neither score on their order', () => {
    const { values, set } = goldenSet(20, 3);
    const { logMe: evidence, hScore: score } = scores(values, 20, set);
    const scaled = scores(
      values.map((value) => 50 * value),
      20,
      set,
    );
    expect(scaled.logMe).toBeCloseTo(evidence, 4);
    expect(scaled.hScore).toBeCloseTo(score, 3);
    const turned = values.map((_, at) => values[Math.floor(at / 20) * 20 + ((at + 7) % 20)]!);
    expect(scores(turned, 20, set).logMe).toBeCloseTo(evidence, 4);
  });

  test('a class without images changes nothing', () => {
    const { values, set } = goldenSet(20, 2);
    const [found, without] = [
      scores(values, 20, { ...set, classes: [...set.classes, 'none'] }),
      scores(values, 20, set),
    ];
    // A product with one more column may be summed in another order.
    expect(found.logMe).toBeCloseTo(without.logMe, 6);
    expect(found.hScore).toBeCloseTo(without.hScore, 6);
  });

  test('features that tell the classes score higher than features that do not', () => {
    const { values, set } = goldenSet(20, 2);
    const telling = values.map((value, at) => value + 4 * set.labels[Math.floor(at / 20)]!);
    const [more, less] = [scores(telling, 20, set), scores(values, 20, set)];
    expect(more.logMe).toBeGreaterThan(less.logMe);
    expect(more.hScore).toBeGreaterThan(less.hScore);
    expect(more.hScore).toBeLessThan(1);
    expect(ROWS * 20).toBe(values.length);
  });
});
