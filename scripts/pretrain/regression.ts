import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';

/** Rows of `width` numbers, one after the other. */
export interface Rows {
  width: number;
  values: Float32Array;
}

/** Inverse strength of the penalty. */
const C = 1;
/** Pairs of steps that L-BFGS remembers. */
const MEMORY = 20;

/**
 * Multinomial logistic regression with an L2 penalty, as scikit-learn's `LogisticRegression(C=1)`: minimises
 * Σ −ln p(label) + ‖W‖² / 2C over weights and unpenalised intercepts, by L-BFGS (Nocedal and Wright 2006, algorithm 7.5)
 * until no component of the mean gradient exceeds 1e-4. An engine must be in use.
 * @param labels class index of each row
 * @returns weights [width + 1 × classes], the intercepts last
 */
export function fitLogistic(x: Rows, labels: readonly number[], classes: number): Float64Array {
  const rows = tensorOf(x);
  const target = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d([...labels], 'int32'), classes), 'float32') as Tensor2D);
  try {
    return minimise(
      (weights) => objective(rows, target, weights),
      new Float64Array((x.width + 1) * classes),
      1e-4 * labels.length,
    );
  } finally {
    tf.dispose([rows, target]);
  }
}

/** Class probabilities [rows × classes] by weights of {@link fitLogistic}. */
export function predictLogistic(x: Rows, weights: Float64Array, classes: number): Float32Array {
  return tf.tidy(() => {
    const [kernel, bias] = split(weights, classes);
    return tf
      .softmax(tf.add(tf.matMul(tensorOf(x), kernel), bias))
      .dataSync<'float32'>()
      .slice();
  });
}

const tensorOf = ({ width, values }: Rows): Tensor2D => tf.tensor2d(values, [values.length / width, width], 'float32');

function split(weights: Float64Array, classes: number): [kernel: Tensor2D, bias: Tensor2D] {
  const all = tf.tensor2d(Float32Array.from(weights), [weights.length / classes, classes], 'float32');
  const width = all.shape[0] - 1;
  return [tf.slice2d(all, [0, 0], [width, classes]), tf.slice2d(all, [width, 0], [1, classes])];
}

interface Value {
  loss: number;
  gradient: Float64Array;
}

function objective(rows: Tensor2D, target: Tensor2D, weights: Float64Array): Value {
  const classes = target.shape[1];
  const [logLikelihood, slopes] = tf.tidy((): [Scalar, Tensor2D] => {
    const [kernel, bias] = split(weights, classes);
    const logP = tf.logSoftmax(tf.add(tf.matMul(rows, kernel), bias) as Tensor2D);
    const error = tf.sub(tf.exp(logP), target) as Tensor2D;
    const kernelGradient = tf.add(tf.matMul(rows, error, true, false), tf.div(kernel, C)) as Tensor2D;
    return [tf.sum(tf.mul(logP, target)), tf.concat2d([kernelGradient, tf.sum(error, 0, true) as Tensor2D], 0)];
  });
  const loss = -logLikelihood.dataSync<'float32'>()[0]!;
  const gradient = Float64Array.from(slopes.dataSync<'float32'>());
  tf.dispose([logLikelihood, slopes]);
  const penalised = weights.subarray(0, weights.length - classes);
  return { loss: loss + dot(penalised, penalised) / (2 * C), gradient };
}

/** L-BFGS from `start` until no component of the gradient exceeds `tolerance`, or no step makes the value smaller. */
function minimise(evaluate: (point: Float64Array) => Value, start: Float64Array, tolerance: number): Float64Array {
  const pairs: Pair[] = [];
  let point = start;
  let { loss, gradient } = evaluate(point);
  for (let iteration = 0; iteration < 2000 && largest(gradient) > tolerance; iteration++) {
    const direction = descent(gradient, pairs);
    const slope = dot(gradient, direction);
    let rate = pairs.length === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
    let next: Float64Array;
    let result: Value;
    do {
      if (rate < 1e-6) return point;
      next = point.map((value, index) => value + rate * direction[index]!);
      result = evaluate(next);
      rate /= 2;
    } while (result.loss > loss + 2e-4 * rate * slope);
    const s = next.map((value, index) => value - point[index]!);
    const y = result.gradient.map((value, index) => value - gradient[index]!);
    const curvature = dot(s, y);
    if (curvature > 0) pairs.push({ s, y, rho: 1 / curvature });
    if (pairs.length > MEMORY) pairs.shift();
    [point, loss, gradient] = [next, result.loss, result.gradient];
  }
  return point;
}

/** A step, the change of the gradient along it, and one over their product. */
interface Pair {
  s: Float64Array;
  y: Float64Array;
  rho: number;
}

/** Minus the approximate inverse Hessian times the gradient. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.map((value) => -value);
  const alphas = pairs.toReversed().map(({ s, y, rho }) => {
    const alpha = rho * dot(s, q);
    for (let i = 0; i < q.length; i++) q[i]! -= alpha * y[i]!;
    return alpha;
  });
  const last = pairs.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  pairs.forEach(({ s, y, rho }, index) => {
    const beta = alphas[pairs.length - 1 - index]! - rho * dot(y, q);
    for (let i = 0; i < q.length; i++) q[i]! += beta * s[i]!;
  });
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
