import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { minimise, type Value } from './lbfgs.ts';

/** How far the gradient has to shrink: on skin lesions, what is left of it moves AUPRC in a fold by 0.001 at most. */
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
  // The one weight vector of two classes is the difference of the two here: w and −w halves of it, whose squares sum to half of its own.
  const strength = classes === 2 ? 2 / C : 1 / C;
  const evaluate = (weights: Float64Array): Value => objective(x, labels, { weights, classes, strength });
  return modelOf(minimise(evaluate, new Float64Array((x.shape[1] + 1) * classes), TOLERANCE), classes);
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

/** The two products with the features on the engine; what is of the size of the labels in double precision here, in less time. */
function objective(
  x: Tensor2D,
  labels: readonly number[],
  { weights, classes, strength }: { weights: Float64Array; classes: number; strength: number },
): Value {
  const bias = weights.subarray(weights.length - classes);
  const logits = product(x, weights.subarray(0, weights.length - classes), false);
  const error = new Float64Array(logits.length);
  const gradient = new Float64Array(weights.length);
  let value = 0;
  labels.forEach((label, row) => {
    const at = row * classes;
    let largest = -Infinity;
    for (let k = 0; k < classes; k++) largest = Math.max(largest, (error[at + k] = logits[at + k]! + bias[k]!));
    value -= error[at + label]! - largest;
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += error[at + k] = Math.exp(error[at + k]! - largest);
    value += Math.log(sum);
    for (let k = 0; k < classes; k++) {
      error[at + k] = error[at + k]! / sum - (k === label ? 1 : 0);
      gradient[gradient.length - classes + k]! += error[at + k]!;
    }
  });
  gradient.set(product(x, error, true));
  for (let i = 0; i < weights.length - classes; i++) {
    value += (strength / 2) * weights[i]! ** 2;
    gradient[i]! += strength * weights[i]!;
  }
  return { value, gradient };
}

/** x · m, or xᵀ · m. */
function product(x: Tensor2D, m: Float64Array, transposed: boolean): Float32Array {
  const rows = x.shape[transposed ? 0 : 1];
  const right = tf.tensor2d(Float32Array.from(m), [rows, m.length / rows]);
  const result = tf.matMul(x, right, transposed, false);
  const values = result.dataSync<'float32'>();
  tf.dispose([right, result]);
  return values;
}
