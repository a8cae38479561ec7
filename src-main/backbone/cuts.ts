import type { CutPoint } from '../contract/backbone.ts';
import { countNodes } from './count.ts';
import type { Graph, GraphNode } from './graph.ts';
import { nodesWithPositions } from './positions.ts';
import type { ImageSize } from './shapes.ts';

/**
 * The nodes after which the backbone may be cut, in order: those that every path from input to output crosses, so that
 * no skip connection is severed, and that end their unit. The last is the output: the whole network.
 *
 * In a topological order a node is on every path exactly when no edge passes over it, because every node leads to the
 * output.
 */
export function cutNodes(graph: Graph): GraphNode[] {
  const position = new Map(graph.nodes.map((node, index) => [node.name, index]));
  const lastOfUnit = new Map(graph.nodes.map((node) => [node.unit, node.name]));
  const reach = new Array<number>(graph.nodes.length).fill(0);
  graph.nodes.forEach((node, index) => {
    for (const input of node.inputs) reach[position.get(input)!] = index;
  });
  let farthest = 0;
  return graph.nodes.filter((node, index) => {
    const crossed = farthest > index;
    farthest = Math.max(farthest, reach[index]!);
    return !crossed && node.unit !== undefined && lastOfUnit.get(node.unit) === node.name;
  });
}

/**
 * The cuts of a backbone with what is left of it: trainable parameters, multiply-accumulates, channels, and input
 * pixels per output pixel, for images of this size.
 * @throws CutpointError INPUT_TOO_SMALL
 */
export function cutPoints(graph: Graph, image: ImageSize): CutPoint[] {
  const cuts = new Set(cutNodes(graph).map((node) => node.name));
  const lastOfBlock = new Map(graph.nodes.filter((node) => cuts.has(node.name)).map((node) => [node.block, node.name]));
  const spatial = nodesWithPositions(graph);
  const strides = new Map<string, number>();
  const points: CutPoint[] = [];
  let parameters = 0;
  let macs = 0;
  for (const counted of countNodes(graph, image)) {
    const { node, shape } = counted;
    parameters += counted.parameters;
    macs += counted.macs;
    const stride = (strides.get(node.inputs[0] ?? '') ?? 1) * strideOf(node);
    strides.set(node.name, stride);
    if (!cuts.has(node.name)) continue;
    points.push({
      name: node.name,
      block: node.block ?? '',
      endsBlock: lastOfBlock.get(node.block) === node.name,
      parameters,
      macs,
      channels: shape.at(-1)!,
      stride: spatial.has(node.name) ? stride : null,
    });
  }
  return points;
}

function strideOf(node: GraphNode): number {
  return 'stride' in node.attributes ? node.attributes.stride[0] : 1;
}
