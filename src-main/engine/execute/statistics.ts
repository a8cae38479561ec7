import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Graph, GraphNode } from '../../backbone/graph.ts';
import { countReaders } from '../../backbone/readers.ts';
import { fuse } from './fusion.ts';
import { LiveValues } from './live.ts';
import { contextOf, positionOf, type Network } from './run.ts';

/** Whether batch normalisation behind a frozen node (default: anywhere) has statistics that move. */
export function hasStatistics({ nodes }: Graph, from?: string): boolean {
  return statisticsSpan(nodes, from).length > 0;
}

/** Nodes behind `from` that the last batch normalisation needs. */
function statisticsSpan(nodes: readonly GraphNode[], from: string | undefined): GraphNode[] {
  const first = from === undefined ? 0 : positionOf(nodes, from);
  return nodes.slice(first + 1, nodes.findLastIndex(({ op }) => op === 'batchNorm') + 1);
}

/**
 * Moves the running statistics of every batch normalisation behind `from` towards those of one batch, with the weights as they are:
 * batch normalisation uses the batch's own statistics as in training, everything else runs as at inference.
 * @param x [n, h, w, c], or the output of `from`; stays the caller's
 * @param momentum share of the old statistics that is kept, [0, 1]
 * @param from last frozen node; default: the input node
 */
export function moveStatistics(network: Network, x: Tensor, momentum: number, from?: string): void {
  const { nodes } = network.graph;
  const span = statisticsSpan(nodes, from);
  const start = from ?? nodes[0]!.name;
  const fusion = fuse(span, network.ops, new Set());
  const readers = countReaders(span);
  const live = new LiveValues();
  try {
    live.keep(start, tf.clone(x), readers.get(start) ?? 0);
    for (const node of span) {
      const handler = fusion.handlerOf(node);
      const inputs = node.inputs.map((name) => live.get(name));
      const context = contextOf(network, node, fusion);
      let output: Tensor;
      if (context.norm) {
        const result = handler.forward!(node, inputs, {
          ...context,
          mode: 'training',
          momentum,
          random: () => 0,
          assign: (role, value) => network.variables.assign(fusion.keyOf(node, role), value),
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
