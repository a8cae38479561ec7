import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ExplainMethod } from '../../contract/explain.ts';

/**
 * How much each activation counts in a class activation map: from the activations at a cut and the gradient of the class
 * logit there, both [n, h, w, channels], to weights that broadcast over them. The map is the sum over the channels of
 * weight times activation; what is shown is its positive part, taken before it is upsampled.
 */
export type Weighting = (activation: Tensor4D, gradient: Tensor4D) => Tensor4D;

/** Called inside `tf.tidy`. */
export const WEIGHTINGS: Readonly<Record<ExplainMethod, Weighting>> = {
  /** Selvaraju et al. 2017 (arXiv:1610.02391), equation 1: of each channel the mean gradient. */
  'grad-cam': (_activation, gradient) => tf.mean(gradient, [1, 2], true),

  /**
   * Chattopadhay et al. 2018 (arXiv:1710.11063), equations 13 and 19, where the score is the exponential of the logit, so
   * that higher derivatives are powers of the first. The exponential itself, one positive number, only scales the map and
   * is left out. Where numerator and denominator are both zero, so is the weight.
   */
  'grad-cam++': (activation, gradient) => {
    const squared = tf.square(gradient);
    const sums = tf.sum(activation, [1, 2], true);
    const denominator = tf.add(tf.mul(squared, 2), tf.mul(sums, tf.mul(squared, gradient)));
    const none = tf.equal(denominator, 0);
    const alpha = tf.where(
      none,
      tf.zerosLike(squared),
      tf.div(squared, tf.where(none, tf.onesLike(squared), denominator)),
    );
    return tf.sum(tf.mul(alpha, tf.relu(gradient)), [1, 2], true);
  },

  /** Jiang et al. 2021 (doi:10.1109/TIP.2021.3089943), equation 6: at each place the positive gradient there. */
  'layer-cam': (_activation, gradient) => tf.relu(gradient),
};
