import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Augmentation } from '../../contract/plan.ts';
import type { Ops } from '../tensor/ops.ts';
import { toTensor } from './batch.ts';

/**
 * Random flip, rotation about the centre and crop as one affine map from output to input pixels, so that an image is
 * resampled once.
 * @param size side of the square image, pixels
 * @param random uniform in [0, 1)
 * @returns eight numbers as {@link Ops.warp} takes them
 */
export function drawMap(settings: Augmentation, size: number, random: () => number): number[] {
  const between = (low: number, high: number): number => low + (high - low) * random();
  const flipX = random() < 0.5 && settings.flipHorizontal ? -1 : 1;
  const flipY = random() < 0.5 && settings.flipVertical ? -1 : 1;
  const angle = (between(-settings.rotation, settings.rotation) * Math.PI) / 180;
  const kept = 1 - between(0, settings.crop);
  const centre = (size - 1) / 2;
  const slack = (size * (1 - kept)) / 2;
  const shiftX = centre + between(-slack, slack);
  const shiftY = centre + between(-slack, slack);
  const [cos, sin] = [Math.cos(angle) * kept, Math.sin(angle) * kept];
  // input = R · F · (output - centre) + shift
  const [a, b, d, e] = [cos * flipX, -sin * flipY, sin * flipX, cos * flipY];
  return [a, b, shiftX - (a + b) * centre, d, e, shiftY - (d + e) * centre, 0, 0];
}

/**
 * A batch of images as they are seen in one step of training.
 * @param images [n, size, size, 3], values 0 to 255; stays the caller's
 * @returns the same shape and range, the caller's
 */
export function augment(
  images: Tensor4D,
  settings: Augmentation,
  { ops, random }: { ops: Ops; random: () => number },
): Tensor4D {
  const [n, , size] = images.shape;
  const maps = Array.from({ length: n }, () => drawMap(settings, size, random));
  const gains = Array.from({ length: n }, () => 1 + settings.brightness * (2 * random() - 1));
  return tf.tidy(() => {
    const moved = ops.warp(images, tf.tensor2d(maps, [n, 8], 'float32'));
    if (settings.brightness === 0) return moved;
    return tf.clipByValue(tf.mul(moved, tf.tensor4d(gains, [n, 1, 1, 1], 'float32')), 0, 255) as Tensor4D;
  });
}

/**
 * The same of bytes, as a person looks at them.
 * @param images size × size × 3 bytes of RGB each
 */
export function augmentBytes(
  images: readonly Uint8Array[],
  size: number,
  settings: Augmentation,
  how: Parameters<typeof augment>[2],
): Uint8Array[] {
  if (images.length === 0) return [];
  const batch = toTensor(new Uint8Array(Buffer.concat(images)), images.length, size);
  const seen = augment(batch, settings, how);
  const values = Uint8ClampedArray.from(seen.dataSync());
  tf.dispose([batch, seen]);
  return images.map((_, at) => new Uint8Array(values.buffer, at * size * size * 3, size * size * 3));
}
