import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Convolution } from './grouped.ts';
import type { Window } from './ops.ts';
import type { TensorflowBackend } from './tensorflowBackend.ts';

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

/**
 * Convolution of single pixels without a stride by Cutpoint's own kernels, as the matrix product that it is: what oneDNN does
 * around its own costs more than the product where images are small.
 */
export function byMatrixProduct(backend: TensorflowBackend, one: Convolution): Convolution {
  const fits = (window: Window): boolean => isPointwise(window) && !isStrided(window);
  const product = (op: string, ...inputs: Tensor[]): Tensor4D =>
    backend.executeSingleOutput(op, [], inputs) as Tensor4D;
  return {
    conv2d: (x, kernel, window) =>
      fits(window) ? product('CutpointPointwise', x, kernel) : one.conv2d(x, kernel, window),
    conv2dInputGradient: (dy, kernel, x, window) =>
      fits(window)
        ? product('CutpointPointwiseInputGradient', dy, kernel)
        : one.conv2dInputGradient(dy, kernel, x, window),
    conv2dKernelGradient: (dy, kernel, x, window) =>
      fits(window)
        ? product('CutpointPointwiseKernelGradient', dy, x)
        : one.conv2dKernelGradient(dy, kernel, x, window),
  };
}
