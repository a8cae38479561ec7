import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';
import { overChannels } from '../sums.ts';

/** [n, h, w, c] → [n, h·w·c] */
export const flatten: Handler<'flatten'> = {
  reads: { inputs: true, output: false },
  infer: (_node, [x]) => tf.reshape(x!, [x!.shape[0]!, -1]),
  gradient: (_node, dy, { inputs: [x] }) => ({ inputs: [tf.reshape(dy, x!.shape)], parameters: {} }),
};

/** [..., in] → [..., units] */
export const dense: Handler<'dense'> = {
  reads: { inputs: true, output: false },
  infer: (node, [x], { parameter }) =>
    tf.tidy(() => {
      const product = tf.matMul(positions(x!), parameter('kernel') as Tensor2D);
      const y = node.attributes.bias ? tf.add(product, parameter('bias')) : product;
      return tf.reshape(y, [...x!.shape.slice(0, -1), node.attributes.units]);
    }),
  gradient: (node, dy, { inputs: [x] }, { parameter, wanted }) => ({
    inputs: [
      wanted.inputs
        ? tf.tidy(() => tf.reshape(tf.matMul(positions(dy), parameter('kernel') as Tensor2D, false, true), x!.shape))
        : null,
    ],
    parameters: wanted.parameters
      ? {
          kernel: tf.tidy(() => tf.matMul(positions(x!), positions(dy), true, false)),
          ...(node.attributes.bias ? { bias: overChannels(dy) } : {}),
        }
      : {},
  }),
};

/** Everything but the last axis as rows. */
function positions(x: Tensor): Tensor2D {
  return tf.reshape(x, [-1, x.shape.at(-1)!]);
}
