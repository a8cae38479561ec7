import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * Sigmoid binary cross-entropy of several labels an image, averaged over what is known. Of a known entry with the logit z it
 * is −[w y ln σ(z) + (1 − y) ln(1 − σ(z))], as torch.nn.BCEWithLogitsLoss with `pos_weight` w has it. It is computed in
 * double precision, by ln(1 + eᶻ), which overflows nowhere.
 * @param logits [n, k], stays the caller's
 * @param rows n × k, row after row: 1 the image has the label, 0 it has it not, −1 unknown
 * @param positiveWeights k, above 0
 * @returns the mean loss in nats and its gradient at the logits, [n, k], the caller's; 0 where nothing is known
 */
export function maskedCrossEntropy(
  logits: Tensor,
  rows: Int8Array,
  positiveWeights: ArrayLike<number>,
): { loss: number; gradient: Tensor } {
  const values = logits.dataSync<'float32'>();
  const k = positiveWeights.length;
  const gradient = new Float32Array(values.length);
  const known = rows.reduce((count, row) => count + (row < 0 ? 0 : 1), 0);
  let loss = 0;
  for (let at = 0; at < rows.length; at++) {
    if (rows[at]! < 0) continue;
    // ln(1 − σ(z)) is ln σ(−z), so that one expression serves both.
    const [sign, weight] = rows[at] === 1 ? [-1, positiveWeights[at % k]!] : [1, 1];
    const z = sign * values[at]!;
    loss += (weight * softplus(z)) / known;
    gradient[at] = (sign * weight) / (1 + Math.exp(-z)) / known;
  }
  return { loss, gradient: tf.tensor(gradient, logits.shape) };
}

/** ln(1 + eᶻ), which is −ln σ(−z). */
const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/**
 * Weights by which the positives of each label count as much as its negatives: known negatives / known positives, as the
 * documentation of torch.nn.BCEWithLogitsLoss has it; 1 where a label has no known positive or no known negative.
 * @param rows of the training images, n × k, as {@link maskedCrossEntropy} has them
 * @param k number of labels
 */
export function positiveWeights(rows: Int8Array, k: number): Float32Array {
  const [positives, negatives] = [new Uint32Array(k), new Uint32Array(k)];
  rows.forEach((row, at) => {
    if (row >= 0) (row === 1 ? positives : negatives)[at % k]! += 1;
  });
  return Float32Array.from(positives, (count, label) =>
    count === 0 || negatives[label] === 0 ? 1 : negatives[label]! / count,
  );
}
