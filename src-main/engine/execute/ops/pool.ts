import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Window } from '../../tensor/ops.ts';
import type { Handler } from '../handler.ts';
import { windowOf } from '../window.ts';

export const maxPool: Handler<'maxPool'> = {
  reads: { inputs: true, output: true },
  infer: (node, [x], { ops }) => ops.maxPool(x as Tensor4D, windowOf(node.attributes, x!.shape)),
  gradient: (node, dy, { inputs: [x], output }, { ops }) => ({
    inputs: [
      ops.maxPoolGradient(dy as Tensor4D, x as Tensor4D, output as Tensor4D, windowOf(node.attributes, x!.shape)),
    ],
    parameters: {},
  }),
};

export const averagePool: Handler<'averagePool'> = {
  reads: { inputs: true, output: false },
  infer: ({ attributes }, [x], { ops }) =>
    tf.tidy(() => {
      const window = windowOf(attributes, x!.shape);
      return rescaled(ops.averagePool(x as Tensor4D, window), x!.shape, window, attributes);
    }),
  gradient: ({ attributes }, dy, { inputs: [x] }, { ops }) => ({
    inputs: [
      tf.tidy(() => {
        const window = windowOf(attributes, x!.shape);
        const shares = rescaled(dy as Tensor4D, x!.shape, window, attributes);
        return ops.averagePoolGradient(shares, x as Tensor4D, window);
      }),
    ],
    parameters: {},
  }),
};

/** From means over the whole window to means over the pixels that are not padding, where padding is not counted. */
function rescaled(
  y: Tensor4D,
  [, height, width]: readonly number[],
  { kernel, stride, padding: p }: Window,
  { countPadding }: { countPadding: boolean },
): Tensor4D {
  if (countPadding || p.top + p.bottom + p.left + p.right === 0) return y;
  const rows = shares(height!, p.top, kernel[0], stride[0], y.shape[1]);
  const columns = shares(width!, p.left, kernel[1], stride[1], y.shape[2]);
  return tf.mul(y, tf.mul(tf.reshape(rows, [1, -1, 1, 1]), tf.reshape(columns, [1, 1, -1, 1])));
}

/** For each output along one axis: the kernel's length over the number of pixels in it that are not padding. */
function shares(size: number, before: number, kernel: number, stride: number, outputs: number): Tensor {
  return tf.tensor1d(
    Array.from({ length: outputs }, (_, i) => {
      const start = i * stride - before;
      return kernel / (Math.min(start + kernel, size) - Math.max(start, 0));
    }),
  );
}

/** [n, h, w, c] → [n, c], or [n, 1, 1, c] where the spatial axes are kept */
export const globalAveragePool: Handler<'globalAveragePool'> = {
  reads: { inputs: true, output: false },
  infer: (node, [x]) => tf.mean(x!, [1, 2], node.attributes.keepSpatial),
  gradient(_node, dy, { inputs: [x] }) {
    const [n, h, w, c] = (x as Tensor4D).shape;
    const share = tf.tidy(() => tf.mul(tf.reshape(dy, [n, 1, 1, c]), tf.fill([1, h, w, 1], 1 / (h * w))));
    return { inputs: [share], parameters: {} };
  },
};
