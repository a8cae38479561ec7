import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';
import { overChannels } from '../sums.ts';

/** Every position by its own mean and deviation over the channels, and the inverse of that deviation. */
function normalise(x: Tensor, epsilon: number): { normalised: Tensor; inverse: Tensor } {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
  return { normalised: tf.mul(centred, inverse), inverse };
}

export const layerNorm: Handler<'layerNorm'> = {
  reads: { inputs: true, output: false },
  infer: ({ attributes: { epsilon } }, [x], { parameter }) =>
    tf.tidy(() => tf.add(tf.mul(normalise(x!, epsilon).normalised, parameter('gamma')), parameter('beta'))),
  gradient({ attributes: { epsilon } }, dy, { inputs: [x] }, { parameter, wanted }) {
    const { normalised, inverse } = tf.tidy(() => normalise(x!, epsilon));
    const parameters = wanted.parameters
      ? { gamma: tf.tidy(() => overChannels(tf.mul(dy, normalised))), beta: overChannels(dy) }
      : {};
    const dx = wanted.inputs ? tf.tidy(() => inputGradient(tf.mul(dy, parameter('gamma')), normalised, inverse)) : null;
    tf.dispose([normalised, inverse]);
    return { inputs: [dx], parameters };
  },
};

/** Of the normalisation alone: what changes the mean or the deviation of a position has no effect (Ba et al. 2016). */
function inputGradient(dy: Tensor, normalised: Tensor, inverse: Tensor): Tensor {
  const onMean = tf.mean(dy, -1, true);
  const onDeviation = tf.mean(tf.mul(dy, normalised), -1, true);
  return tf.mul(tf.sub(tf.sub(dy, onMean), tf.mul(normalised, onDeviation)), inverse);
}
