import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { minimise, type Value } from './lbfgs.ts';

/** How far the gradient has to shrink: tighter than what ranks of predictions can tell. */
const TOLERANCE = 1e-4;

/** Weights [width, classes] and intercepts [1, classes]. */
export interface LinearModel {
  kernel: Tensor2D;
  bias: Tensor2D;
}

/**
 * Logistic regression with an L2 penalty, as scikit-learn's `LogisticRegression(C)`: minimises Σ −ln p(label) + ‖W‖² / 2C
 * over weights and unpenalised intercepts. Two classes have one weight vector, several one each (multinomial).
 * @param x rows [n, width]; stays the caller's
 * @param labels class index of each row
 * @param C inverse strength of the penalty
 * @returns the model, which is the caller's
 */
export function fitLogistic(
  x: Tensor2D,
  labels: readonly number[],
  { classes, C }: { classes: number; C: number },
): LinearModel {
  const target = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d([...labels], 'int32'), classes), 'float32') as Tensor2D);
  // The one weight vector of two classes is the difference of the two here: w and −w halves of it, whose squares sum to half of its own.
  const strength = classes === 2 ? 2 / C : 1 / C;
  try {
    const evaluate = (weights: Float64Array): Value => objective(x, target, { weights, strength });
    return modelOf(minimise(evaluate, new Float64Array((x.shape[1] + 1) * classes), TOLERANCE), classes);
  } finally {
    target.dispose();
  }
}

/** Class probabilities [rows × classes], row after row. */
export function predictLogistic(x: Tensor2D, { kernel, bias }: LinearModel): Float32Array {
  const probabilities = tf.tidy(() => tf.softmax(tf.add(tf.matMul(x, kernel), bias)));
  const values = probabilities.dataSync<'float32'>().slice();
  probabilities.dispose();
  return values;
}

/** @param weights [width + 1 × classes], the intercepts last */
function modelOf(weights: Float64Array, classes: number): LinearModel {
  const values = Float32Array.from(weights);
  const width = weights.length / classes - 1;
  return {
    kernel: tf.tensor2d(values.subarray(0, width * classes), [width, classes]),
    bias: tf.tensor2d(values.subarray(width * classes), [1, classes]),
  };
}

function objective(
  x: Tensor2D,
  target: Tensor2D,
  { weights, strength }: { weights: Float64Array; strength: number },
): Value {
  const classes = target.shape[1];
  const [logLikelihood, slopes] = tf.tidy((): [Scalar, Tensor2D] => {
    const { kernel, bias } = modelOf(weights, classes);
    const logP = tf.logSoftmax(tf.add(tf.matMul(x, kernel), bias) as Tensor2D);
    const error = tf.sub(tf.exp(logP), target) as Tensor2D;
    return [tf.sum(tf.mul(logP, target)), tf.concat2d([tf.matMul(x, error, true, false), tf.sum(error, 0, true)], 0)];
  });
  const gradient = Float64Array.from(slopes.dataSync<'float32'>());
  let value = -logLikelihood.dataSync<'float32'>()[0]!;
  tf.dispose([logLikelihood, slopes]);
  for (let i = 0; i < weights.length - classes; i++) {
    value += (strength / 2) * weights[i]! ** 2;
    gradient[i]! += strength * weights[i]!;
  }
  return { value, gradient };
}
