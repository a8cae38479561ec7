import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Window } from './ops.ts';

/**
 * Kernel gradient of a stride-2 convolution over few channels (a network's stem). TensorFlow's kernel reads such images
 * pixel by pixel and takes five times as long as the forward pass. Moving each block of 2 × 2 pixels into the channels
 * (space to depth) makes it a stride-1 convolution with a kernel of half the side and four times the channels, of which
 * the gradient is fast; it holds the same numbers in another order.
 * @param gradientOfStride1 of a valid convolution: (dy, x, kernel size) → [h, w, in, out]
 * @param x [n, h, w, c]; @param dy [n, oh, ow, out]
 * @returns [kh, kw, c, out], the caller's
 */
export function stemKernelGradient(
  gradientOfStride1: (dy: Tensor4D, x: Tensor4D, kernel: readonly [number, number]) => Tensor4D,
  { x, dy }: { x: Tensor4D; dy: Tensor4D },
  { kernel: [kh, kw], padding: { top, left } }: Window,
): Tensor4D {
  return tf.tidy(() => {
    const [n, h, w, c] = x.shape;
    const [, oh, ow, out] = dy.shape;
    const half: readonly [number, number] = [Math.ceil(kh / 2), Math.ceil(kw / 2)];
    // Rows and columns that the halved kernel meets, in pixels; kernel rows beyond the real one meet zeros or are cut off.
    const [rows, columns] = [2 * (oh - 1 + half[0]), 2 * (ow - 1 + half[1])];
    const bottom = Math.max(0, rows - h - top);
    const right = Math.max(0, columns - w - left);
    const padded = tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]]); // prettier-ignore
    const met = tf.slice(padded, [0, 0, 0, 0], [n, rows, columns, c]);
    const blocks = tf.reshape(tf.transpose(tf.reshape(met, [n, rows / 2, 2, columns / 2, 2 * c]), [0, 1, 3, 2, 4]), [
      n,
      rows / 2,
      columns / 2,
      4 * c,
    ]) as Tensor4D;
    const gradient = gradientOfStride1(dy, blocks, half);
    const pixels = tf.transpose(tf.reshape(gradient, [half[0], half[1], 2, 2 * c, out]), [0, 2, 1, 3, 4]);
    return tf.slice(tf.reshape(pixels, [2 * half[0], 2 * half[1], c, out]), [0, 0, 0, 0], [kh, kw, c, out]) as Tensor4D;
  });
}

/** True where {@link stemKernelGradient} is the faster way. */
export function isStem({ stride, kernel }: Window, channels: number): boolean {
  return stride[0] === 2 && stride[1] === 2 && channels <= 4 && kernel[0] > 1 && kernel[1] > 1;
}
