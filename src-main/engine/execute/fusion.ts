import * as tf from '@tensorflow/tfjs-core';
import type { ActivationKind, GraphNode, ParameterRole } from '../../backbone/graph.ts';
import { countReaders } from '../../backbone/readers.ts';
import type { Ops } from '../tensor/ops.ts';
import type { Handler } from './handler.ts';
import { handlerOf } from './ops/index.ts';
import { normalisedConvolution, normalisedKind } from './ops/normalisedConvolution.ts';

/** How nodes are computed where one of them computes those behind it along, which then pass on what they are given. */
export interface Fusion {
  handlerOf(node: GraphNode): ReturnType<typeof handlerOf>;
  /** The batch normalisation that a node computes: itself, or the one behind a convolution. */
  normOf(node: GraphNode): GraphNode<'batchNorm'> | undefined;
  /** The activation that it computes along; undefined: none. */
  activationOf(node: GraphNode): ActivationKind | undefined;
  /** Whether it was computed along. */
  passes(node: GraphNode): boolean;
  /** The key of a parameter that a node reads: its own, or that of what it computes along. */
  keyOf(node: GraphNode, role: ParameterRole): string;
}

/** Of a node that was computed already. */
const passOn: Handler<'activation' | 'batchNorm'> = {
  reads: { inputs: false, output: false },
  infer: (_node, [x]) => tf.clone(x!),
  gradient: (_node, dy) => ({ inputs: [tf.clone(dy)], parameters: {} }),
};

/** Every node by itself. */
export const unfused: Fusion = {
  handlerOf,
  normOf: (node) => (node.op === 'batchNorm' ? (node as GraphNode<'batchNorm'>) : undefined),
  activationOf: () => undefined,
  passes: () => false,
  keyOf: ({ name }, role) => `${name}/${role}`,
};

/**
 * Joins each batch normalisation with the activation behind it and the convolution before it, where the engine computes them
 * together, nothing else reads what lies between, and nobody asks for it.
 * @param nodes that are computed, in order
 * @param asked names of the nodes whose outputs are wanted
 */
export function fuse(
  nodes: readonly GraphNode[],
  { takesAlong, normalised }: Pick<Ops, 'takesAlong' | 'normalised'>,
  asked: ReadonlySet<string>,
): Fusion {
  const readers = countReaders(nodes);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const between = (name: string): boolean => readers.get(name) === 1 && !asked.has(name);
  /** What a node computes, by its name, and who computes a batch normalisation, by its name. */
  const norms = new Map<string, GraphNode<'batchNorm'>>();
  const owners = new Map<string, string>();
  const along = new Map<string, ActivationKind>();
  const passing = new Set<string>();
  for (const node of nodes) {
    const [before = ''] = node.inputs;
    if (node.op === 'batchNorm') {
      const kind = between(before) ? normalisedKind(byName.get(before)) : undefined;
      const owner = kind && normalised[kind] ? before : node.name;
      if (owner === before) passing.add(node.name);
      owners.set(node.name, owner);
      norms.set(owner, node as GraphNode<'batchNorm'>);
    }
    const owner = owners.get(before);
    if (node.op !== 'activation' || owner === undefined || !between(before) || !takesAlong.has(node.attributes.kind))
      continue;
    along.set(owner, node.attributes.kind);
    passing.add(node.name);
  }
  return {
    normOf: ({ name }) => norms.get(name),
    passes: ({ name }) => passing.has(name),
    handlerOf: (node) => {
      if (passing.has(node.name)) return passOn as ReturnType<typeof handlerOf>;
      const joined = node.op !== 'batchNorm' && norms.has(node.name);
      return joined ? (normalisedConvolution as ReturnType<typeof handlerOf>) : handlerOf(node);
    },
    activationOf: ({ name }) => along.get(name),
    keyOf: ({ name }, role) => {
      const own = role === 'kernel' || role === 'bias';
      return `${own ? name : (norms.get(name)?.name ?? name)}/${role}`;
    },
  };
}
