import type { Graph } from '../../backbone/graph.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import type { ImageSize } from '../../backbone/shapes.ts';

/** The filters of a probe network, in its order: each is one number of the embedding. */
export interface Filters {
  /** Nodes whose kernels they are. */
  nodes: ReadonlySet<string>;
  /** Of each such node: the key of its kernel, and how many filters that has. */
  kernels: readonly { key: string; filters: number }[];
  count: number;
}

const OPS: readonly string[] = ['conv', 'depthwiseConv', 'dense'];

/**
 * The filters of all convolutions and dense layers of the backbone; the head, which belongs to the task, has none. The
 * reference code of Achille et al. 2019 has an entry for each scale of batch normalisation besides; the paper, as here,
 * for filters alone.
 */
export function filtersOf(graph: Graph, image: ImageSize): Filters {
  const inBackbone = new Set(graph.nodes.filter(({ block }) => block !== undefined).map(({ name }) => name));
  const kernels = graphParameters(graph, image)
    .filter(({ node, op, role }) => role === 'kernel' && OPS.includes(op) && inBackbone.has(node))
    // [h, w, channels, 1] of a depthwise convolution, [..., out] of the others.
    .map(({ key, node, op, shape }) => ({ key, node, filters: op === 'depthwiseConv' ? shape[2]! : shape.at(-1)! }));
  return {
    nodes: new Set(kernels.map(({ node }) => node)),
    kernels: kernels.map(({ key, filters }) => ({ key, filters })),
    count: kernels.reduce((sum, { filters }) => sum + filters, 0),
  };
}
