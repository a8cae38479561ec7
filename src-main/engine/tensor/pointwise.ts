import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Convolution } from './grouped.ts';
import type { Window } from './ops.ts';
import { geometryOf } from './kernelOps.ts';
import type { OpAttribute, TensorflowBackend } from './tensorflowBackend.ts';

const isPointwise = ({ kernel, padding: p }: Window): boolean =>
  kernel[0] === 1 && kernel[1] === 1 && p.top + p.bottom + p.left + p.right === 0;
const isStrided = ({ stride }: Window): boolean => stride[0] !== 1 || stride[1] !== 1;
const unstrided = (window: Window): Window => ({ ...window, stride: [1, 1] });

/**
 * A convolution of single pixels that skips some: those it meets are taken out first, so that it has no stride. oneDNN's kernel
 * gradient of one that has writes beyond its memory where the processor has AVX2 at most (TensorFlow 2.21).
 */
export function withoutSkipping(backend: TensorflowBackend, one: Convolution): Convolution {
  const geometry = geometryOf(backend);
  const run = (op: string, attributes: OpAttribute[], input: Tensor4D): Tensor4D =>
    backend.executeSingleOutput(op, attributes, [input]) as Tensor4D;
  const skips = (window: Window): boolean => isPointwise(window) && isStrided(window);
  const taken = (x: Tensor4D, window: Window): Tensor4D => {
    const [, h, w] = x.shape;
    const size = [Math.ceil(h / window.stride[0]), Math.ceil(w / window.stride[1])];
    return run('CutpointTakePixels', geometry(window, size), x);
  };
  return {
    conv2d: (x, kernel, window) =>
      skips(window)
        ? tf.tidy(() => one.conv2d(taken(x, window), kernel, unstrided(window)))
        : one.conv2d(x, kernel, window),
    conv2dInputGradient: (dy, kernel, x, window) =>
      skips(window)
        ? tf.tidy(() => {
            const part = one.conv2dInputGradient(dy, kernel, taken(x, window), unstrided(window));
            return run('CutpointPutPixels', geometry(window, x.shape.slice(1, 3)), part);
          })
        : one.conv2dInputGradient(dy, kernel, x, window),
    conv2dKernelGradient: (dy, kernel, x, window) =>
      skips(window)
        ? tf.tidy(() => one.conv2dKernelGradient(dy, kernel, taken(x, window), unstrided(window)))
        : one.conv2dKernelGradient(dy, kernel, x, window),
  };
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
