import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';
import { windowOf } from '../window.ts';

export const maxPool: Handler<'maxPool'> = {
  reads: { inputs: true, output: true },
  infer: (node, [x], { ops }) => ops.maxPool(x as Tensor4D, windowOf(node.attributes, x!.shape)),
  gradient: (node, dy, { inputs: [x], output }, { ops }) => ({
    inputs: [
      ops.maxPoolGradient(dy as Tensor4D, x as Tensor4D, output as Tensor4D, windowOf(node.attributes, x!.shape)),
    ],
    parameters: {},
  }),
};

/** [n, h, w, c] → [n, c] */
export const globalAveragePool: Handler<'globalAveragePool'> = {
  reads: { inputs: true, output: false },
  infer: (_node, [x]) => tf.mean(x!, [1, 2]),
  gradient(_node, dy, { inputs: [x] }) {
    const [n, h, w, c] = (x as Tensor4D).shape;
    const share = tf.tidy(() => tf.mul(tf.reshape(dy, [n, 1, 1, c]), tf.fill([1, h, w, 1], 1 / (h * w))));
    return { inputs: [share], parameters: {} };
  },
};

/** [n, h, w, c] → [n, h·w·c] */
export const flatten: Handler<'flatten'> = {
  reads: { inputs: true, output: false },
  infer: (_node, [x]) => tf.reshape(x!, [x!.shape[0]!, -1]),
  gradient: (_node, dy, { inputs: [x] }) => ({ inputs: [tf.reshape(dy, x!.shape)], parameters: {} }),
};

/** [n, in] → [n, units] */
export const dense: Handler<'dense'> = {
  reads: { inputs: true, output: false },
  infer: (node, [x], { parameter }) =>
    tf.tidy(() => {
      const product = tf.matMul(x as Tensor2D, parameter('kernel') as Tensor2D);
      return node.attributes.bias ? tf.add(product, parameter('bias')) : product;
    }),
  gradient: (node, dy, { inputs: [x] }, { parameter }, wanted) => ({
    inputs: [wanted ? tf.matMul(dy as Tensor2D, parameter('kernel') as Tensor2D, false, true) : null],
    parameters: {
      kernel: tf.matMul(x as Tensor2D, dy as Tensor2D, true, false),
      ...(node.attributes.bias ? { bias: tf.sum(dy, 0) } : {}),
    },
  }),
};
