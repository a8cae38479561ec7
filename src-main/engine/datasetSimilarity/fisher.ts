import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { breathe } from '../breathe.ts';
import { parameterGradients } from '../execute/gradient.ts';
import type { Network } from '../execute/run.ts';
import type { Filters } from './filters.ts';

/** Images that go through the network together, and how much their squared gradient counts. */
export interface FisherBatch {
  /** [n, h, w, c] as the network takes it; stays the caller's. */
  x: Tensor4D;
  /** All together: 1. */
  weight: number;
}

export interface FisherOptions {
  filters: Filters;
  /** Uniform in [0, 1): draws the labels. */
  random(): number;
  /** Labels drawn for each image; the squares are averaged. */
  draws: number;
  signal?: AbortSignal | undefined;
  /** Told after each batch. */
  onBatch?: ((done: number) => void) | undefined;
}

/**
 * The diagonal of the Fisher information matrix of a network's filters, E over images and over labels y drawn from the
 * network's own p(y | x) of (∂ log p(y | x) / ∂ w)², averaged over the weights of each filter (Achille et al. 2019,
 * arXiv:1902.03545, section 2). Batch normalisation is by its stored statistics, and there is no dropout.
 *
 * With batches of one image this is the definition, by Monte Carlo. With larger ones it is the square of the mean gradient
 * of the batch, as the authors' code has it: about a batch-th of the former, of gradients that partly cancel.
 * @param network whose last node are logits [n, classes]
 * @returns one value for each filter, 0 or more
 * @throws the signal's reason when it is aborted
 */
export async function fisherOf(
  network: Network,
  batches: Iterable<FisherBatch>,
  { filters, random, draws, signal, onBatch }: FisherOptions,
): Promise<Float32Array> {
  let sum = tf.zeros([filters.count]) as Tensor1D;
  try {
    let done = 0;
    for (const { x, weight } of batches) {
      signal?.throwIfAborted();
      for (let draw = 0; draw < draws; draw++) {
        const squares = filterSquares(network, x, { filters, random });
        const next = tf.tidy(() => tf.add(sum, tf.mul(squares, weight / draws)) as Tensor1D);
        tf.dispose([sum, squares]);
        sum = next;
      }
      onBatch?.(++done);
      await breathe();
    }
    return (await sum.data()) as Float32Array;
  } finally {
    sum.dispose();
  }
}

/** The squared gradient of the mean log-likelihood of one batch, with one drawn label an image, averaged over each filter. */
function filterSquares(
  network: Network,
  x: Tensor4D,
  { filters, random }: Pick<FisherOptions, 'filters' | 'random'>,
): Tensor1D {
  const gradients = parameterGradients(network, x, {
    of: filters.nodes,
    outputGradient: (logits) => scoreGradient(logits, random),
  });
  try {
    return tf.tidy(() =>
      tf.concat1d(
        filters.kernels.map(({ key, filters: n }) =>
          tf.mean<Tensor1D>(tf.square(tf.reshape(gradients.get(key)!, [-1, n])), 0),
        ),
      ),
    );
  } finally {
    tf.dispose([...gradients.values()]);
  }
}

/**
 * ∂ of the mean of log p(y | x) over a batch by its logits, up to the sign, with a y drawn for each image.
 *
 * The squares of one image alone are an expectation over y, so y may be drawn by what it contributes and the square be
 * weighted back: with chances ∝ p(y) |e_y − p|², where e_y − p is the gradient by the logits. The expectation is the same,
 * and what networks that are sure of nearly every image leave to rare labels is not left to chance. The square of a mean
 * over images is no such sum; there, y is drawn from p(y | x).
 * @param logits [n, classes]
 */
function scoreGradient(logits: Tensor, random: () => number): Tensor {
  const [n, classes] = logits.shape as [number, number];
  const values = logits.dataSync() as Float32Array;
  const gradient = new Float32Array(n * classes);
  for (let row = 0; row < n; row++) {
    const p = softmax(values.subarray(row * classes, (row + 1) * classes));
    const squares = p.map((share) => 1 - 2 * share + p.reduce((sum, each) => sum + each * each, 0));
    const parts = n === 1 ? p.map((share, c) => share * squares[c]!) : p;
    const total = parts.reduce((a, b) => a + b, 0);
    const label = drawn(parts, random() * total);
    const scale = n === 1 ? Math.sqrt(total / squares[label]!) : 1 / n;
    p.forEach((share, c) => (gradient[row * classes + c] = (share - (c === label ? 1 : 0)) * scale));
  }
  return tf.tensor2d(gradient, [n, classes]);
}

function softmax(logits: Float32Array): Float64Array {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const exponentials = Float64Array.from(logits, (value) => Math.exp(value - most));
  const total = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / total);
}

/** The class in whose part of the line from 0 to the sum of all a number lies. */
function drawn(parts: Float64Array, at: number): number {
  let sum = 0;
  const found = parts.findIndex((part) => (sum += part) > at);
  return found < 0 ? parts.length - 1 : found;
}
