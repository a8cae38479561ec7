import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Features } from './examples.ts';

/** Inner products of all pairs of examples, [n, n]. */
export function innerProducts({ data, shape }: Features): Float32Array {
  const x = tf.tensor(data, [...shape], 'float32') as Tensor2D;
  const products = tf.matMul(x, x, false, true);
  const values = products.dataSync<'float32'>().slice();
  tf.dispose([x, products]);
  return values;
}
