import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { countReaders } from '../../backbone/readers.ts';
import { LiveValues } from './live.ts';
import { handlerOf } from './ops/index.ts';
import { contextOf, type Network } from './run.ts';

/**
 * Moves the running statistics of every batch normalisation towards those of one batch, with the weights as they are:
 * batch normalisation uses the batch's own statistics as in training, everything else runs as at inference.
 * @param x [n, h, w, c], stays the caller's
 * @param momentum share of the old statistics that is kept, [0, 1]
 */
export function moveStatistics(network: Network, x: Tensor, momentum: number): void {
  const { nodes } = network.graph;
  const last = nodes.findLastIndex(({ op }) => op === 'batchNorm');
  const span = nodes.slice(1, last + 1);
  const readers = countReaders(span);
  const live = new LiveValues();
  try {
    live.keep(nodes[0]!.name, tf.clone(x), readers.get(nodes[0]!.name) ?? 0);
    for (const node of span) {
      const handler = handlerOf(node);
      const inputs = node.inputs.map((name) => live.get(name));
      const context = contextOf(network, node);
      let output: Tensor;
      if (node.op === 'batchNorm') {
        const result = handler.forward!(node, inputs, {
          ...context,
          mode: 'training',
          momentum,
          random: () => 0,
          assign: (role, value) => network.variables.assign(`${node.name}/${role}`, value),
        });
        tf.dispose(result.saved);
        output = result.output;
      } else output = handler.infer(node, inputs, context);
      live.keep(node.name, output, readers.get(node.name) ?? 0);
      for (const name of node.inputs) live.release(name);
    }
  } finally {
    live.dispose();
  }
}
