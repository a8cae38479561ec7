import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Window } from './ops.ts';

/** Adds the window's padding around each image. */
export function pad(x: Tensor4D, { padding: p }: Window, value = 0): Tensor4D {
  if (p.top + p.bottom + p.left + p.right === 0) return tf.clone(x);
  return tf.pad(x, [[0, 0], [p.top, p.bottom], [p.left, p.right], [0, 0]], value); // prettier-ignore
}

/** Removes the padding again, down to the size of `like`: the adjoint of {@link pad}. */
export function unpad(x: Tensor4D, { padding: p }: Window, like: Tensor4D): Tensor4D {
  const [n, h, w, c] = like.shape;
  return tf.slice(x, [0, p.top, p.left, 0], [n, h, w, c]);
}

/** [n, h, w, c] with the window's padding. */
export function paddedShape(x: Tensor4D, { padding: p }: Window): [number, number, number, number] {
  const [n, h, w, c] = x.shape;
  return [n, h + p.top + p.bottom, w + p.left + p.right, c];
}

/** The window on an image that has its padding already. */
export function unpadded(window: Window): Window {
  return { ...window, padding: { top: 0, bottom: 0, left: 0, right: 0 } };
}
