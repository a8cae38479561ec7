import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Ops } from './ops.ts';

/** The gradient of squeeze and excitation's product, from operations that every engine has. */
export const exciteGradient: Ops['exciteGradient'] = (dy, x, scale) => ({
  x: tf.mul(dy, scale),
  scale: tf.tidy(() => tf.sum(tf.mul(dy, x), [1, 2], true) as Tensor4D),
});
