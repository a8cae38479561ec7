import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';

/**
 * [n, h, w, c] → [n, h · factor, w · factor, c] by nearest neighbour, as torch's `interpolate` has it by whole factors. In
 * memory a repeated column is its channels once more, a repeated row is the row once more: two concatenations, which every
 * engine has, and for the gradient two sums.
 */
export const upsample: Handler<'upsample'> = {
  reads: { inputs: false, output: false },
  infer: ({ attributes: { factor } }, [x]) =>
    tf.tidy(() => {
      const [n, h, w, c] = (x as Tensor4D).shape;
      const columns = tf.concat(new Array<Tensor4D>(factor).fill(x as Tensor4D), 3);
      const row = tf.reshape(columns, [n * h, w * factor * c]);
      return tf.reshape(tf.concat(new Array<typeof row>(factor).fill(row), 1), [n, h * factor, w * factor, c]);
    }),
  gradient: ({ attributes: { factor } }, dy) => ({
    inputs: [
      tf.tidy(() => {
        const [n, height, width, c] = (dy as Tensor4D).shape;
        const [h, w] = [height / factor, width / factor];
        const rows = tf.sum(tf.reshape(dy, [n * h, factor, width * c]), 1);
        return tf.reshape(tf.sum(tf.reshape(rows, [n * h * w, factor, c]), 1), [n, h, w, c]);
      }),
    ],
    parameters: {},
  }),
};
