import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Weights } from '../../backbone/model.ts';
import { breathe } from '../breathe.ts';
import type { Engine } from '../tensor/engine.ts';
import type { Variables } from '../tensor/variables.ts';

/** As Task2Vec's authors fit their head: Adam of PyTorch, its penalty added to the gradient (their `_fit_classifier`). */
export const HEAD = { learningRate: 4e-4, weightDecay: 1e-4, epochs: 10, samples: 10_000, batch: 64 } as const;

/** 10 epochs of 10,000 images drawn, an incomplete batch left out. */
export const HEAD_STEPS = HEAD.epochs * Math.floor(HEAD.samples / HEAD.batch);

export const KERNEL = 'kernel';
export const BIAS = 'bias';
/** So many steps at a stretch. */
const STRETCH = 100;

/**
 * Fits a linear classifier on features by cross-entropy.
 * @param x [images, features]; stays the caller's
 * @param labels class of each image
 * @param start `kernel` [features, classes] and `bias` [classes] before the first step
 * @param batches of each step, the images by their rows
 * @returns `kernel` and `bias`; who called disposes of them
 */
export async function fitHead(
  engine: Engine,
  { x, labels }: { x: Tensor2D; labels: readonly number[] },
  {
    start,
    batches,
    signal,
  }: { start: Weights; batches: Iterable<readonly number[]>; signal?: AbortSignal | undefined },
): Promise<Variables> {
  const variables = engine.createVariables(start);
  const classes = start.get(BIAS)!.shape[0]!;
  let step = 0;
  try {
    for (const rows of batches) {
      const gradients = tf.tidy(() => {
        const features = tf.gather(x, [...rows]);
        const logits = tf.add(tf.matMul(features, variables.get(KERNEL) as Tensor2D), variables.get(BIAS));
        const targets = tf.oneHot(
          tf.tensor1d(
            rows.map((row) => labels[row]!),
            'int32',
          ),
          classes,
        );
        const slope = tf.div(
          tf.sub(tf.softmax(logits as Tensor2D), tf.cast(targets, 'float32')),
          rows.length,
        ) as Tensor2D;
        return { kernel: tf.matMul(features, slope, true, false), bias: tf.sum(slope, 0) };
      });
      const { learningRate, weightDecay } = HEAD;
      const optimiser = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
      variables.update(new Map(Object.entries(gradients)), { optimiser, learningRate, weightDecay, step: ++step });
      tf.dispose(gradients);
      if (step % STRETCH > 0) continue;
      signal?.throwIfAborted();
      await breathe();
    }
    return variables;
  } catch (thrown) {
    variables.dispose();
    throw thrown;
  }
}

/** Uniform within ± 1 / √features, as PyTorch's linear layer begins. */
export function initialHead(
  { features, classes }: { features: number; classes: number },
  random: () => number,
): Weights {
  const bound = 1 / Math.sqrt(features);
  const uniform = (length: number): Float32Array => Float32Array.from({ length }, () => (2 * random() - 1) * bound);
  return new Map([
    [KERNEL, { shape: [features, classes], data: uniform(features * classes) }],
    [BIAS, { shape: [classes], data: uniform(classes) }],
  ]);
}
