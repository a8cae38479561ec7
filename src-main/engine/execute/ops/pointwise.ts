import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';
import { overChannels } from '../sums.ts';

export const input: Handler<'input'> = {
  reads: { inputs: false, output: false },
  infer: () => {
    throw new Error('the input node is given, not computed');
  },
  gradient: () => ({ inputs: [], parameters: {} }),
};

export const channelScale: Handler<'channelScale'> = {
  reads: { inputs: true, output: false },
  infer: (_node, [x], { parameter }) => tf.mul(x!, parameter('gamma')),
  gradient: (_node, dy, { inputs: [x] }, { parameter, wanted }) => ({
    inputs: [wanted.inputs ? tf.mul(dy, parameter('gamma')) : null],
    parameters: wanted.parameters ? { gamma: tf.tidy(() => overChannels(tf.mul(dy, x!))) } : {},
  }),
};

/** Inverted dropout (Srivastava et al. 2014): what is kept is scaled up, so inference changes nothing. */
export const dropout: Handler<'dropout'> = {
  reads: { inputs: false, output: false },
  infer: (_node, [x]) => tf.clone(x!),
  forward({ attributes: { rate } }, [x], { mode, random }) {
    if (mode === 'inference') return { output: tf.clone(x!), saved: [] };
    const mask = Float32Array.from({ length: x!.size }, () => (random() < rate ? 0 : 1 / (1 - rate)));
    const kept: Tensor = tf.tensor(mask, x!.shape, 'float32');
    return { output: tf.mul(x!, kept), saved: [kept] };
  },
  gradient: (_node, dy, { saved: [kept] }) => ({ inputs: [kept ? tf.mul(dy, kept) : tf.clone(dy)], parameters: {} }),
};

export const softmax: Handler<'softmax'> = {
  reads: { inputs: false, output: true },
  infer: (_node, [x]) => tf.softmax(x!),
  gradient: (_node, dy, { output }) => ({
    inputs: [tf.tidy(() => tf.mul(output, tf.sub(dy, tf.sum(tf.mul(dy, output), -1, true))))],
    parameters: {},
  }),
};
