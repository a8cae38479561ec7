import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { maskedCrossEntropy, positiveWeights } from '../../../src-main/engine/task/maskedCrossEntropy.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import golden from '../../golden/maskedLoss.json' with { type: 'json' };

beforeAll(() => loadEngine('wasm'));

/** Loss and gradient as plain numbers. */
function measured(logits: number[][], rows: number[][], weights: number[]) {
  const outputs = tf.tensor2d(logits);
  const { loss, gradient } = maskedCrossEntropy(outputs, Int8Array.from(rows.flat()), weights);
  expect(gradient.shape).toEqual(outputs.shape);
  const values = [...gradient.dataSync<'float32'>()];
  tf.dispose([outputs, gradient]);
  return { loss, gradient: values };
}

const close = (got: number, value: number) =>
  expect(Math.abs(got - value), `${got} for ${value}`).toBeLessThanOrEqual(golden.tolerance);

test.each(golden.cases)('equal to PyTorch: $name', ({ logits, rows, positiveWeights, expected }) => {
  const { loss, gradient } = measured(logits, rows, positiveWeights);
  close(loss, expected.loss);
  gradient.forEach((each, at) => close(each, expected.gradient.flat()[at]!));
});

describe('what is not known', () => {
  test('has no gradient, and the mean is over what is known', () => {
    const { loss, gradient } = measured([[0, 5], [7, -3]], [[1, -1], [-1, -1]], [3, 1]); // prettier-ignore
    expect(loss).toBeCloseTo(3 * Math.LN2, 12);
    expect(gradient).toEqual([-1.5, 0, 0, 0]);
  });

  test('is worth nothing where it is all there is', () => {
    expect(measured([[2, -2]], [[-1, -1]], [3, 1])).toEqual({ loss: 0, gradient: [0, 0] });
  });
});

test('logits of ±100 and beyond single exponents stay finite', () => {
  const far = measured([[100, -100, 100, -100, 1000, -1000]], [[1, 1, 0, 0, 0, 1]], [1, 1, 1, 1, 1, 1]);
  expect(far.loss).toBeCloseTo((100 + 100 + 1000 + 1000) / 6, 10);
  [0, -1 / 6, 1 / 6, 0, 1 / 6, -1 / 6].forEach((each, at) => expect(far.gradient[at]).toBeCloseTo(each, 7));
});

test('positive weights are known negatives by known positives; 1 where either is missing', () => {
  const rows = [[1, 0, 1, -1], [0, 0, 1, -1], [0, -1, 1, -1], [0, 0, -1, -1], [-1, 1, 1, -1]]; // prettier-ignore
  expect([...positiveWeights(Int8Array.from(rows.flat()), 4)]).toEqual([3, 3, 1, 1]);
});
