import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Preprocessing } from '../../backbone/model.ts';
import { run, type Network } from '../execute/run.ts';
import { preprocess, toTensor } from './batch.ts';
import { plainPictures, type Pictures, type PlainInputs } from './inputs.ts';
import { breathe } from '../breathe.ts';

/** Class probabilities of 8-bit RGB images at the network's input size, [n × classes], row after row. */
export function predictBytes(
  network: Network,
  pictures: { bytes: Uint8Array; n: number; size: number },
  preprocessing: Preprocessing,
): Float32Array {
  return probabilitiesOf(network, preprocess(toTensor(pictures.bytes, pictures.n, pictures.size), preprocessing));
}

export interface PredictOptions {
  batch: number;
  onProgress?: (done: number) => void;
  beforeBatch?: () => Promise<void>;
}

/** Class probabilities of cached images, [indices.length × classes], row after row. */
export function predictCached(
  network: Network,
  images: Pictures & { indices: readonly number[] },
  options: PredictOptions,
): Promise<Float32Array> {
  return predictInputs(network, plainPictures(images), images.indices, options);
}

/** Class probabilities of images as they are, [indices.length × classes], row after row. */
export async function predictInputs(
  network: Network,
  { from, plain }: PlainInputs,
  indices: readonly number[],
  options: PredictOptions,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (let start = 0; start < indices.length; start += options.batch) {
    await options.beforeBatch?.();
    const chunk = indices.slice(start, start + options.batch);
    parts.push(probabilitiesOf(network, plain(chunk), from));
    options.onProgress?.(start + chunk.length);
    await breathe();
  }
  return concatenate(parts);
}

/** Probabilities of logits, [n, classes], by what the network ends in; the caller's. */
export const asProbabilities = (logits: Tensor2D, { outputs = 'softmax' }: Pick<Network, 'outputs'>): Tensor2D =>
  outputs === 'sigmoid' ? tf.sigmoid(logits) : tf.softmax(logits);

/** `x`, the output of `from`, is disposed of. */
function probabilitiesOf(network: Network, x: tf.Tensor, from?: string): Float32Array {
  const logits = [...run(network, x, { from }).values()][0] as Tensor2D;
  const probabilities = asProbabilities(logits, network);
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
