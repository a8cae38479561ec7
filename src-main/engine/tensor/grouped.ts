import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Ops, Window } from './ops.ts';
import { pad, unpadded } from './padding.ts';

export type Convolution = Pick<Ops, 'conv2d' | 'conv2dInputGradient' | 'conv2dKernelGradient'>;

/** Takes `grouped` where the kernel [h, w, in / groups, out] has several groups, `one` elsewhere. */
export function byGroups(one: Convolution, grouped: Convolution): Convolution {
  const choose = (x: Tensor4D, kernel: Tensor4D): Convolution => (groupsOf(x, kernel) === 1 ? one : grouped);
  return {
    conv2d: (x, kernel, window) => choose(x, kernel).conv2d(x, kernel, window),
    conv2dInputGradient: (dy, kernel, x, window) => choose(x, kernel).conv2dInputGradient(dy, kernel, x, window),
    conv2dKernelGradient: (dy, kernel, x, window) => choose(x, kernel).conv2dKernelGradient(dy, kernel, x, window),
  };
}

function groupsOf(x: Tensor4D, kernel: Tensor4D): number {
  return x.shape[3] / kernel.shape[2];
}

/** Convolution in groups by ungrouped ones: each group by itself, the results side by side. */
export function split(one: Convolution): Convolution {
  return {
    conv2d: (x, kernel, window) => each(groupsOf(x, kernel), [x, kernel], (xi, ki) => one.conv2d(xi, ki, window)),
    conv2dInputGradient: (dy, kernel, x, window) =>
      each(groupsOf(x, kernel), [dy, kernel, x], (di, ki, xi) => one.conv2dInputGradient(di, ki, xi, window)),
    conv2dKernelGradient: (dy, kernel, x, window) =>
      each(groupsOf(x, kernel), [dy, kernel, x], (di, ki, xi) => one.conv2dKernelGradient(di, ki, xi, window)),
  };
}

/** Cuts the last axis of every tensor into parts, computes part by part, and joins the results along theirs. */
function each<T extends Tensor4D[]>(groups: number, tensors: [...T], compute: (...parts: T) => Tensor4D): Tensor4D {
  return tf.tidy(() => {
    const parts = tensors.map((tensor) => tf.split(tensor, groups, 3));
    return tf.concat(
      Array.from({ length: groups }, (_, i) => compute(...(parts.map((part) => part[i]) as T))),
      3,
    );
  });
}

/**
 * The same convolution of an image that is padded first where `apart` says so. The input's gradient, which reads no image,
 * stays as it is.
 */
export function padded(one: Convolution, apart: (x: Tensor4D, window: Window) => boolean): Convolution {
  return {
    ...one,
    conv2d: (x, kernel, window) =>
      apart(x, window)
        ? tf.tidy(() => one.conv2d(pad(x, window), kernel, unpadded(window)))
        : one.conv2d(x, kernel, window),
    conv2dKernelGradient: (dy, kernel, x, window) =>
      apart(x, window)
        ? tf.tidy(() => one.conv2dKernelGradient(dy, kernel, pad(x, window), unpadded(window)))
        : one.conv2dKernelGradient(dy, kernel, x, window),
  };
}

/** Whether the engine's own convolution takes a kernel of several groups, in value and gradients. */
export function takesGroups(one: Convolution): boolean {
  const window: Window = { kernel: [1, 1], stride: [1, 1], padding: { top: 0, bottom: 0, left: 0, right: 0 } };
  try {
    tf.tidy(() => {
      const [x, kernel] = [tf.ones([1, 2, 2, 4]) as Tensor4D, tf.ones([1, 1, 2, 4]) as Tensor4D];
      one.conv2d(x, kernel, window);
      one.conv2dInputGradient(x, kernel, x, window);
      one.conv2dKernelGradient(x, kernel, x, window);
    });
    return true;
  } catch {
    return false;
  }
}
