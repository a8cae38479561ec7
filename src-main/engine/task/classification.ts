import { tasks } from '../../contract/task/index.ts';
import { computeMetrics } from '../metrics/metrics.ts';
import { crossEntropy } from './crossEntropy.ts';
import type { Labelled, Task } from './task.ts';

/** One class an image: softmax cross-entropy, weighted by class. */
export const classification: Task = {
  describe: tasks.classification,

  targets(images, { classWeights }) {
    const weights = classWeights === 'none' ? images.classes.map(() => 1) : balanced(images);
    return (batch) => (logits) => crossEntropy(logits, labelsOf(images, batch), weights);
  },

  scores: (images, indices, probabilities) => computeMetrics(labelsOf(images, indices), probabilities, images.classes),

  epoch: ({ loss, auroc, auprc, accuracy }) => ({
    validationLoss: loss,
    validationAuroc: auroc,
    validationAuprc: auprc,
    validationAccuracy: accuracy,
  }),

  selection: ({ auprc, loss }) => ({ score: auprc ?? 0, loss }),
};

const labelsOf = ({ labels }: Labelled, indices: readonly number[]): number[] => indices.map((image) => labels[image]!);

/** Inverse class frequency in the training split, mean 1 over its images (as scikit-learn's `balanced`). */
function balanced({ labels, train, classes }: Labelled & { train: readonly number[] }): number[] {
  const counts = classes.map((_, label) => train.filter((image) => labels[image] === label).length);
  return counts.map((count) => train.length / (classes.length * count));
}
