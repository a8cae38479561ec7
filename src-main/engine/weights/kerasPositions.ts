import type { Graph, GraphNode, OpName } from '../../backbone/graph.ts';

/** Keras's classes of the layers that hold parameters. */
const CLASSES: Partial<Record<OpName, string>> = {
  conv: 'conv2d',
  depthwiseConv: 'depthwise_conv2d',
  batchNorm: 'batch_normalization',
  layerNorm: 'layer_normalization',
  dense: 'dense',
};

/** What a layer is called that is known only as the `position`-th of its class in Keras's order of the layers. */
export function unnamedLayer(layerClass: string, position: number): string {
  return `${layerClass}#${position}`;
}

/**
 * From a node to its place among those of its class in the order in which Keras keeps the layers of a model: those
 * farthest from the output first, and of equally far ones the one first that is met on the way up from the output.
 * Keras 3.0 to 3.5 wrote weights without names, in this order (keras/src/ops/function.py, `map_graph`).
 */
export function kerasPositions(graph: Graph): Map<string, string> {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const met = new Map<string, number>();
  const climb = (start: string): void => {
    // Keras climbs by recursion, first input first; its shortcuts are the first inputs of additions, ours the last.
    const waiting = [start];
    while (waiting.length > 0) {
      const name = waiting.pop()!;
      if (met.has(name)) continue;
      met.set(name, met.size);
      const { op, inputs } = nodes.get(name)!;
      waiting.push(...(op === 'add' ? inputs : inputs.toReversed()));
    }
  };
  climb(graph.nodes.at(-1)!.name);
  const depths = depthsOf(graph.nodes);
  const ordered = graph.nodes.toSorted(
    (a, b) => depths.get(b.name)! - depths.get(a.name)! || met.get(a.name)! - met.get(b.name)!,
  );
  const counts = new Map<string, number>();
  const positions = new Map<string, string>();
  for (const { name, op } of ordered) {
    const layerClass = CLASSES[op];
    if (layerClass === undefined) continue;
    const position = counts.get(layerClass) ?? 0;
    counts.set(layerClass, position + 1);
    positions.set(name, unnamedLayer(layerClass, position));
  }
  return positions;
}

/** Steps to the output on the longest way. */
function depthsOf(nodes: readonly GraphNode[]): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { name, inputs } of nodes.toReversed()) {
    const depth = depths.get(name) ?? 0;
    depths.set(name, depth);
    for (const input of inputs) depths.set(input, Math.max(depths.get(input) ?? 0, depth + 1));
  }
  return depths;
}
