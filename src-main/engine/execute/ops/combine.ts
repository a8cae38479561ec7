import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';

export const add: Handler<'add'> = {
  reads: { inputs: false, output: false },
  infer: (_node, inputs) => (inputs.length === 2 ? tf.add(inputs[0]!, inputs[1]!) : tf.addN(inputs)),
  gradient: (node, dy) => ({ inputs: node.inputs.map(() => tf.clone(dy)), parameters: {} }),
};

export const multiply: Handler<'multiply'> = {
  reads: { inputs: true, output: false },
  infer: (_node, [a, b]) => tf.mul(a!, b!),
  gradient: (_node, dy, { inputs: [a, b] }) => ({
    inputs: [tf.mul(dy, b!), tf.tidy(() => overPositions(tf.mul(dy, a!), b!))],
    parameters: {},
  }),
};

/** Sums over height and width where `like` has a single position. */
function overPositions(x: Tensor, like: Tensor): Tensor {
  return x.shape.join() === like.shape.join() ? x : tf.sum(x as Tensor4D, [1, 2], true);
}

export const concat: Handler<'concat'> = {
  reads: { inputs: true, output: false },
  infer: (_node, inputs) => tf.concat(inputs, -1),
  gradient(_node, dy, { inputs }) {
    const widths = inputs.map((x) => x.shape.at(-1)!);
    return { inputs: tf.split(dy, widths, -1), parameters: {} };
  },
};
