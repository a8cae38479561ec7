import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Graph, GraphNode } from '../../backbone/graph.ts';
import type { Outputs } from '../../backbone/model.ts';
import { countReaders } from '../../backbone/readers.ts';
import type { Ops } from '../tensor/ops.ts';
import type { Variables } from '../tensor/variables.ts';
import { fuse, type Fusion } from './fusion.ts';
import type { NodeContext } from './handler.ts';
import { LiveValues } from './live.ts';

/** Where a graph runs: the engine's operations and the parameters it holds. */
export interface Network {
  graph: Graph;
  variables: Variables;
  ops: Ops;
  /** What makes probabilities of the last node's logits; left out: softmax. */
  outputs?: Outputs | undefined;
}

export function contextOf({ ops, variables }: Network, node: GraphNode, fusion: Fusion): NodeContext {
  const parameter: NodeContext['parameter'] = (role) => variables.get(fusion.keyOf(node, role));
  return { ops, parameter, norm: fusion.normOf(node), activation: fusion.activationOf(node) };
}

/**
 * Runs a network at inference.
 * @param x [n, h, w, c] for the input node, or the output of `from`; stays the caller's
 * @param options.from node whose output `x` is; nodes up to it are skipped. Every path must cross it.
 * @param options.to last node to compute (default: the last of the graph)
 * @param options.taps further nodes whose outputs are wanted
 * @returns outputs by node name, `to` and the taps; they are the caller's
 */
export function run(
  network: Network,
  x: Tensor,
  options: { from?: string | undefined; to?: string; taps?: readonly string[] } = {},
): Map<string, Tensor> {
  const { nodes } = network.graph;
  const first = options.from === undefined ? 0 : positionOf(nodes, options.from);
  const last = options.to === undefined ? nodes.length - 1 : positionOf(nodes, options.to);
  const span = nodes.slice(first + 1, last + 1);
  const wanted = new Set([nodes[last]!.name, ...(options.taps ?? [])]);

  const fusion = fuse(span, network.ops, wanted);
  const readers = countReaders(span);
  const readersOf = (name: string): number => (readers.get(name) ?? 0) + (wanted.has(name) ? 1 : 0);
  const live = new LiveValues();
  try {
    live.keep(nodes[first]!.name, tf.clone(x), readersOf(nodes[first]!.name));
    for (const node of span) {
      const inputs = node.inputs.map((name) => live.get(name));
      const output = fusion.handlerOf(node).infer(node, inputs, contextOf(network, node, fusion));
      live.keep(node.name, output, readersOf(node.name));
      for (const name of node.inputs) live.release(name);
    }
    return new Map([...wanted].map((name) => [name, live.take(name)]));
  } finally {
    live.dispose();
  }
}

/** The nodes after one that is frozen, in order; null: all. */
export const nodesBehind = (nodes: readonly GraphNode[], frozen: string | null): readonly GraphNode[] =>
  frozen === null ? nodes : nodes.slice(positionOf(nodes, frozen) + 1);

/** Index of a node. Throws (a defect) where there is none of that name. */
export function positionOf(nodes: readonly GraphNode[], name: string): number {
  const index = nodes.findIndex((node) => node.name === name);
  if (index < 0) throw new Error(`the network has no node '${name}'`);
  return index;
}
