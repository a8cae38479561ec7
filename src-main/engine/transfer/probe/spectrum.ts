import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Ops } from '../../tensor/ops.ts';

/** All that scores of transferability need of features F [n, width] with classes, in the basis of F's right singular vectors. */
export interface Spectrum {
  n: number;
  width: number;
  /** Squared singular values of F, min(n, width) of them. */
  squares: Float64Array;
  /** Per class that has images the sum of its rows of F, in that basis. */
  sums: Float64Array[];
  /** Images of these classes. */
  counts: number[];
  /** Of the centred features: trace and squared Frobenius norm of their covariance, and the mean fourth power of a row's length. */
  centred: { trace: number; norm: number; fourth: number };
}

/** @param x features [n, width]; stays the caller's */
export function spectrumOf(
  ops: Ops,
  x: Tensor2D,
  { labels, classes }: { labels: readonly number[]; classes: readonly string[] },
): Spectrum {
  const [n, width] = x.shape;
  const [squares, sums, trace, norm, fourth] = tf.tidy((): [Tensor1D, Tensor2D, Scalar, Scalar, Scalar] => {
    const indicator = tf.cast(tf.oneHot(tf.tensor1d([...labels], 'int32'), classes.length), 'float32') as Tensor2D;
    const { values, vectors } = ops.symmetricEigen(gram(x));
    const found = tf.relu(values);
    const inBasis =
      width < n
        ? tf.matMul(tf.matMul(indicator, x, true, false), vectors)
        : tf.mul(tf.matMul(indicator, vectors, true, false), tf.sqrt(found));
    const rows = tf.sub(x, tf.mean(x, 0)) as Tensor2D;
    const lengths = tf.sum(tf.square(rows), 1);
    return [
      found,
      inBasis as Tensor2D,
      tf.mean(lengths) as Scalar,
      tf.sum(tf.square(tf.div(gram(rows), n))) as Scalar,
      tf.mean(tf.square(lengths)) as Scalar,
    ];
  });
  const number = (scalar: Scalar): number => scalar.dataSync<'float32'>()[0]!;
  const all = Float64Array.from(sums.dataSync<'float32'>());
  const rank = squares.shape[0];
  const present = [...new Set(labels)].sort((a, b) => a - b);
  const spectrum = {
    n,
    width,
    squares: Float64Array.from(squares.dataSync<'float32'>()),
    sums: present.map((of) => all.subarray(of * rank, (of + 1) * rank)),
    counts: present.map((of) => labels.filter((label) => label === of).length),
    centred: { trace: number(trace), norm: number(norm), fourth: number(fourth) },
  };
  tf.dispose([squares, sums, trace, norm, fourth]);
  return spectrum;
}

/** x xᵀ or xᵀ x, whichever is smaller: they have the same eigenvalues but for zeros. */
const gram = (x: Tensor2D): Tensor2D =>
  x.shape[1] < x.shape[0] ? tf.matMul(x, x, true, false) : tf.matMul(x, x, false, true);
