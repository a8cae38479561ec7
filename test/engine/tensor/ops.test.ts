import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivationKind } from '../../../src-main/backbone/graph.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { split } from '../../../src-main/engine/tensor/grouped.ts';
import type { Ops, Window } from '../../../src-main/engine/tensor/ops.ts';
import { plainOps } from '../../../src-main/engine/tensor/plain.ts';

// Two independent references: the plain forms, and tfjs's own forward operations and automatic differentiation.
const engines = ['tensorflow', 'wasm'] as const;

const square = (kernel: number, stride: number, padding: [number, number, number, number]): Window => ({
  kernel: [kernel, kernel],
  stride: [stride, stride],
  padding: { top: padding[0], bottom: padding[1], left: padding[2], right: padding[3] },
});
const unevenWindow: Window = { kernel: [3, 2], stride: [2, 2], padding: { top: 0, bottom: 2, left: 1, right: 0 } };
const windows: Record<string, Window> = {
  '1×1': square(1, 1, [0, 0, 0, 0]),
  '1×1 stride 2 on even size': square(1, 2, [0, 0, 0, 0]),
  '3×3 same': square(3, 1, [1, 1, 1, 1]),
  '3×3 stride 2, TensorFlow same': square(3, 2, [0, 1, 0, 1]),
  '3×3 stride 2, torchvision': square(3, 2, [1, 1, 1, 1]),
  '7×7 stride 2, torchvision stem': square(7, 2, [3, 3, 3, 3]),
  '3×2 stride 2, uneven': unevenWindow,
};

function random(shape: number[], seed: number): Tensor {
  return tf.randomNormal(shape, 0, 1, 'float32', seed);
}

function expectClose(actual: Tensor, expected: Tensor, tolerance = 2e-5): void {
  expect(actual.shape).toEqual(expected.shape);
  const largest = tf.tidy(() => tf.max(tf.abs(expected)).dataSync()[0]!);
  const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]!);
  expect(difference).toBeLessThanOrEqual(tolerance * Math.max(1, largest));
}

/** Runs `compute` and asserts that it leaves only what it returns. */
function withoutLeak(compute: () => Tensor[]): void {
  const before = tf.memory().numTensors;
  const results = compute();
  expect(tf.memory().numTensors).toBe(before + results.length);
  tf.dispose(results);
}

describe.each(engines)('%s', (name) => {
  let ops: Ops;
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine(name);
    ops = engine.ops;
  });

  const pad = (x: Tensor4D, { padding: p }: Window, value = 0): Tensor4D =>
    tf.pad(x, [[0, 0], [p.top, p.bottom], [p.left, p.right], [0, 0]], value); // prettier-ignore

  it.each(Object.entries(windows))('convolution %s: value and both gradients', (_, window) => {
    const x = random([2, 12, 10, 3], 1) as Tensor4D;
    const kernel = random([...window.kernel, 3, 4], 2) as Tensor4D;
    const y = ops.conv2d(x, kernel, window);
    const reference = tf.tidy(() => tf.conv2d(pad(x, window), kernel, [...window.stride], 'valid'));
    expectClose(y, reference);
    const dy = random(y.shape, 3) as Tensor4D;
    // The adjoint identities <dy, conv(x, k)> = <dx(dy), x> = <dk(dy), k> need no gradient of conv on the engine.
    const dx = ops.conv2dInputGradient(dy, kernel, x, window);
    const dk = ops.conv2dKernelGradient(dy, kernel, x, window);
    const inner = (a: Tensor, b: Tensor): number => tf.tidy(() => tf.sum(tf.mul(a, b)).dataSync()[0]!);
    expect(inner(dx, x)).toBeCloseTo(inner(dy, y), 2);
    expect(inner(dk, kernel)).toBeCloseTo(inner(dy, y), 2);
    expectClose(dx, plainOps.conv2dInputGradient(dy, kernel, x, window));
    expectClose(dk, plainOps.conv2dKernelGradient(dy, kernel, x, window));
  });

  it.each(Object.entries(windows))(
    'convolution in 3 groups %s: value and both gradients, group by group',
    (_, window) => {
      const x = random([2, 12, 10, 6], 1) as Tensor4D;
      const kernel = random([...window.kernel, 2, 12], 2) as Tensor4D;
      const group = (tensor: Tensor4D, i: number): Tensor4D => {
        const width = tensor.shape[3] / 3;
        return tf.slice(tensor, [0, 0, 0, i * width], [-1, -1, -1, width]);
      };
      const forward = (a: Tensor4D, k: Tensor4D): Tensor4D =>
        tf.concat(
          [0, 1, 2].map((i) => tf.conv2d(pad(group(a, i), window), group(k, i), [...window.stride], 'valid')),
          3,
        );
      const y = ops.conv2d(x, kernel, window);
      expectClose(y, forward(x, kernel));
      const dy = random(y.shape, 3) as Tensor4D;
      const gradients = [
        ops.conv2dInputGradient(dy, kernel, x, window),
        ops.conv2dKernelGradient(dy, kernel, x, window),
      ];
      // There TensorFlow's own gradient writes beyond its memory.
      const skipping = window.kernel[0] === 1 && window.stride[0] > 1;
      const references =
        name === 'tensorflow' && !skipping
          ? tf.grads((a, k) => tf.sum(tf.mul(forward(a as Tensor4D, k as Tensor4D), dy)))([x, kernel])
          : [plainOps.conv2dInputGradient(dy, kernel, x, window), plainOps.conv2dKernelGradient(dy, kernel, x, window)];
      gradients.forEach((gradient, i) => expectClose(gradient, references[i]!));
      const inner = (a: Tensor, b: Tensor): number => tf.tidy(() => tf.sum(tf.mul(a, b)).dataSync()[0]!);
      expect(inner(gradients[0]!, x)).toBeCloseTo(inner(dy, y), 2);
      expect(inner(gradients[1]!, kernel)).toBeCloseTo(inner(dy, y), 2);
      // What an engine without grouped kernels does, from its own ungrouped ones.
      const parted = split(ops);
      expectClose(parted.conv2d(x, kernel, window), y);
      expectClose(parted.conv2dInputGradient(dy, kernel, x, window), gradients[0]!);
      expectClose(parted.conv2dKernelGradient(dy, kernel, x, window), gradients[1]!);
    },
  );

  it.each(Object.entries(windows))('average pooling %s counts padding as zeros: value and gradient', (_, window) => {
    const x = random([2, 12, 10, 3], 1) as Tensor4D;
    const y = ops.averagePool(x, window);
    const area = window.kernel[0] * window.kernel[1];
    const mean = tf.fill([...window.kernel, 3, 1], 1 / area) as Tensor4D;
    // A mean is a depthwise convolution with equal weights.
    expectClose(y, plainOps.depthwiseConv2d(x, mean, window));
    const dy = random(y.shape, 3) as Tensor4D;
    const dx = ops.averagePoolGradient(dy, x, window);
    expectClose(dx, plainOps.averagePoolGradient(dy, x, window));
    expectClose(dx, plainOps.depthwiseConv2dInputGradient(dy, mean, x, window));
  });

  it.each(Object.entries(windows))('depthwise convolution %s: value and both gradients', (_, window) => {
    const x = random([2, 12, 10, 5], 1) as Tensor4D;
    const kernel = random([...window.kernel, 5, 1], 2) as Tensor4D;
    const y = ops.depthwiseConv2d(x, kernel, window);
    expectClose(
      y,
      tf.tidy(() => tf.depthwiseConv2d(pad(x, window), kernel, [...window.stride], 'valid')),
    );
    const dy = random(y.shape, 3) as Tensor4D;
    const dx = ops.depthwiseConv2dInputGradient(dy, kernel, x, window);
    const dk = ops.depthwiseConv2dKernelGradient(dy, kernel, x, window);
    const inner = (a: Tensor, b: Tensor): number => tf.tidy(() => tf.sum(tf.mul(a, b)).dataSync()[0]!);
    expect(inner(dx, x)).toBeCloseTo(inner(dy, y), 2);
    expect(inner(dk, kernel)).toBeCloseTo(inner(dy, y), 2);
    expectClose(dx, plainOps.depthwiseConv2dInputGradient(dy, kernel, x, window));
    expectClose(dk, plainOps.depthwiseConv2dKernelGradient(dy, kernel, x, window));
  });

  it('batch normalisation in training: value, running statistics and gradients', () => {
    const x = tf.tidy(() => tf.add(tf.mul(random([4, 5, 6, 3], 1), 2), 3)) as Tensor4D;
    const [gamma, beta] = [random([3], 2), random([3], 3)] as Tensor1D[];
    const [mean, variance] = [tf.fill([3], 0.5), tf.fill([3], 2)] as Tensor1D[];
    const parameters = { gamma: gamma!, beta: beta!, mean: mean!, variance: variance! };
    const result = ops.batchNorm(x, parameters, { epsilon: 1e-3, momentum: 0.9 });
    const forward = (input: Tensor, g: Tensor, b: Tensor): Tensor => {
      const m = tf.mean(input, [0, 1, 2]);
      const centred = tf.sub(input, m);
      const v = tf.mean(tf.square(centred), [0, 1, 2]);
      return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(v, 1e-3))), g), b);
    };
    expectClose(
      result.output,
      tf.tidy(() => forward(x, gamma!, beta!)),
    );
    const batch = tf.moments(x, [0, 1, 2]);
    const n = 4 * 5 * 6;
    expectClose(
      result.mean,
      tf.tidy(() => tf.add(tf.mul(mean!, 0.9), tf.mul(batch.mean, 0.1))),
    );
    expectClose(
      result.variance,
      tf.tidy(() => tf.add(tf.mul(variance!, 0.9), tf.mul(batch.variance, (0.1 * n) / (n - 1)))),
    );
    const dy = random(x.shape, 4) as Tensor4D;
    const [dx, dg, db] = tf.grads((a, g, b) => tf.sum(tf.mul(forward(a!, g!, b!), dy)))([x, gamma!, beta!]);
    const gradient = ops.batchNormGradient(dy, x, parameters, { epsilon: 1e-3, saved: result.saved });
    expectClose(gradient.x, dx!, 1e-4);
    expectClose(gradient.gamma, dg!, 1e-4);
    expectClose(gradient.beta, db!, 1e-4);
  });

  it('activations that batch normalisation takes along: value and gradients, as one after the other', () => {
    const kinds: Partial<Record<ActivationKind, (z: Tensor) => Tensor>> = {
      relu: (z) => tf.relu(z),
      relu6: (z) => tf.clipByValue(z, 0, 6),
      swish: (z) => tf.mul(z, tf.sigmoid(z)),
      hardSwish: (z) => tf.mul(z, tf.div(tf.clipByValue(tf.add(z, 3), 0, 6), 6)),
    };
    expect([...ops.takesAlong]).toEqual(name === 'tensorflow' ? Object.keys(kinds) : []);
    // Few channels, which are computed several pixels at a time with some left over, and many.
    for (const channels of [3, 70]) {
      const x = tf.tidy(() => tf.add(tf.mul(random([4, 5, 6, channels], 1), 2), 3)) as Tensor4D;
      // Wide enough that every piece of every activation is met.
      const gamma = tf.tidy(() => tf.mul(random([channels], 2), 4)) as Tensor1D;
      const beta = random([channels], 3) as Tensor1D;
      const ones = tf.ones([channels]) as Tensor1D;
      const parameters = { gamma, beta, mean: ones, variance: ones };
      const dy = random(x.shape, 4) as Tensor4D;
      for (const activation of ops.takesAlong) {
        const after = kinds[activation]!;
        const forward = (input: Tensor, g: Tensor, b: Tensor): Tensor => {
          const centred = tf.sub(input, tf.mean(input, [0, 1, 2]));
          const v = tf.mean(tf.square(centred), [0, 1, 2]);
          return after(tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(v, 1e-3))), g), b));
        };
        const { output, saved } = ops.batchNorm(x, parameters, { epsilon: 1e-3, momentum: 0.9, activation });
        expectClose(output, forward(x, gamma, beta));
        const [dx, dg, db] = tf.grads((a, g, b) => tf.sum(tf.mul(forward(a!, g!, b!), dy)))([x, gamma, beta]);
        const gradient = ops.batchNormGradient(dy, x, parameters, { epsilon: 1e-3, saved, activation });
        expectClose(gradient.x, dx!, 1e-4);
        expectClose(gradient.gamma, dg!, 1e-4);
        expectClose(gradient.beta, db!, 1e-4);
        expectClose(
          ops.batchNormInference(x, parameters, { epsilon: 1e-3, activation }),
          after(tf.add(tf.mul(tf.div(tf.sub(x, 1), Math.sqrt(1 + 1e-3)), gamma), beta)),
        );
      }
    }
  });

  // So few pixels that what flows between the two is stored, so many that it is not, and a last part that is not full.
  it.each([
    ['pointwise', square(1, 1, [0, 0, 0, 0]), [2, 9, 11, 17], 40],
    ['pointwise', square(1, 1, [0, 0, 0, 0]), [3, 29, 31, 96], 24],
    ['pointwise', square(1, 1, [0, 0, 0, 0]), [2, 47, 45, 3], 70],
    ['depthwise', square(3, 1, [1, 1, 1, 1]), [3, 9, 14, 40], 40],
    ['depthwise', square(5, 2, [1, 2, 1, 2]), [2, 40, 33, 70], 70],
  ] as const)('%s convolution joined with batch normalisation: value and gradients', (kind, window, shape, to) => {
    expect(Object.keys(ops.normalised)).toEqual(name === 'tensorflow' ? ['pointwise', 'depthwise'] : []);
    const joined = ops.normalised[kind];
    if (!joined) return;
    const x = random([...shape], 1) as Tensor4D;
    const from = shape[3];
    const kernel = random(kind === 'pointwise' ? [1, 1, from, to] : [...window.kernel, from, 1], 2) as Tensor4D;
    const [gamma, beta, ones] = [random([to], 3), random([to], 4), tf.ones([to])] as [Tensor1D, Tensor1D, Tensor1D];
    const parameters = { gamma, beta, mean: ones, variance: ones };
    const [convolve, byInput, byKernel] =
      kind === 'pointwise'
        ? ([plainOps.conv2d, plainOps.conv2dInputGradient, plainOps.conv2dKernelGradient] as const)
        : ([
            plainOps.depthwiseConv2d,
            plainOps.depthwiseConv2dInputGradient,
            plainOps.depthwiseConv2dKernelGradient,
          ] as const);
    const convolved = convolve(x, kernel, window);
    const dy = random(convolved.shape, 5) as Tensor4D;
    for (const activation of [undefined, 'swish'] as const) {
      const normalise = (input: Tensor, g: Tensor, b: Tensor): Tensor => {
        const centred = tf.sub(input, tf.mean(input, [0, 1, 2]));
        const spread = tf.mean(tf.square(centred), [0, 1, 2]);
        const z = tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(spread, 1e-3))), g), b);
        return activation ? tf.mul(z, tf.sigmoid(z)) : z;
      };
      const result = joined.forward(x, kernel, window, parameters, { epsilon: 1e-3, momentum: 0.9, activation });
      expectClose(result.convolved, convolved);
      expectClose(result.output, normalise(convolved, gamma, beta));
      const apart = ops.batchNorm(convolved, parameters, { epsilon: 1e-3, momentum: 0.9, activation });
      expectClose(result.mean, apart.mean);
      expectClose(result.variance, apart.variance);

      const [between, dg, db] = tf.grads((a, g, b) => tf.sum(tf.mul(normalise(a!, g!, b!), dy)))([
        convolved,
        gamma,
        beta,
      ]) as [Tensor4D, Tensor, Tensor];
      const forward = { x, kernel, convolved: result.convolved };
      const options = { window, saved: result.saved, activation };
      const gradient = joined.gradient(dy, forward, parameters, { ...options, wantsInput: true });
      expectClose(gradient.x!, byInput(between, kernel, x, window), 1e-4);
      expectClose(gradient.kernel, byKernel(between, kernel, x, window), 1e-4);
      expectClose(gradient.gamma, dg, 1e-4);
      expectClose(gradient.beta, db, 1e-4);
      const less = joined.gradient(dy, forward, parameters, { ...options, wantsInput: false });
      expect(less.x).toBeNull();
      expectClose(less.kernel, gradient.kernel, 0);
      withoutLeak(() => {
        const { x: none, ...others } = joined.gradient(dy, forward, parameters, { ...options, wantsInput: false });
        return none ? [] : Object.values(others);
      });
    }
  });

  it('a mean far from zero costs batch normalisation no digits', () => {
    const x = tf.tidy(() => tf.add(random([8, 16, 16, 5], 1), 1000)) as Tensor4D;
    const ones = tf.ones([5]) as Tensor1D;
    const parameters = { gamma: ones, beta: tf.zeros([5]) as Tensor1D, mean: ones, variance: ones };
    const { output, variance } = ops.batchNorm(x, parameters, { epsilon: 1e-3, momentum: 0 });
    const { mean, variance: spread } = tf.moments(output, [0, 1, 2]);
    for (const value of mean.dataSync()) expect(Math.abs(value)).toBeLessThan(3e-3);
    for (const value of spread.dataSync()) expect(value).toBeCloseTo(1, 2);
    for (const value of variance.dataSync()) expect(value).toBeCloseTo(1, 1);
  });

  // Blocks, panels and tiles of the matrix product, whole and with some left over.
  it.each([
    [[1, 1, 1], 1, 1],
    [[2, 7, 5], 17, 33],
    [[3, 16, 17], 300, 16],
    [[1, 20, 21], 64, 515],
    [[2, 40, 40], 6, 96],
  ] as const)('convolution of the pixels of %j from %i to %i channels', ([n, h, w], from, to) => {
    const window = square(1, 1, [0, 0, 0, 0]);
    const x = random([n, h, w, from], 1) as Tensor4D;
    const kernel = random([1, 1, from, to], 2) as Tensor4D;
    const dy = random([n, h, w, to], 3) as Tensor4D;
    expectClose(ops.conv2d(x, kernel, window), plainOps.conv2d(x, kernel, window));
    expectClose(ops.conv2dInputGradient(dy, kernel, x, window), plainOps.conv2dInputGradient(dy, kernel, x, window));
    expectClose(ops.conv2dKernelGradient(dy, kernel, x, window), plainOps.conv2dKernelGradient(dy, kernel, x, window));
  });

  it.each([3, 40] as const)('depthwise convolution of %i channels: value and both gradients', (channels) => {
    for (const window of [square(5, 1, [2, 2, 2, 2]), square(5, 2, [1, 2, 1, 2]), square(3, 1, [1, 1, 1, 1])]) {
      const x = random([3, 9, 14, channels], 1) as Tensor4D;
      const kernel = random([...window.kernel, channels, 1], 2) as Tensor4D;
      const y = ops.depthwiseConv2d(x, kernel, window);
      expectClose(y, plainOps.depthwiseConv2d(x, kernel, window));
      const dy = random(y.shape, 3) as Tensor4D;
      for (const gradient of ['depthwiseConv2dInputGradient', 'depthwiseConv2dKernelGradient'] as const)
        expectClose(ops[gradient](dy, kernel, x, window), plainOps[gradient](dy, kernel, x, window));
    }
  });

  it('the gradient of squeeze and excitation’s product', () => {
    const x = random([3, 5, 4, 21], 1) as Tensor4D;
    const scale = random([3, 1, 1, 21], 2) as Tensor4D;
    const dy = random(x.shape, 3) as Tensor4D;
    const [dx, ds] = tf.grads((a, s) => tf.sum(tf.mul(tf.mul(a!, s!), dy)))([x, scale]);
    const gradient = ops.exciteGradient(dy, x, scale);
    expectClose(gradient.x, dx!);
    expectClose(gradient.scale, ds!);
    withoutLeak(() => Object.values(ops.exciteGradient(dy, x, scale)));
  });

  it('batch normalisation by stored statistics equals the formula', () => {
    const x = random([2, 3, 3, 4], 1) as Tensor4D;
    const [gamma, beta, mean] = [random([4], 2), random([4], 3), random([4], 4)] as Tensor1D[];
    const variance = tf.fill([4], 1.7) as Tensor1D;
    const y = ops.batchNormInference(x, { gamma: gamma!, beta: beta!, mean: mean!, variance }, { epsilon: 1e-5 });
    expectClose(
      y,
      tf.tidy(() => tf.add(tf.mul(tf.div(tf.sub(x, mean!), Math.sqrt(1.7 + 1e-5)), gamma!), beta!)),
    );
  });

  it.each([undefined, 6] as const)('rectifier with cap %s passes the gradient only where it is open', (cap) => {
    const x = tf.tensor1d([-2, -0.5, 0.25, 3, 5.5, 7]);
    const y = ops.relu(x, cap);
    expect([...y.dataSync()]).toEqual(cap ? [0, 0, 0.25, 3, 5.5, 6] : [0, 0, 0.25, 3, 5.5, 7]);
    const dx = ops.reluGradient(tf.tensor1d([1, 2, 3, 4, 5, 6]), y, cap);
    expect([...dx.dataSync()]).toEqual(cap ? [0, 0, 3, 4, 5, 0] : [0, 0, 3, 4, 5, 6]);
  });

  it.each([windows['3×3 stride 2, torchvision']!, windows['3×3 stride 2, TensorFlow same']!])(
    'max pooling: padding never wins, and of equal values the first takes the gradient',
    (window) => {
      const x = tf.tidy(() => tf.sub(tf.relu(random([2, 8, 8, 3], 5)), 1)) as Tensor4D;
      const y = ops.maxPool(x, window);
      expectClose(
        y,
        tf.tidy(() => tf.maxPool(pad(x, window, -1e30), 3, 2, 'valid')),
      );
      const dy = random(y.shape, 6) as Tensor4D;
      expectClose(ops.maxPoolGradient(dy, x, y, window), plainOps.maxPoolGradient(dy, x, y, window));
      // All values equal: nine windows, all of the gradient on the first pixel of each.
      const flat = tf.zeros([1, 4, 4, 1]) as Tensor4D;
      const pooled = ops.maxPool(flat, square(2, 2, [0, 0, 0, 0]));
      const back = ops.maxPoolGradient(tf.onesLike(pooled), flat, pooled, square(2, 2, [0, 0, 0, 0]));
      expect([...back.dataSync()]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    },
  );

  it('eigenvalues ascend, and the eigenvectors make the matrix of them', () => {
    withoutLeak(() => {
      const x = tf.tidy((): Tensor2D => {
        const rows = random([12, 7], 5) as Tensor2D;
        return tf.matMul(rows, rows, false, true);
      });
      const { values, vectors } = ops.symmetricEigen(x);
      const found = [...values.dataSync()];
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      // Rank 7 of 12.
      found.slice(0, 5).forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-4));
      const again = tf.tidy(() => tf.matMul(tf.mul(vectors, values), vectors, false, true));
      expectClose(again, x);
      x.dispose();
      return [values, vectors, again];
    });
  });

  it('warp moves, mirrors and leaves zero outside', () => {
    const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const by = (map: number[]): number[] => [...ops.warp(image, tf.tensor2d([map])).dataSync()];
    expect(by([1, 0, 0, 0, 1, 0, 0, 0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(by([-1, 0, 2, 0, 1, 0, 0, 0])).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
    expect(by([1, 0, 1, 0, 1, 0, 0, 0])).toEqual([2, 3, 0, 5, 6, 0, 8, 9, 0]);
    expect(by([1, 0, 0.5, 0, 1, 0, 0, 0]).slice(0, 2)).toEqual([1.5, 2.5]);
  });

  it('leaves no tensor behind', () => {
    const window = windows['3×3 stride 2, torchvision']!;
    const x = random([2, 8, 8, 4], 1) as Tensor4D;
    const kernel = random([3, 3, 4, 4], 2) as Tensor4D;
    const depthwise = random([3, 3, 4, 1], 2) as Tensor4D;
    const dy = random([2, 4, 4, 4], 3) as Tensor4D;
    const ones = tf.ones([4]) as Tensor1D;
    const parameters = { gamma: ones, beta: ones, mean: ones, variance: ones };
    withoutLeak(() => [ops.conv2d(x, kernel, window), ops.conv2dInputGradient(dy, kernel, x, window)]);
    withoutLeak(() => [ops.conv2dKernelGradient(dy, kernel, x, window), ops.depthwiseConv2d(x, depthwise, window)]);
    withoutLeak(() => [ops.depthwiseConv2dInputGradient(dy, depthwise, x, window)]);
    withoutLeak(() => [ops.depthwiseConv2dKernelGradient(dy, depthwise, x, window)]);
    withoutLeak(() => {
      const { output, mean, variance, saved } = ops.batchNorm(x, parameters, { epsilon: 1e-5, momentum: 0.9 });
      const gradient = ops.batchNormGradient(x, x, parameters, { epsilon: 1e-5, saved });
      return [output, mean, variance, ...saved, gradient.x, gradient.gamma, gradient.beta];
    });
    withoutLeak(() => [
      ops.batchNormInference(x, parameters, { epsilon: 1e-5 }),
      ops.relu(x),
      ops.reluGradient(x, x, 6),
    ]);
    withoutLeak(() => {
      const y = ops.maxPool(x, window);
      return [y, ops.maxPoolGradient(dy, x, y, window)];
    });
    withoutLeak(() => [ops.averagePool(x, window), ops.averagePoolGradient(dy, x, window)]);
    const grouped = random([3, 3, 2, 4], 2) as Tensor4D;
    withoutLeak(() => [ops.conv2d(x, grouped, window), ops.conv2dInputGradient(dy, grouped, x, window)]);
    withoutLeak(() => [ops.conv2dKernelGradient(dy, grouped, x, window)]);
  });

  it.each([
    { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    { kind: 'sgd', momentum: 0.9, nesterov: true },
    { kind: 'sgd', momentum: 0.9, nesterov: false },
  ] as const)('optimiser %o follows its formula, and slots carry on after a restart', async (optimiser) => {
    const first = new Map([['a/kernel', { shape: [2], data: Float32Array.of(1, -2) }]]);
    const gradients = [[0.5, -1], [0.25, 2], [-1, 0.125]]; // prettier-ignore
    const expected = reference(optimiser, [1, -2], gradients);

    let variables = engine.createVariables(first);
    for (const [index, gradient] of gradients.entries()) {
      const g = tf.tensor1d(gradient);
      variables.update(new Map([['a/kernel', g]]), {
        optimiser,
        learningRate: 0.1,
        weightDecay: 0.01,
        step: index + 1,
      });
      g.dispose();
      // As after a crash: a new process with the stored weights and slots.
      const [weights, slots] = [await variables.weights(), await variables.slots()];
      variables.dispose();
      variables = engine.createVariables(weights, slots);
    }
    const actual = (await variables.weights()).get('a/kernel')!.data;
    expect(actual[0]).toBeCloseTo(expected[0]!, 5);
    expect(actual[1]).toBeCloseTo(expected[1]!, 5);
    expect(first.get('a/kernel')!.data).toEqual(Float32Array.of(1, -2));
    variables.dispose();
  });
});

/** Kingma and Ba 2015 (section 2, last form) and Sutskever et al. 2013 as in torch.optim, in plain arithmetic. */
function reference(
  optimiser: { kind: 'adam' } | { kind: 'sgd'; momentum: number; nesterov: boolean },
  start: number[],
  gradients: number[][],
): number[] {
  const [rate, decay] = [0.1, 0.01];
  const w = [...start];
  const [m, v] = [w.map(() => 0), w.map(() => 0)];
  gradients.forEach((gradient, index) => {
    const t = index + 1;
    for (const i of w.keys()) {
      const g = gradient[i]! + decay * w[i]!;
      if (optimiser.kind === 'adam') {
        m[i] = 0.9 * m[i]! + 0.1 * g;
        v[i] = 0.999 * v[i]! + 0.001 * g * g;
        w[i]! -= (rate * (Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)) * m[i]!) / (Math.sqrt(v[i]!) + 1e-7);
      } else {
        m[i] = optimiser.momentum * m[i]! + g;
        w[i]! -= rate * (optimiser.nesterov ? g + optimiser.momentum * m[i]! : m[i]!);
      }
    }
  });
  return w;
}
