import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';

/** [..., channels] → [channels]: what reaches a parameter that every position shares. */
export function overChannels(x: Tensor): Tensor1D {
  return tf.tidy(() => tf.sum(tf.reshape(x, [-1, x.shape.at(-1)!]), 0));
}
