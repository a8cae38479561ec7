import type { Levels } from './levels.ts';

export interface Learning {
  /** Of each image, from 0 to `classes` − 1. */
  labels: ArrayLike<number>;
  classes: number;
  /** Indices of the images that are learnt from. */
  training: Uint32Array;
}

/**
 * Learns from some images how often each value of each feature goes with each class, with one image of each added (Laplace),
 * and takes features as independent of one another within a class.
 * @returns the logit of each class against the rest, for an image
 */
export function naiveBayes(
  features: readonly Levels[],
  { labels, classes, training }: Learning,
): (image: number) => Float64Array {
  const held = new Float64Array(classes);
  for (const image of training) held[labels[image]!]! += 1;
  const tables = features.map(({ of, count }) => {
    const table = new Float64Array(count * classes).fill(1);
    for (const image of training) table[of[image]! * classes + labels[image]!]! += 1;
    return table.map((value, at) => Math.log(value / (held[at % classes]! + count)));
  });
  const prior = held.map((count) => Math.log(count / training.length));
  const joint = new Float64Array(classes);
  const logits = new Float64Array(classes);
  return (image) => {
    joint.set(prior);
    features.forEach(({ of }, feature) => {
      for (let label = 0, at = of[image]! * classes; label < classes; label++, at++)
        joint[label]! += tables[feature]![at]!;
    });
    for (let label = 0; label < classes; label++) logits[label] = joint[label]! - logSumOfOthers(joint, label);
    return logits;
  };
}

function logSumOfOthers(values: Float64Array, without: number): number {
  let [largest, sum] = [-Infinity, 0];
  for (let at = 0; at < values.length; at++) if (at !== without) largest = Math.max(largest, values[at]!);
  for (let at = 0; at < values.length; at++) if (at !== without) sum += Math.exp(values[at]! - largest);
  return largest + Math.log(sum);
}
