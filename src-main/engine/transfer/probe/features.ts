import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Graph, GraphNode } from '../../../backbone/graph.ts';
import { nodesWithPositions } from '../../../backbone/positions.ts';
import type { Preprocessing } from '../../../backbone/model.ts';
import type { ImageCache } from '../../data/types.ts';
import { run, type Network } from '../../execute/run.ts';
import { preprocess, readBatch } from '../../network/batch.ts';
import { breathe } from '../../breathe.ts';

export interface PassOptions {
  batch: number;
  signal?: AbortSignal | undefined;
  /** Told the number of images that are through. */
  onProgress?: ((done: number) => void) | undefined;
}

/**
 * What a network makes of images, in one pass: each node's output averaged over the picture (global average pooling); the
 * features of a dense layer as they are.
 * @param images of the cache, at `indices`
 * @param nodes with outputs [n, h, w, c] or [n, c]
 * @returns features [indices.length, c] by node; they are the caller's
 * @throws the signal's reason when it is aborted
 */
export async function pooledFeatures(
  network: Network,
  { cache, indices, preprocessing }: { cache: ImageCache; indices: readonly number[]; preprocessing: Preprocessing },
  { nodes, batch, signal, onProgress }: PassOptions & { nodes: readonly string[] },
): Promise<Map<string, Tensor2D>> {
  const spatial = nodesWithPositions(network.graph);
  const tapOf = (node: string): string => (spatial.has(node) ? poolOf(node) : node);
  const maps = nodes.filter((node) => spatial.has(node));
  const pooled = { ...network, graph: withPools(network.graph, { tapped: nodes, maps }) };
  const taps = nodes.map(tapOf);
  const parts = new Map(nodes.map((node) => [node, [] as Tensor2D[]]));
  try {
    for (let start = 0; start < indices.length; start += batch) {
      signal?.throwIfAborted();
      const x = preprocess(readBatch(cache, indices.slice(start, start + batch)), preprocessing);
      const outputs = run(pooled, x, { to: pooled.graph.nodes.at(-1)!.name, taps });
      x.dispose();
      for (const node of nodes) parts.get(node)!.push(outputs.get(tapOf(node)) as Tensor2D);
      onProgress?.(Math.min(start + batch, indices.length));
      await breathe();
    }
    return new Map(nodes.map((node) => [node, tf.concat(parts.get(node)!)]));
  } finally {
    tf.dispose([...parts.values()].flat());
  }
}

const poolOf = (node: string): string => `${node} pooled`;

/** The graph up to the last of the nodes, each map followed by its pool: so it is averaged while it is still in the processor's cache, and freed. */
function withPools({ name, nodes }: Graph, { tapped, maps }: Record<'tapped' | 'maps', readonly string[]>): Graph {
  const last = nodes.findLastIndex((node) => tapped.includes(node.name));
  const pool = (node: string): GraphNode => ({
    name: poolOf(node),
    op: 'globalAveragePool',
    inputs: [node],
    attributes: { keepSpatial: false },
  });
  return {
    name,
    nodes: nodes.slice(0, last + 1).flatMap((node) => (maps.includes(node.name) ? [node, pool(node.name)] : [node])),
  };
}
