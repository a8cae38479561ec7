import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import type { Weights } from '../../src-main/backbone/model.ts';
import type { Backbone } from '../../src-main/backbone/zoo/index.ts';
import type { ImageCache } from '../../src-main/engine/data/types.ts';
import { run } from '../../src-main/engine/execute/run.ts';
import { generator } from '../../src-main/engine/random.ts';
import { withEngine } from '../../src-main/engine/tensor/engines.ts';
import { preprocess, readBatch } from '../../src-main/engine/train/batch.ts';
import { concatenate } from '../../src-main/engine/train/predict.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';
import type { Rows } from './regression.ts';

const BATCH = 32;

/** Weights of a backbone before any training. */
export function randomWeights(backbone: Backbone, size: number, seed: number): Weights {
  const parameters = graphParameters(backbone.build(), { height: size, width: size });
  return initialise(parameters, backbone.initialisation, generator(seed, 'weights'));
}

/** What a frozen backbone makes of pictures: each node's output, averaged over the picture. */
export function pooledFeatures(
  backbone: Backbone,
  weights: Weights,
  cache: ImageCache,
  nodes: readonly string[],
): Promise<Map<string, Rows>> {
  return withEngine('auto', async (engine) => {
    const network = { graph: backbone.build(), ops: engine.ops, variables: engine.createVariables(weights) };
    const parts = new Map(nodes.map((node) => [node, [] as Float32Array[]]));
    const widths = new Map<string, number>();
    try {
      for (let start = 0; start < cache.count; start += BATCH) {
        const indices = Array.from({ length: Math.min(BATCH, cache.count - start) }, (_, i) => start + i);
        const x = preprocess(readBatch(cache, indices), backbone.preprocessing);
        const outputs = run(network, x, { taps: nodes });
        for (const node of nodes) {
          const pooled = tf.tidy(() => tf.mean(outputs.get(node) as Tensor4D, [1, 2]));
          widths.set(node, pooled.shape[1]!);
          parts.get(node)!.push(pooled.dataSync<'float32'>().slice());
          pooled.dispose();
        }
        tf.dispose([x, ...outputs.values()]);
      }
    } finally {
      network.variables.dispose();
    }
    return new Map(nodes.map((node) => [node, { width: widths.get(node)!, values: concatenate(parts.get(node)!) }]));
  });
}
