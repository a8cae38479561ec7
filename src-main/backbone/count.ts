import type { Graph, GraphNode, OpName, Shape } from './graph.ts';
import { nodeParameters, sizeOf } from './parameters.ts';
import { inferShapes, type ImageSize } from './shapes.ts';

export interface NodeCount {
  node: GraphNode;
  shape: Shape;
  /** Trainable values, as torch's `parameters()` counts them: without the moving statistics of batch normalisation. */
  parameters: number;
  /** Multiply-accumulates for one image; those of convolutions and dense layers, zero elsewhere. */
  macs: number;
}

type MacRule<K extends OpName> = (attributes: GraphNode<K>['attributes'], input: Shape, output: Shape) => number;

const rules: { [K in OpName]?: MacRule<K> } = {
  conv: ({ kernel, groups }, input, output) => (sizeOf(output) * sizeOf(kernel) * input[2]!) / groups,
  depthwiseConv: ({ kernel }, _input, output) => sizeOf(output) * sizeOf(kernel),
  dense: (_attributes, input, output) => sizeOf(output) * input.at(-1)!,
};

/**
 * Shape, parameters and multiply-accumulates of every node, in the order of the graph.
 * @throws CutpointError INPUT_TOO_SMALL
 */
export function countNodes(graph: Graph, image: ImageSize): NodeCount[] {
  const shapes = inferShapes(graph, image);
  return graph.nodes.map((node) => {
    const shape = shapes.get(node.name)!;
    const input = shapes.get(node.inputs[0] ?? node.name)!;
    return { node, shape, parameters: trainable(node, input), macs: macs(node, input, shape) };
  });
}

/** Trainable parameters and multiply-accumulates of the whole graph for one image of this size. */
export function count(graph: Graph, image: ImageSize): { parameters: number; macs: number } {
  const nodes = countNodes(graph, image);
  return {
    parameters: nodes.reduce((sum, node) => sum + node.parameters, 0),
    macs: nodes.reduce((sum, node) => sum + node.macs, 0),
  };
}

function trainable(node: GraphNode, input: Shape): number {
  return nodeParameters(node, input).reduce((sum, each) => sum + (each.trainable ? sizeOf(each.shape) : 0), 0);
}

function macs<K extends OpName>(node: GraphNode<K>, input: Shape, output: Shape): number {
  const rule = rules[node.op] as MacRule<K> | undefined;
  return rule?.(node.attributes, input, output) ?? 0;
}
