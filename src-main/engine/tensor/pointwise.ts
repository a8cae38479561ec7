import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Convolution } from './grouped.ts';
import type { Window } from './ops.ts';
import { attributesOf, type TensorflowBackend } from './tensorflowBackend.ts';

const isPointwise = ({ kernel, padding: p }: Window): boolean =>
  kernel[0] === 1 && kernel[1] === 1 && p.top + p.bottom + p.left + p.right === 0;
const isStrided = ({ stride }: Window): boolean => stride[0] !== 1 || stride[1] !== 1;
const unstrided = (window: Window): Window => ({ ...window, stride: [1, 1] });

/**
 * A convolution of single pixels that skips some: those it meets are taken out first, so that it has no stride. oneDNN's kernel
 * gradient of one that has writes beyond its memory where the processor has AVX2 at most (TensorFlow 2.21).
 */
export function withoutSkipping(one: Convolution): Convolution {
  const skips = (window: Window): boolean => isPointwise(window) && isStrided(window);
  const met = (x: Tensor4D, { stride: [sh, sw] }: Window): Tensor4D =>
    tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, sh, sw, 1]) as Tensor4D;
  return {
    conv2d: (x, kernel, window) =>
      skips(window)
        ? tf.tidy(() => one.conv2d(met(x, window), kernel, unstrided(window)))
        : one.conv2d(x, kernel, window),
    conv2dInputGradient: (dy, kernel, x, window) =>
      skips(window)
        ? tf.tidy(() => spread(one.conv2dInputGradient(dy, kernel, met(x, window), unstrided(window)), x, window))
        : one.conv2dInputGradient(dy, kernel, x, window),
    conv2dKernelGradient: (dy, kernel, x, window) =>
      skips(window)
        ? tf.tidy(() => one.conv2dKernelGradient(dy, kernel, met(x, window), unstrided(window)))
        : one.conv2dKernelGradient(dy, kernel, x, window),
  };
}

/** Puts pixels back where they were met in `like`, zeros elsewhere. */
function spread(x: Tensor4D, like: Tensor4D, { stride: [sh, sw] }: Window): Tensor4D {
  const [n, h, w, c] = x.shape;
  const wide = tf.pad(tf.reshape(x, [n * h, w, 1, c]), [[0, 0], [0, 0], [0, sw - 1], [0, 0]]); // prettier-ignore
  const high = tf.pad(tf.reshape(wide, [n, h, 1, w * sw * c]), [[0, 0], [0, 0], [0, sh - 1], [0, 0]]); // prettier-ignore
  const all = tf.reshape(high, [n, h * sh, w * sw, c]) as Tensor4D;
  const [, height, width] = like.shape;
  const bottom = Math.max(0, height - h * sh);
  const right = Math.max(0, width - w * sw);
  return tf.slice(tf.pad(all, [[0, 0], [0, bottom], [0, right], [0, 0]]), [0, 0, 0, 0], like.shape); // prettier-ignore
}

/** Convolution of single pixels without a stride as what it is, a matrix product, which on a processor is the faster kernel. */
export function byMatrixProduct(backend: TensorflowBackend, one: Convolution): Convolution {
  const { float32, flag } = attributesOf(backend);
  const fits = (window: Window): boolean => isPointwise(window) && !isStrided(window);
  const product = (a: Tensor, b: Tensor, transposed: { a?: boolean; b?: boolean } = {}): Tensor2D =>
    backend.executeSingleOutput(
      'MatMul',
      [float32(), flag('transpose_a', transposed.a ?? false), flag('transpose_b', transposed.b ?? false)],
      [a, b],
    ) as Tensor2D;
  const rows = (x: Tensor4D): Tensor2D => tf.reshape(x, [-1, x.shape[3]]);
  const matrix = (kernel: Tensor4D): Tensor2D => tf.reshape(kernel, [kernel.shape[2], kernel.shape[3]]);
  return {
    conv2d: (x, kernel, window) =>
      fits(window)
        ? tf.tidy(() => {
            const [n, h, w] = x.shape;
            return tf.reshape(product(rows(x), matrix(kernel)), [n, h, w, kernel.shape[3]]);
          })
        : one.conv2d(x, kernel, window),
    conv2dInputGradient: (dy, kernel, x, window) =>
      fits(window)
        ? tf.tidy(() => tf.reshape(product(rows(dy), matrix(kernel), { b: true }), x.shape))
        : one.conv2dInputGradient(dy, kernel, x, window),
    conv2dKernelGradient: (dy, kernel, x, window) =>
      fits(window)
        ? tf.tidy(() => tf.reshape(product(rows(x), rows(dy), { a: true }), kernel.shape))
        : one.conv2dKernelGradient(dy, kernel, x, window),
  };
}
