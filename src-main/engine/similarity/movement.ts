import type { Graph } from '../../backbone/graph.ts';
import type { Weights } from '../../backbone/model.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import type { ImageSize } from '../../backbone/shapes.ts';
import type { MovementReport } from '../../contract/similarity.ts';

/** Sums over the weights of a layer or block, from which distance and cosine follow. */
interface Sums {
  parameters: number;
  before: number;
  after: number;
  product: number;
  change: number;
}

/**
 * How far trained weights lie from the initial ones, layer by layer and block by block: ‖after − before‖ / ‖before‖, and the
 * cosine between the two (Raghu et al. 2019, arXiv:1902.07208, figure 3 of its review). Statistics of batch normalisation
 * are not weights. A head that another classifier has replaced is left out.
 * @param frozen last node that is not trained, null where all are
 */
export function weightMovement(
  { graph, input, frozen }: { graph: Graph; input: ImageSize; frozen: string | null },
  before: Weights,
  after: Weights,
): Pick<MovementReport, 'nodes' | 'blocks'> {
  const nodes = new Map<string, Sums>();
  for (const { key, node, trainable } of graphParameters(graph, input)) {
    const [first, last] = [before.get(key), after.get(key)];
    if (!trainable || !first || first.data.length !== last?.data.length) continue;
    nodes.set(node, add(nodes.get(node) ?? NONE, sumsOf(first.data, last.data)));
  }
  const lastFrozen = frozen === null ? -1 : graph.nodes.findIndex(({ name }) => name === frozen);
  const blocks = new Map<string, Sums>();
  const rows = graph.nodes.flatMap(({ name, block = 'head' }, position) => {
    const sums = nodes.get(name);
    if (!sums) return [];
    blocks.set(block, add(blocks.get(block) ?? NONE, sums));
    return [{ ...describe(name, sums), block, frozen: position <= lastFrozen }];
  });
  return { nodes: rows, blocks: [...blocks].map(([name, sums]) => describe(name, sums)) };
}

const NONE: Sums = { parameters: 0, before: 0, after: 0, product: 0, change: 0 };

function sumsOf(before: Float32Array, after: Float32Array): Sums {
  const sums = { ...NONE, parameters: before.length };
  for (let i = 0; i < before.length; i++) {
    sums.before += before[i]! ** 2;
    sums.after += after[i]! ** 2;
    sums.product += before[i]! * after[i]!;
    sums.change += (after[i]! - before[i]!) ** 2;
  }
  return sums;
}

function add(a: Sums, b: Sums): Sums {
  return {
    parameters: a.parameters + b.parameters,
    before: a.before + b.before,
    after: a.after + b.after,
    product: a.product + b.product,
    change: a.change + b.change,
  };
}

function describe(name: string, { parameters, before, after, product, change }: Sums) {
  const lengths = Math.sqrt(before * after);
  return {
    name,
    parameters,
    relativeDistance: before === 0 ? null : Math.sqrt(change / before),
    cosine: lengths === 0 ? null : Math.min(1, product / lengths),
  };
}
