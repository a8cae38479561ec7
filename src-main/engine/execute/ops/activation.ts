import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ActivationKind } from '../../../backbone/graph.ts';
import type { Ops } from '../../tensor/ops.ts';
import type { Handler } from '../handler.ts';

/** A pointwise function with its derivative, times dy. */
interface Activation {
  value(x: Tensor, ops: Ops): Tensor;
  /** Which of the forward pass's values the derivative is computed from; the other need not be kept. */
  reads: 'input' | 'output';
  gradient(dy: Tensor, read: Tensor, ops: Ops): Tensor;
}

/** relu6(x + 3), six times the hard sigmoid. */
const hard = (x: Tensor, ops: Ops): Tensor => ops.relu(tf.add(x, 3), 6);
/** Φ(x), the cumulative normal distribution. */
const cumulative = (x: Tensor): Tensor => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
/** φ(x), the density of the normal distribution. */
const density = (x: Tensor): Tensor => tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));

const kinds: Record<ActivationKind, Activation> = {
  relu: {
    value: (x, ops) => ops.relu(x),
    reads: 'output',
    gradient: (dy, y, ops) => ops.reluGradient(dy, y),
  },
  relu6: {
    value: (x, ops) => ops.relu(x, 6),
    reads: 'output',
    gradient: (dy, y, ops) => ops.reluGradient(dy, y, 6),
  },
  sigmoid: {
    value: (x) => tf.sigmoid(x),
    reads: 'output',
    gradient: (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))),
  },
  hardSigmoid: {
    value: (x, ops) => tf.div(hard(x, ops), 6),
    reads: 'output',
    gradient: (dy, y, ops) => ops.reluGradient(tf.div(dy, 6), tf.mul(y, 6), 6),
  },
  swish: {
    value: (x) => tf.mul(x, tf.sigmoid(x)),
    reads: 'input',
    gradient(dy, x) {
      const s = tf.sigmoid(x);
      return tf.mul(tf.mul(dy, s), tf.add(tf.mul(x, tf.sub(1, s)), 1));
    },
  },
  hardSwish: {
    value: (x, ops) => tf.mul(tf.div(hard(x, ops), 6), x),
    reads: 'input',
    gradient(dy, x, ops) {
      const six = hard(x, ops);
      return tf.div(tf.add(tf.mul(dy, six), ops.reluGradient(tf.mul(dy, x), six, 6)), 6);
    },
  },
  gelu: {
    value: (x) => tf.mul(x, cumulative(x)),
    reads: 'input',
    gradient: (dy, x) => tf.mul(dy, tf.add(cumulative(x), tf.mul(x, density(x)))),
  },
  logSigmoid: {
    // Neither exponential overflows: a softplus of its own grows with the value, never with its exponential.
    value: (x) => tf.neg(tf.softplus(tf.neg(x))),
    reads: 'input',
    gradient: (dy, x) => tf.mul(dy, tf.sigmoid(tf.neg(x))),
  },
};

/** Whether the gradient keeps the function's input; otherwise its output. */
export const savesInput = (kind: ActivationKind): boolean => kinds[kind].reads === 'input';

export const activation: Handler<'activation'> = {
  reads: { inputs: false, output: false },
  infer: ({ attributes: { kind } }, [x], { ops }) => tf.tidy(() => kinds[kind].value(x!, ops)),
  forward({ attributes: { kind } }, [x], { ops }) {
    const { value, reads } = kinds[kind];
    const output = tf.tidy(() => value(x!, ops));
    return { output, saved: [tf.clone(reads === 'input' ? x! : output)] };
  },
  gradient: ({ attributes: { kind } }, dy, { saved }, { ops }) => ({
    inputs: [tf.tidy(() => kinds[kind].gradient(dy, saved[0]!, ops))],
    parameters: {},
  }),
};
