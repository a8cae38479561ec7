import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Preprocessing } from '../../backbone/model.ts';
import type { ImageCache } from '../data/types.ts';

/** Images of the cache as a tensor [n, size, size, 3], values 0 to 255. */
export function readBatch(cache: ImageCache, indices: readonly number[]): Tensor4D {
  const { size } = cache;
  const bytes = new Uint8Array(indices.length * size * size * 3);
  indices.forEach((index, i) => cache.read(index, bytes, i * size * size * 3));
  return toTensor(bytes, indices.length, size);
}

/** 8-bit RGB images, one after the other, as a tensor [n, size, size, 3], values 0 to 255. */
export function toTensor(bytes: Uint8Array, n: number, size: number): Tensor4D {
  return tf.tensor4d(new Float32Array(bytes), [n, size, size, 3], 'float32');
}

/** From RGB values of 0 to 255 to what the network takes, in one channel where it is grey; `images` is disposed of. */
export function preprocess(images: Tensor4D, { mean, std, grey }: Preprocessing): Tensor4D {
  return tf.tidy(() => {
    const scale = tf.tensor1d(std.map((deviation) => 1 / (255 * deviation)));
    const offset = tf.tensor1d(mean.map((value, channel) => -value / std[channel]!));
    const result = tf.add(tf.mul(images, scale), offset) as Tensor4D;
    images.dispose();
    return grey ? tf.mean(result, 3, true) : result;
  });
}
