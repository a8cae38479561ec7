import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Preprocessing } from '../../backbone/model.ts';
import type { ImageCache } from '../data/types.ts';
import { run, type Network } from '../execute/run.ts';
import { preprocess, readBatch, toTensor } from './batch.ts';

/** Lets messages through between two pieces of tensor work, which block the process. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Class probabilities of 8-bit RGB pictures at the network's input size, [n × classes], row after row. */
export function predictBytes(
  network: Network,
  pictures: { bytes: Uint8Array; n: number; size: number },
  preprocessing: Preprocessing,
): Float32Array {
  const x = preprocess(toTensor(pictures.bytes, pictures.n, pictures.size), preprocessing);
  return probabilitiesOf(network, x);
}

/** Class probabilities of cached images, [indices.length × classes], row after row. */
export async function predictCached(
  network: Network,
  images: { cache: ImageCache; indices: readonly number[]; preprocessing: Preprocessing },
  options: { batch: number; onProgress?: (done: number) => void; beforeBatch?: () => Promise<void> },
): Promise<Float32Array> {
  const { cache, indices, preprocessing } = images;
  const parts: Float32Array[] = [];
  for (let start = 0; start < indices.length; start += options.batch) {
    await options.beforeBatch?.();
    const chunk = indices.slice(start, start + options.batch);
    parts.push(probabilitiesOf(network, preprocess(readBatch(cache, chunk), preprocessing)));
    options.onProgress?.(start + chunk.length);
    await breathe();
  }
  return concatenate(parts);
}

/** `x` is disposed of. */
function probabilitiesOf(network: Network, x: tf.Tensor4D): Float32Array {
  const logits = [...run(network, x).values()][0] as Tensor2D;
  const probabilities = tf.softmax(logits);
  const values = probabilities.dataSync<'float32'>().slice();
  tf.dispose([x, logits, probabilities]);
  return values;
}

/** The values of all parts, one after another. */
export function concatenate(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
