import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { matrix, type Matrix } from '../../linear/matrix.ts';
import type { Ops } from '../../tensor/ops.ts';

/**
 * Features in the basis of their first principal components, as many as it takes to explain a share of their variance, scaled
 * by one factor so that these have a variance of 1 in the mean.
 * @param x features [n, width]; stays the caller's
 * @param share in (0, 1)
 * @returns [n × d]; d is 0 where no feature varies
 */
export function principalComponents(ops: Ops, x: Tensor2D, share: number): Matrix {
  const [n, width] = x.shape;
  const [values, scores] = tf.tidy((): [tf.Tensor1D, Tensor2D] => {
    const centred = tf.sub(x, tf.mean(x, 0)) as Tensor2D;
    const narrow = width < n;
    const { values, vectors } = ops.symmetricEigen(tf.matMul(centred, centred, narrow, !narrow));
    const found = tf.relu(values);
    return [found, narrow ? tf.matMul(centred, vectors) : (tf.mul(vectors, tf.sqrt(found)) as Tensor2D)];
  });
  const [variances, all] = [values.dataSync<'float32'>(), scores.dataSync<'float32'>()];
  tf.dispose([values, scores]);
  const rank = variances.length;
  const total = variances.reduce((sum, value) => sum + value, 0);
  let [d, explained] = [0, 0];
  // The smallest come first.
  while (explained < share * total) explained += variances[rank - ++d]!;
  const scale = d === 0 ? 1 : Math.sqrt((n * d) / explained);
  const result = matrix(n, d);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) result.data[i * d + j] = scale * all[i * rank + rank - 1 - j]!;
  return result;
}
