import { countNodes } from '../../src-main/backbone/count.ts';
import type { Graph, GraphNode } from '../../src-main/backbone/graph.ts';
import type { ImageSize } from '../../src-main/backbone/shapes.ts';

/** What computes, told apart as the kernels are. */
export type Kind = 'pointwise convolutions' | 'other convolutions' | 'depthwise convolutions' | 'dense layers';

function kindOf(node: GraphNode): Kind | null {
  if (node.op === 'depthwiseConv') return 'depthwise convolutions';
  if (node.op === 'dense') return 'dense layers';
  if (node.op !== 'conv') return null;
  const { kernel, stride, groups } = (node as GraphNode<'conv'>).attributes;
  return [...kernel, ...stride, groups].every((length) => length === 1)
    ? 'pointwise convolutions'
    : 'other convolutions';
}

/**
 * Multiply-accumulates of one training step, by kind: forward, and the gradients by input and by kernel, which take as many
 * each. Nobody asks what the pictures should have been, so that the first layer has no gradient by its input.
 */
export function trainingArithmetic(graph: Graph, image: ImageSize, batch: number): Partial<Record<Kind, number>> {
  const sums: Partial<Record<Kind, number>> = {};
  let passes = 2;
  for (const { node, macs } of countNodes(graph, image)) {
    const kind = kindOf(node);
    if (kind === null) continue;
    sums[kind] = (sums[kind] ?? 0) + passes * batch * macs;
    passes = 3;
  }
  return sums;
}
