import { tasks } from '../../contract/task/index.ts';
import { computeLabelMetrics } from '../metrics/labelMetrics.ts';
import { classification } from './classification.ts';
import { maskedCrossEntropy, positiveWeights } from './maskedCrossEntropy.ts';
import type { Labelled, Task } from './task.ts';

/** Several labels an image: sigmoid cross-entropy of what is known, the positives of each label weighted up to its negatives. */
export const multiLabel: Task = {
  ...classification,
  describe: tasks['multi-label'],

  targets(images, { classWeights }) {
    const k = images.classes.length;
    const weights =
      classWeights === 'none' ? new Float32Array(k).fill(1) : positiveWeights(rowsOf(images, images.train), k);
    return (batch) => (logits) => maskedCrossEntropy(logits, rowsOf(images, batch), weights);
  },

  scores: (images, indices, probabilities) =>
    computeLabelMetrics(rowsOf(images, indices), probabilities, images.classes),
};

/** Rows of labels of these images, one after another. */
function rowsOf({ rows, classes }: Labelled, indices: readonly number[]): Int8Array {
  const k = classes.length;
  const taken = new Int8Array(indices.length * k);
  indices.forEach((image, at) => taken.set(rows!.subarray(image * k, (image + 1) * k), at * k));
  return taken;
}
