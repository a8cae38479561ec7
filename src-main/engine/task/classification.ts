import type { Metrics } from '../../contract/evaluation.ts';
import { tasks, type SelectionName } from '../../contract/task/index.ts';
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

  epoch: ({ loss, auroc, auprc, accuracy, balancedAccuracy }) => ({
    validationLoss: loss,
    validationAuroc: auroc,
    validationAuprc: auprc,
    validationAccuracy: accuracy,
    validationBalancedAccuracy: balancedAccuracy,
  }),

  selection: (figures, by) => ({ score: SCORES[by](figures), loss: figures.loss }),
};

/** What is not defined, for want of a class, is never better than anything. */
const SCORES: Readonly<Record<SelectionName, (figures: Metrics) => number>> = {
  auprc: ({ auprc }) => auprc ?? 0,
  auroc: ({ auroc }) => auroc ?? 0,
  loss: ({ loss }) => -loss,
  'balanced-accuracy': ({ balancedAccuracy }) => balancedAccuracy,
};

const labelsOf = ({ labels }: Labelled, indices: readonly number[]): number[] => indices.map((image) => labels[image]!);

/** Inverse class frequency in the training split, mean 1 over its images (as scikit-learn's `balanced`). */
function balanced({ labels, train, classes }: Labelled & { train: readonly number[] }): number[] {
  const counts = classes.map((_, label) => train.filter((image) => labels[image] === label).length);
  return counts.map((count) => train.length / (classes.length * count));
}
