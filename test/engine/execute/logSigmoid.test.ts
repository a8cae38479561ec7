import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../../src-main/backbone/graph.ts';
import { activation } from '../../../src-main/engine/execute/ops/activation.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';

const node: GraphNode<'activation'> = {
  name: 'log',
  op: 'activation',
  inputs: ['x'],
  attributes: { kind: 'logSigmoid' },
};
const VALUES = [-1e4, -200, -89, -12, -1, 0, 1, 12, 89, 200, 1e4];

describe.each(['tensorflow', 'wasm'] as const)('log σ(x) on %s', (name) => {
  it('and its gradient are exact where an exponential would overflow or vanish', async () => {
    const { ops } = await loadEngine(name);
    const context = {
      ...{ ops, momentum: 1, wanted: { inputs: true, parameters: true } },
      mode: 'training',
      parameter: () => expect.fail('it has no parameters'),
      random: () => 0,
      assign: () => {},
    } as const;
    const before = tf.memory().numTensors;
    const [x, dy] = [tf.tensor1d(VALUES), tf.onesLike(tf.tensor1d(VALUES))];
    const { output, saved } = activation.forward!(node, [x], context);
    const { inputs } = activation.gradient(node, dy, { inputs: [x], output, saved }, context);
    VALUES.forEach((value, index) => {
      const exact = Math.min(value, 0) - Math.log1p(Math.exp(-Math.abs(value)));
      expect(Math.abs(output.dataSync()[index]! - exact), `value at ${value}`).toBeLessThan(
        1e-6 * (1 + Math.abs(value)),
      );
      expect(inputs[0]!.dataSync()[index], `gradient at ${value}`).toBeCloseTo(1 / (1 + Math.exp(value)), 6);
    });
    tf.dispose([x, dy, output, ...saved, ...(inputs as tf.Tensor[])]);
    // The tensor of values that `onesLike` was made from.
    expect(tf.memory().numTensors).toBe(before + 1);
  });
});
