import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { trainingPass } from '../../../src-main/engine/execute/gradient.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { crossEntropy } from '../../../src-main/engine/task/crossEntropy.ts';
import { stepOps, type Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import type { Ops, Window } from '../../../src-main/engine/tensor/ops.ts';
import { plainOps } from '../../../src-main/engine/tensor/plain.ts';
import type { TensorflowBackend } from '../../../src-main/engine/tensor/tensorflowBackend.ts';
import { initialise } from '../../../src-main/engine/weights/initialise.ts';
import { nearestBfloat16 } from '../../support/bfloat16.ts';

const BFLOAT16 = 14;
/** Half of the last of its 8 bits. */
const ROUNDING = 2 ** -8;

/** Values that bfloat16 holds exactly, so that what differs comes from the operation. */
function drawn(shape: readonly number[], seed: number): Tensor4D {
  const random = generator(seed, 'drawn');
  const count = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, () => nearestBfloat16(2 * random() - 1)),
    [...shape] as [number, number, number, number],
  ) as Tensor4D;
}

function expectWithin(actual: Tensor, expected: Tensor, tolerance: number): void {
  expect(actual.shape).toEqual(expected.shape);
  const values = expected.dataSync<'float32'>();
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  const difference = actual
    .dataSync<'float32'>()
    .reduce((most, value, i) => Math.max(most, Math.abs(value - values[i]!)), 0);
  expect(difference / largest).toBeLessThanOrEqual(tolerance);
}

describe('bfloat16', () => {
  let engine: Engine;
  let brief: Ops;
  let typeOf: (x: Tensor) => number;
  beforeAll(async () => {
    engine = await loadEngine('tensorflow');
    brief = stepOps(engine, 'bfloat16');
    const { tensorMap } = tf.backend() as unknown as TensorflowBackend;
    typeOf = (x) => tensorMap.get(x.dataId).dtype;
  });

  const window = (kernel: number, stride: number, padding: number): Window => ({
    kernel: [kernel, kernel],
    stride: [stride, stride],
    padding: { top: padding, bottom: padding, left: padding, right: padding },
  });

  it.each([
    ['3×3', window(3, 1, 1), [2, 9, 8, 16], 1],
    ['3×3 stride 2', window(3, 2, 1), [2, 9, 8, 16], 1],
    ['single pixels', window(1, 1, 0), [2, 9, 8, 16], 1],
    ['single pixels stride 2', window(1, 2, 0), [2, 9, 8, 16], 1],
    ['stem', window(7, 2, 3), [2, 20, 18, 3], 1],
    ['4 groups', window(3, 1, 1), [2, 9, 8, 16], 4],
  ] as const)('convolution, %s: value and gradients of the float32 ones, rounded', (_, w, shape, groups) => {
    const x = drawn([...shape], 1);
    const kernel = drawn([...w.kernel, shape[3] / groups, 8], 2);
    const before = tf.memory().numTensors;
    const y = brief.conv2d(x, kernel, w);
    const expected = tf.tidy(() => plainOps.conv2d(x, kernel, w));
    expect(typeOf(y)).toBe(BFLOAT16);
    expectWithin(y, expected, ROUNDING);
    const dy = drawn(y.shape, 3);
    const pairs = [
      [brief.conv2dInputGradient(dy, kernel, x, w), tf.tidy(() => plainOps.conv2dInputGradient(dy, kernel, x, w))],
      [brief.conv2dKernelGradient(dy, kernel, x, w), tf.tidy(() => plainOps.conv2dKernelGradient(dy, kernel, x, w))],
    ] as const;
    // Where oneDNN has no bfloat16, TensorFlow's own kernels round partial sums, too.
    for (const [actual, reference] of pairs) expectWithin(actual, reference, 8 * ROUNDING);
    tf.dispose([y, expected, dy, ...pairs.flat()]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([undefined, 'relu', 'relu6', 'swish'] as const)(
    'batch normalisation with %s: image in bfloat16, statistics and parameters in float32',
    (activation) => {
      const channels = 40;
      const kernel = tf.reshape(tf.eye(channels), [1, 1, channels, channels]) as Tensor4D;
      // Convolving by the identity leaves every value as it is, and gives it as bfloat16.
      const asBrief = (x: Tensor4D): Tensor4D => brief.conv2d(x, kernel, window(1, 1, 0));
      const [x, dy] = [drawn([3, 7, 5, channels], 1), drawn([3, 7, 5, channels], 2)];
      const vector = (seed: number): Tensor1D => tf.add(tf.abs(drawn([channels], seed)), 0.5);
      const parameters = { gamma: vector(3), beta: vector(4), mean: vector(5), variance: vector(6) };
      const options = { epsilon: 1e-3, momentum: 0.9, activation };
      const [images, gradients] = [asBrief(x), asBrief(dy)];
      const results = [
        engine.ops.batchNorm(x, parameters, options),
        brief.batchNorm(images, parameters, options),
      ] as const;
      const [exact, coarse] = results;
      expect([typeOf(coarse.output), typeOf(coarse.mean), typeOf(exact.output)]).toEqual([BFLOAT16, 1, 1]);
      expectWithin(coarse.output, exact.output, ROUNDING);
      expectWithin(coarse.mean, exact.mean, 1e-6);
      expectWithin(coarse.variance, exact.variance, 1e-6);
      const back = (ops: Ops, d: Tensor4D, image: Tensor4D, saved: Tensor[]) =>
        ops.batchNormGradient(d, image, parameters, { ...options, saved });
      const wanted = back(engine.ops, dy, x, exact.saved);
      const got = back(brief, gradients, images, coarse.saved);
      expect(typeOf(got.x)).toBe(BFLOAT16);
      expectWithin(got.x, wanted.x, ROUNDING);
      expectWithin(got.gamma, wanted.gamma, 1e-5);
      expectWithin(got.beta, wanted.beta, 1e-5);
      const inference = [
        engine.ops.batchNormInference(x, parameters, options),
        brief.batchNormInference(images, parameters, options),
      ] as const;
      expectWithin(inference[1], inference[0], ROUNDING);
    },
  );

  it('rounds to the nearest, of two the even one, and keeps what is no number', () => {
    const values = [1 + 2 ** -8, 1 + 3 * 2 ** -8, 1 + 2 ** -8 + 2 ** -20, -3.14159, 1e-40, 3.4e38, Number.NaN];
    // Processors multiply channels two by two: beside each value a zero, not the next value, which may be no number.
    const one = tf.tensor4d([1, 0, 0, 1], [1, 1, 2, 2]);
    const x = tf.tensor4d(values.flatMap((value) => [value, 0]), [1, 1, values.length, 2]); // prettier-ignore
    const y = brief.batchNormInference(
      brief.conv2d(x, one, window(1, 1, 0)),
      { gamma: tf.ones([2]), beta: tf.zeros([2]), mean: tf.zeros([2]), variance: tf.ones([2]) },
      { epsilon: 0 },
    );
    // Subnormal numbers may be taken for zero by a processor in a hurry.
    const told = [...y.dataSync()].filter((_, at) => at % 2 === 0);
    expect(told.map((value, i) => (i === 4 ? Math.abs(value) < 1e-38 : value))).toEqual(
      values.map((value, i) => (i === 4 ? true : nearestBfloat16(value))),
    );
  });

  it('takes float32 wherever an operation is not known to compute on it', () => {
    const kernel = drawn([3, 3, 4, 4], 1);
    const x = brief.conv2d(drawn([1, 6, 6, 4], 2), kernel, window(3, 1, 1));
    expect(typeOf(x)).toBe(BFLOAT16);
    const y = tf.sigmoid(x);
    expect(typeOf(y)).toBe(1);
    const expected = Float32Array.from(x.dataSync(), (value) => 1 / (1 + Math.exp(-value)));
    expectWithin(y, tf.tensor(expected, x.shape), 1e-6);
    expect(typeOf(tf.add(x, drawn([1, 6, 6, 4], 3)))).toBe(BFLOAT16);
    expect(typeOf(tf.mean(x, [1, 2]))).toBe(1);
  });

  // The same comparison in PyTorch 2.14, with torchvision's networks of random weights under autocast to bfloat16 on images of
  // noise (64 px, batch 8), gives medians of 0.946 (ResNet-18) and 0.79 (DenseNet-121): noise of rounding grows from layer to layer.
  it.each([
    ['resnet18', 0.9],
    ['densenet121', 0.7],
    ['efficientnet_lite0', 0.4],
  ] as const)('gradients of %s point where those of float32 do, and nothing is left behind', (name, least) => {
    const size = 64;
    const backbone = findBackbone(name);
    const graph = withHead(backbone.build(), { classes: 2, pooling: 'average', dropout: 0 });
    const parameters = graphParameters(graph, { height: size, width: size });
    const weights = initialise(parameters, backbone.initialisation, generator(0));
    const x = drawn([8, size, size, 3], 4);
    const labels = [0, 1, 0, 1, 0, 1, 0, 1];
    const pass = (ops: Ops): { loss: number; gradients: Map<string, Float32Array> } => {
      const network = { graph, ops, variables: engine.createVariables(weights) };
      const before = tf.memory().numTensors;
      let loss = Number.NaN;
      const gradients = trainingPass(network, x, {
        random: () => 0.5,
        momentum: 0.9,
        lossGradient(logits) {
          const result = crossEntropy(logits, labels, [1, 1]);
          loss = result.loss;
          return result.gradient;
        },
      });
      expect(tf.memory().numTensors).toBe(before + gradients.size);
      const values = new Map([...gradients].map(([key, value]) => [key, value.dataSync<'float32'>()]));
      tf.dispose([...gradients.values()]);
      network.variables.dispose();
      return { loss, gradients: values };
    };
    const [exact, coarse] = [pass(engine.ops), pass(brief)];
    expect(coarse.loss).not.toBe(exact.loss);
    expect(Math.abs(coarse.loss - exact.loss)).toBeLessThan(0.1);
    const cosines = [...exact.gradients].map(([key, a]) => cosine(a, coarse.gradients.get(key)!)).sort((p, q) => p - q);
    expect(cosines[cosines.length >> 1]!).toBeGreaterThan(least);
  });

  it('is refused by an engine that has none, with what to choose', async () => {
    const wasm = await loadEngine('wasm');
    expect(() => stepOps(wasm, 'bfloat16')).toThrow(
      expect.objectContaining({ code: 'PRECISION_UNAVAILABLE', remedy: 'Choose float32, or automatic precision.' }),
    );
    expect(stepOps(wasm, 'float32')).toBe(wasm.ops);
  });
});

function cosine(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    ab += value * b[i]!;
    aa += value * value;
    bb += b[i]! * b[i]!;
  }
  return ab / Math.sqrt(aa * bb || 1);
}
