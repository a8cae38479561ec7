import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { symmetricEigen } from '../linear/eigen.ts';
import { matrix } from '../linear/matrix.ts';
import { exciteGradient } from './excite.ts';
import { byGroups, split, type Convolution } from './grouped.ts';
import type { Ops, Window } from './ops.ts';
import { pad, paddedShape, unpad } from './padding.ts';

/** Lowest finite float32: what padding counts as in max pooling. */
const LOWEST = -3.4028234663852886e38;

/** The pixels that kernel position (i, j) meets, one for each output pixel. */
function met(padded: Tensor4D, i: number, j: number, dy: Tensor4D, { stride }: Window): Tensor4D {
  const [n, oh, ow] = dy.shape;
  const c = padded.shape[3];
  const end = [n, i + (oh - 1) * stride[0] + 1, j + (ow - 1) * stride[1] + 1, c];
  return tf.stridedSlice(padded, [0, i, j, 0], end, [1, stride[0], stride[1], 1]) as Tensor4D;
}

/** Inserts `by - 1` zeros after each row (or column). Reshapes of rank 3 only: every engine has those. */
function dilate(x: Tensor4D, [sh, sw]: readonly [number, number]): Tensor4D {
  const [n, h, w, c] = x.shape;
  const wide = sw === 1 ? x : tf.pad(tf.reshape(x, [n * h * w, 1, c]), [[0, 0], [0, sw - 1], [0, 0]]); // prettier-ignore
  const high =
    sh === 1 ? wide : tf.pad(tf.reshape(wide, [n * h, 1, w * sw * c]), [[0, 0], [0, sh - 1], [0, 0]]); // prettier-ignore
  return tf.reshape(high, [n, h * sh, w * sw, c]);
}

/** The adjoint of {@link met}: puts each output pixel back where kernel position (i, j) met it, zeros elsewhere. */
function putBack(y: Tensor4D, i: number, j: number, padded: readonly number[], { stride }: Window): Tensor4D {
  const spread = dilate(y, stride);
  const height = Math.min(spread.shape[1], padded[1]! - i);
  const width = Math.min(spread.shape[2], padded[2]! - j);
  const part = tf.slice(spread, [0, 0, 0, 0], [-1, height, width, -1]);
  return tf.pad(part, [[0, 0], [i, padded[1]! - i - height], [j, padded[2]! - j - width], [0, 0]]); // prettier-ignore
}

function positions({ kernel }: Window): [number, number][] {
  return Array.from({ length: kernel[0] * kernel[1] }, (_, k) => [Math.floor(k / kernel[1]), k % kernel[1]]);
}

const tidy = <T extends tf.TensorContainer>(compute: () => T): T => tf.tidy(compute);

/** Ungrouped convolutions from slices and matrix products. */
const convolution: Convolution = {
  conv2d: (x, kernel, window) => tidy(() => tf.conv2d(pad(x, window), kernel, [...window.stride], 'valid')),

  conv2dInputGradient: (dy, kernel, x, window) =>
    tidy(() =>
      unpad(tf.conv2dTranspose(dy, kernel, paddedShape(x, window), [...window.stride], 'valid') as Tensor4D, window, x),
    ),

  conv2dKernelGradient: (dy, kernel, x, window) =>
    tidy(() => {
      const [kh, kw, cin, cout] = kernel.shape;
      const padded = pad(x, window);
      const columns = tf.reshape(dy, [-1, cout]);
      const products = positions(window).map(([i, j]) =>
        tf.matMul(tf.reshape(met(padded, i, j, dy, window), [-1, cin]), columns, true, false),
      );
      return tf.reshape(tf.stack(products), [kh, kw, cin, cout]);
    }),
};

/** Every operation from what all engines have: slices, sums and matrix products. */
export const plainOps: Ops = {
  ...byGroups(convolution, split(convolution)),

  depthwiseConv2d: (x, kernel, window) =>
    tidy(() => tf.depthwiseConv2d(pad(x, window), kernel, [...window.stride], 'valid')),

  depthwiseConv2dInputGradient: (dy, kernel, x, window) =>
    tidy(() => {
      const shape = paddedShape(x, window);
      const parts = positions(window).map(([i, j]) => {
        const weight = tf.reshape(tf.slice(kernel, [i, j, 0, 0], [1, 1, -1, 1]), [1, 1, 1, -1]);
        return putBack(tf.mul(dy, weight), i, j, shape, window);
      });
      return unpad(tf.addN(parts), window, x);
    }),

  depthwiseConv2dKernelGradient: (dy, kernel, x, window) =>
    tidy(() => {
      const padded = pad(x, window);
      const sums = positions(window).map(([i, j]) => tf.sum(tf.mul(met(padded, i, j, dy, window), dy), [0, 1, 2]));
      return tf.reshape(tf.stack(sums), kernel.shape);
    }),

  exciteGradient,

  takesAlong: new Set(),
  normalised: {},

  batchNorm: (x, { gamma, beta, mean, variance }, { epsilon, momentum }) =>
    tidy(() => {
      const count = x.size / x.shape[3];
      const batch = tf.moments(x, [0, 1, 2]) as { mean: Tensor1D; variance: Tensor1D };
      const output = tf.batchNorm(x, batch.mean, batch.variance, beta, gamma, epsilon);
      const keep = (old: Tensor1D, fresh: Tensor): Tensor1D =>
        tf.add(tf.mul(old, momentum), tf.mul(fresh, 1 - momentum));
      const unbiased = tf.mul(batch.variance, count / Math.max(1, count - 1));
      return {
        output,
        mean: keep(mean, batch.mean),
        variance: keep(variance, unbiased),
        saved: [batch.mean, batch.variance],
      };
    }),

  batchNormGradient: (dy, x, { gamma }, { epsilon, saved }) =>
    tidy(() => {
      const [mean, variance] = saved as [Tensor1D, Tensor1D];
      const count = x.size / x.shape[3];
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const normalised = tf.mul(tf.sub(x, mean), inverse);
      const betaGradient = tf.sum(dy, [0, 1, 2]) as Tensor1D;
      const gammaGradient = tf.sum(tf.mul(dy, normalised), [0, 1, 2]) as Tensor1D;
      const centred = tf.sub(tf.sub(dy, tf.div(betaGradient, count)), tf.mul(normalised, tf.div(gammaGradient, count)));
      return { x: tf.mul(centred, tf.mul(gamma, inverse)), gamma: gammaGradient, beta: betaGradient };
    }),

  batchNormInference: (x, { gamma, beta, mean, variance }, { epsilon }) =>
    tidy(() => tf.batchNorm(x, mean, variance, beta, gamma, epsilon)),

  relu: (x, cap) => (cap === undefined ? tf.relu(x) : tf.relu6(x)),

  reluGradient: <T extends Tensor>(dy: T, output: T, cap?: 6) =>
    tidy(() => {
      const positive = tf.greater(output, 0);
      const open = cap === undefined ? positive : tf.logicalAnd(positive, tf.less(output, cap));
      return tf.mul(dy, tf.cast(open, 'float32')) as T;
    }),

  maxPool: (x, window) =>
    tidy(() => tf.maxPool(pad(x, window, LOWEST), [...window.kernel], [...window.stride], 'valid')),

  maxPoolGradient: (dy, x, output, window) =>
    tidy(() => {
      const padded = pad(x, window, LOWEST);
      // Of equal values the first one takes the gradient, as in TensorFlow's kernel.
      let open: Tensor = tf.onesLike(output);
      const parts = positions(window).map(([i, j]) => {
        const winner = tf.mul(tf.cast(tf.equal(met(padded, i, j, dy, window), output), 'float32'), open);
        open = tf.sub(open, winner);
        return putBack(tf.mul(dy, winner), i, j, padded.shape, window);
      });
      return unpad(tf.addN(parts), window, x);
    }),

  averagePool: (x, window) => tidy(() => tf.avgPool(pad(x, window), [...window.kernel], [...window.stride], 'valid')),
  averagePoolGradient: (dy, x, window) =>
    tidy(() => {
      const share = tf.div(dy, window.kernel[0] * window.kernel[1]) as Tensor4D;
      const parts = positions(window).map(([i, j]) => putBack(share, i, j, paddedShape(x, window), window));
      return unpad(tf.addN(parts), window, x);
    }),

  warp: (images, maps) => tf.image.transform(images, maps, 'bilinear', 'constant', 0),

  symmetricEigen(x) {
    const n = x.shape[0];
    const { values, vectors } = symmetricEigen(matrix(n, n, Float64Array.from(x.dataSync<'float32'>())));
    return tidy(() => ({
      values: tf.tensor1d(Float32Array.from(values).reverse()),
      vectors: tf.reverse2d(tf.transpose(tf.tensor2d(Float32Array.from(vectors.data), [n, n])), 1),
    }));
  },
};
