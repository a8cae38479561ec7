import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';

export const add: Handler<'add'> = {
  reads: { inputs: false, output: false },
  infer: (_node, inputs) => (inputs.length === 2 ? tf.add(inputs[0]!, inputs[1]!) : tf.addN(inputs)),
  gradient: (node, dy) => ({ inputs: node.inputs.map(() => tf.clone(dy)), parameters: {} }),
};

export const multiply: Handler<'multiply'> = {
  reads: { inputs: true, output: false },
  infer: (_node, [a, b]) => tf.mul(a!, b!),
  gradient(_node, dy, { inputs: [a, b] }, { ops }) {
    if (a!.shape.join() === b!.shape.join()) return { inputs: [tf.mul(dy, b!), tf.mul(dy, a!)], parameters: {} };
    const { x, scale } = ops.exciteGradient(dy as Tensor4D, a as Tensor4D, b as Tensor4D);
    return { inputs: [x, scale], parameters: {} };
  },
};

export const concat: Handler<'concat'> = {
  reads: { inputs: true, output: false },
  infer: (_node, inputs) => tf.concat(inputs, -1),
  gradient(_node, dy, { inputs }) {
    const widths = inputs.map((x) => x.shape.at(-1)!);
    return { inputs: tf.split(dy, widths, -1), parameters: {} };
  },
};
