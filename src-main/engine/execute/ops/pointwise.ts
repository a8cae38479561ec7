import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';

export const input: Handler<'input'> = {
  reads: { inputs: false, output: false },
  infer: () => {
    throw new Error('the input node is given, not computed');
  },
  gradient: () => ({ inputs: [], parameters: {} }),
};

const capOf = (kind: 'relu' | 'relu6'): 6 | undefined => (kind === 'relu6' ? 6 : undefined);

export const activation: Handler<'activation'> = {
  // The output tells where the gradient passes, so the input need not be kept.
  reads: { inputs: false, output: true },
  infer: (node, [x], { ops }) => ops.relu(x!, capOf(node.attributes.kind)),
  gradient: (node, dy, { output }, { ops }) => ({
    inputs: [ops.reluGradient(dy, output, capOf(node.attributes.kind))],
    parameters: {},
  }),
};

export const add: Handler<'add'> = {
  reads: { inputs: false, output: false },
  infer: (_node, inputs) => (inputs.length === 2 ? tf.add(inputs[0]!, inputs[1]!) : tf.addN(inputs)),
  gradient: (node, dy) => ({ inputs: node.inputs.map(() => tf.clone(dy)), parameters: {} }),
};

/** Inverted dropout (Srivastava et al. 2014): what is kept is scaled up, so inference changes nothing. */
export const dropout: Handler<'dropout'> = {
  reads: { inputs: false, output: false },
  infer: (_node, [x]) => tf.clone(x!),
  train({ attributes: { rate } }, [x], { random }) {
    const mask = Float32Array.from({ length: x!.size }, () => (random() < rate ? 0 : 1 / (1 - rate)));
    const kept: Tensor = tf.tensor(mask, x!.shape, 'float32');
    return { output: tf.mul(x!, kept), saved: [kept] };
  },
  gradient: (_node, dy, { saved }) => ({ inputs: [tf.mul(dy, saved[0]!)], parameters: {} }),
};

export const softmax: Handler<'softmax'> = {
  reads: { inputs: false, output: true },
  infer: (_node, [x]) => tf.softmax(x!),
  gradient: (_node, dy, { output }) => ({
    inputs: [tf.tidy(() => tf.mul(output, tf.sub(dy, tf.sum(tf.mul(dy, output), -1, true))))],
    parameters: {},
  }),
};
