import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Metrics } from '../../../contract/evaluation.ts';
import { HAS, UNKNOWN } from '../../../contract/labelRows.ts';
import { computeLabelMetrics } from '../../metrics/labelMetrics.ts';
import { computeMetrics } from '../../metrics/metrics.ts';
import { fitLogistic, predictLogistic } from './regression.ts';

/**
 * Inverse strength of the penalty: on histology and skin lesions the best of 0.1 to 10,000, or within 0.003 AUROC of it, at
 * nearly all cuts of MobileNetV2.
 */
export const C = 10;

/** Class indices, and the classes' names; or labels of which each image may have several. */
export interface Labelled {
  labels: readonly number[];
  /** Of several labels: n × k, see contract/labelRows.ts. */
  rows?: Int8Array;
  classes: readonly string[];
}

/** A feature that varies less than this share of its mean over the training images is constant but for rounding. */
const CONSTANT = 1e-5;

/**
 * A linear probe by cross-validation: per fold, features are standardised by the other folds' mean and deviation, divided
 * by the root of their number, and a logistic regression is fitted to the other folds. So rows have length 1 in the mean
 * and one penalty means the same at every width: a prior variance of C on the logit.
 * @param x features [n, width]; stays the caller's
 * @param folds index of the fold that holds out each row
 * @returns metrics of each fold, by the model that saw none of its groups
 */
export function crossValidate(x: Tensor2D, set: Labelled, folds: readonly number[]): Metrics[] {
  const classes = set.classes.length;
  return [...new Set(folds)]
    .sort((a, b) => a - b)
    .map((fold) => {
      const [train, held] = [false, true].map((is) => [...folds.keys()].filter((row) => (folds[row] === fold) === is));
      if (set.rows) return probedLabels(x, { ...set, rows: set.rows }, { train: train!, held: held! });
      const labelsOf = (rows: readonly number[]) => rows.map((row) => set.labels[row]!);
      const probabilities = tf.tidy(() => {
        const [known, unknown] = standardised(x, train!, held!);
        const model = fitLogistic(known, labelsOf(train!), { classes, C });
        return predictLogistic(unknown, model);
      });
      return computeMetrics(labelsOf(held!), probabilities, set.classes);
    });
}

/**
 * Each label by a logistic regression of its own, on the images of which it is known; where these are all of one kind, its
 * probability is their share.
 */
function probedLabels(
  x: Tensor2D,
  { rows, classes }: Labelled & { rows: Int8Array },
  { train, held }: { train: readonly number[]; held: readonly number[] },
): Metrics {
  const k = classes.length;
  const probabilities = new Float32Array(held.length * k);
  classes.forEach((_, label) => {
    const known = train.filter((row) => rows[row * k + label] !== UNKNOWN);
    const has = known.map((row) => Number(rows[row * k + label] === HAS));
    const share = has.reduce((sum, one) => sum + one, 0) / Math.max(1, has.length);
    const found =
      share === 0 || share === 1
        ? null
        : tf.tidy(() => {
            const [own, unknown] = standardised(x, known, held);
            return predictLogistic(unknown, fitLogistic(own, has, { classes: 2, C }));
          });
    held.forEach((_row, at) => (probabilities[at * k + label] = found ? found[2 * at + 1]! : share));
  });
  const truth = Int8Array.from(held.flatMap((row) => [...rows.subarray(row * k, (row + 1) * k)]));
  return computeLabelMetrics(truth, probabilities, classes);
}

function standardised(x: Tensor2D, train: readonly number[], held: readonly number[]): [Tensor2D, Tensor2D] {
  const [known, unknown] = [train, held].map((rows) => tf.gather(x, tf.tensor1d([...rows], 'int32')));
  const { mean, variance } = tf.moments(known!, 0);
  const varies = tf.greater(variance, tf.mul(tf.square(mean), CONSTANT ** 2));
  const factor = tf.where(varies, tf.rsqrt(tf.mul(variance, x.shape[1])), tf.zerosLike(variance));
  return [known!, unknown!].map((rows) => tf.mul(tf.sub(rows, mean), factor)) as [Tensor2D, Tensor2D];
}
