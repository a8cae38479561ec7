import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Preprocessing } from '../../backbone/model.ts';
import type { Spatial } from '../../contract/similarity.ts';
import type { ImageCache } from '../data/types.ts';
import { run, type Network } from '../execute/run.ts';
import { generator } from '../random.ts';
import { preprocess, readBatch } from '../network/batch.ts';
import { breathe } from '../breathe.ts';
import { matrix, type Matrix } from '../linear/matrix.ts';

export interface CollectOptions {
  cuts: readonly string[];
  spatial: Spatial;
  /** Of the sampled positions. */
  seed: number;
  batch: number;
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

/**
 * Activations at several cuts of a network over the same images, in one pass that ends at the last cut.
 * @returns by cut [images × channels], or [images · positions × channels], image after image
 */
export async function collectActivations(
  network: Network,
  { cache, indices, preprocessing }: { cache: ImageCache; indices: readonly number[]; preprocessing: Preprocessing },
  { cuts, spatial, seed, batch, onProgress, signal }: CollectOptions,
): Promise<Map<string, Matrix>> {
  const positions = spatial.kind === 'sample' ? spatial.positions : 1;
  const order = network.graph.nodes.map(({ name }) => name);
  const last = order.findLast((name) => cuts.includes(name))!;
  const collected = new Map<string, Matrix>();
  for (let start = 0; start < indices.length; start += batch) {
    signal?.throwIfAborted();
    const chunk = indices.slice(start, start + batch);
    const x = preprocess(readBatch(cache, chunk), preprocessing);
    const outputs = run(network, x, { to: last, taps: cuts });
    const places = chunk.map((image) => placesIn(image, positions, seed));
    for (const [cut, output] of outputs) {
      const rows = spatial.kind === 'average' ? averaged(output) : sampled(output, places);
      const all = collected.get(cut) ?? matrix(indices.length * positions, rows.shape.at(-1)!);
      collected.set(cut, all);
      all.data.set(rows.dataSync<'float32'>(), start * positions * all.columns);
      rows.dispose();
    }
    tf.dispose([x, ...outputs.values()]);
    onProgress?.(start + chunk.length);
    await breathe();
  }
  return collected;
}

/** A place in an image, in [0, 1) of its height and width. */
type Place = readonly [y: number, x: number];

/** Places of an image, the same for every layer and network, so that what they see there can be compared. */
function placesIn(image: number, positions: number, seed: number): Place[] {
  const random = generator(seed, 'positions', image);
  return Array.from({ length: positions }, () => [random(), random()] as const);
}

/** [n, h, w, c] → [n, c]; features without space stay as they are. */
function averaged(output: Tensor): Tensor {
  return output.rank === 4 ? tf.mean(output, [1, 2]) : tf.clone(output);
}

/** [n, h, w, c] → [n · positions, c]; features without space are the same at every position. */
function sampled(output: Tensor, places: readonly (readonly Place[])[]): Tensor {
  return tf.tidy(() => {
    const [, height, width] = (output as Tensor4D).shape;
    const spatialAxes = output.rank === 4;
    const indices = places.flatMap((image, i) =>
      image.map(([y, x]) => (spatialAxes ? [i, Math.floor(y * height), Math.floor(x * width)] : [i])),
    );
    return tf.gatherND(output, tf.tensor2d(indices, undefined, 'int32'));
  });
}
