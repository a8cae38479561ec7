import { CutpointError } from '../../contract/errors.ts';
import type { Metrics } from '../../contract/evaluation.ts';
import { confusionMatrix, rates } from './confusion.ts';
import { ranking } from './ranking.ts';

/** The smallest positive 32-bit float. A probability of the true class that underflowed to 0 counts as this, so that
 * the loss stays finite (at most 103.3 for one image). */
const SMALLEST = 2 ** -149;

/** Cross-entropy of one image in nats, by the probability of its true class. */
export const lossOf = (probability: number): number => -Math.log(Math.max(probability, SMALLEST));

/**
 * All metrics of predictions on labelled images.
 *
 * Two classes: AUROC, AUPRC, sensitivity and specificity of the positive class, which is the second. Several: each class
 * against the rest, and their plain mean; a class that the data do not define (no image of it) is null in `perClass` and
 * left out of the mean. Balanced accuracy: mean sensitivity of the classes present. Loss: mean −ln p(true class),
 * unweighted.
 *
 * @param labels n class indices in [0, k)
 * @param probabilities n × k, row after row, each row summing to 1
 * @param classes k names
 * @throws TRAINING_DIVERGED where a probability is not a number; RangeError (a defect) where lengths or labels do not fit
 */
export function computeMetrics(
  labels: ArrayLike<number>,
  probabilities: Float32Array,
  classes: readonly string[],
): Metrics {
  const n = labels.length;
  const k = classes.length;
  check(labels, probabilities, k);
  const matrix = confusionMatrix(labels, probabilities, k);
  const perClass = classes.map((name, index) => {
    const positive = Uint8Array.from(labels, (label) => (label === index ? 1 : 0));
    const scores = Float32Array.from({ length: n }, (_, i) => probabilities[i * k + index]!);
    const images = positive.reduce((sum, one) => sum + one, 0);
    return { name, images, ...ranking(positive, scores), ...rates(matrix, index) };
  });
  const overall = (metric: 'auroc' | 'auprc' | 'sensitivity' | 'specificity') =>
    k === 2 ? perClass[1]![metric] : meanOfDefined(perClass.map((one) => one[metric]));

  let loss = 0;
  for (let i = 0; i < n; i++) loss += lossOf(probabilities[i * k + labels[i]!]!);

  return {
    auroc: overall('auroc'),
    auprc: overall('auprc'),
    accuracy: matrix.reduce((hits, row, index) => hits + row[index]!, 0) / n,
    // Some class is present, so the mean is defined.
    balancedAccuracy: meanOfDefined(perClass.map((one) => one.sensitivity)) ?? 0,
    sensitivity: overall('sensitivity'),
    specificity: overall('specificity'),
    loss: loss / n,
    perClass,
    confusionMatrix: matrix,
  };
}

/** Mean of what is defined; null where nothing is. */
export function meanOfDefined(values: (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((a, b) => a + b, 0) / defined.length;
}

function check(labels: ArrayLike<number>, probabilities: Float32Array, k: number): void {
  const n = labels.length;
  if (n === 0) throw new RangeError('metrics of no images');
  if (k < 2) throw new RangeError(`metrics of ${k} classes`);
  if (probabilities.length !== n * k) throw new RangeError(`${probabilities.length} probabilities for ${n} × ${k}`);
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= k) throw new RangeError(`label ${label} of ${k} classes`);
  }
  if (probabilities.some((value) => !Number.isFinite(value))) {
    throw new CutpointError('TRAINING_DIVERGED', 'The network answers with values that are not numbers.', {
      remedy: 'Train again with a smaller learning rate.',
    });
  }
}
