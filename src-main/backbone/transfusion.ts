import { CutpointError } from '../contract/errors.ts';
import { cutNodes } from './cuts.ts';
import type { Graph, GraphNode } from './graph.ts';
import { nodesWithPositions } from './positions.ts';
import { inferShapes, type ImageSize } from './shapes.ts';

/**
 * The backbone with half the channels in every layer after the cut (TransFusion, Raghu et al. 2019, arXiv:1902.07208,
 * section 5): convolutions and dense layers keep half of their filters, rounded up to a multiple of their groups; the
 * rest follows from them.
 * @param image at which the shapes are checked; large enough for the whole network
 * @throws CutpointError STRATEGY_UNSUPPORTED where the layers would not fit together, with the cuts at which they do in
 *   `details.valid`
 */
export function halveBehind(graph: Graph, cut: string, image: ImageSize): Graph {
  if (isTransfusionCut(graph, cut, image)) return halved(graph, cut);
  const valid = transfusionCuts(graph, image);
  throw new CutpointError(
    'STRATEGY_UNSUPPORTED',
    !hasFiltersBehind(graph, cut)
      ? `TransFusion halves the channels of the convolutions after the cut, and after '${cut}' there are none.`
      : `${graph.name} cannot have half its channels after '${cut}': the next unit adds its input, with all channels, to an output with half of them.`,
    { remedy: `Choose one of: ${valid.join(', ')}.`, details: { valid } },
  );
}

/** The cuts after which the network can be slimmed down, in order: where no skip connection adds what was halved to what was not. */
export function transfusionCuts(graph: Graph, image: ImageSize): string[] {
  return cutNodes(graph)
    .map(({ name }) => name)
    .filter((name) => isTransfusionCut(graph, name, image));
}

function isTransfusionCut(graph: Graph, cut: string, image: ImageSize): boolean {
  if (!hasFiltersBehind(graph, cut)) return false;
  try {
    inferShapes(halved(graph, cut), image);
    return true;
  } catch (thrown) {
    if (thrown instanceof CutpointError) throw thrown;
    return false;
  }
}

/** Behind a map only what makes maps counts: a network that is cut there ends before its dense layers. */
function hasFiltersBehind(graph: Graph, cut: string): boolean {
  const { nodes } = graph;
  const spatial = nodesWithPositions(graph);
  const last = nodes.findLastIndex(
    ({ name, op }) => (op === 'conv' || op === 'dense') && spatial.has(name) === spatial.has(cut),
  );
  return nodes.findIndex(({ name }) => name === cut) < last;
}

function halved({ name, nodes }: Graph, cut: string): Graph {
  const end = nodes.findIndex((node) => node.name === cut);
  return { name, nodes: nodes.map((node, index) => (index > end ? slimmed(node) : node)) };
}

function slimmed(node: GraphNode): GraphNode {
  if (node.op === 'conv') {
    const { filters, groups } = node.attributes;
    return { ...node, attributes: { ...node.attributes, filters: Math.ceil(filters / 2 / groups) * groups } };
  }
  if (node.op === 'dense') {
    return { ...node, attributes: { ...node.attributes, units: Math.ceil(node.attributes.units / 2) } };
  }
  return node;
}
