import * as tf from '@tensorflow/tfjs-core';
import type { ActivationKind, GraphNode } from '../../backbone/graph.ts';
import { countReaders } from '../../backbone/readers.ts';
import type { Ops } from '../tensor/ops.ts';
import type { Handler } from './handler.ts';
import { handlerOf } from './ops/index.ts';

/** How nodes are computed where batch normalisation computes the activation behind it along. */
export interface Fusion {
  handlerOf(node: GraphNode): ReturnType<typeof handlerOf>;
  /** The activation that a batch normalisation computes along; undefined: none. */
  activationOf(node: GraphNode): ActivationKind | undefined;
  /** Whether it is an activation that was computed along, and passes on what it is given. */
  passes(node: GraphNode): boolean;
}

/** Of an activation that was computed already. */
const passOn: Handler<'activation'> = {
  reads: { inputs: false, output: false },
  infer: (_node, [x]) => tf.clone(x!),
  gradient: (_node, dy) => ({ inputs: [tf.clone(dy)], parameters: {} }),
};

/** Every node by itself. */
export const unfused: Fusion = { handlerOf, activationOf: () => undefined, passes: () => false };

/**
 * Joins each batch normalisation with the activation behind it, where the engine computes both in one pass, nothing else reads
 * what was normalised, and nobody asks for it.
 * @param nodes that are computed, in order
 * @param asked names of the nodes whose outputs are wanted
 */
export function fuse(
  nodes: readonly GraphNode[],
  { takesAlong }: Pick<Ops, 'takesAlong'>,
  asked: ReadonlySet<string>,
): Fusion {
  const readers = countReaders(nodes);
  const normalised = new Set(
    nodes
      .filter(({ op, name }) => op === 'batchNorm' && readers.get(name) === 1 && !asked.has(name))
      .map(({ name }) => name),
  );
  const along = new Map<string, ActivationKind>();
  const passing = new Set<string>();
  for (const node of nodes) {
    const [before = ''] = node.inputs;
    if (node.op !== 'activation' || !normalised.has(before) || !takesAlong.has(node.attributes.kind)) continue;
    along.set(before, node.attributes.kind);
    passing.add(node.name);
  }
  return {
    passes: ({ name }) => passing.has(name),
    handlerOf: (node) => (passing.has(node.name) ? (passOn as ReturnType<typeof handlerOf>) : handlerOf(node)),
    activationOf: ({ name }) => along.get(name),
  };
}
