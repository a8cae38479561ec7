import { generator, shuffle } from '../../src-main/engine/random.ts';
import type { Metrics } from '../../src-main/contract/run.ts';
import { computeMetrics } from '../../src-main/engine/metrics/metrics.ts';
import { fitLogistic, predictLogistic, type Rows } from './regression.ts';

/** Pictures with a class and a group each; a group is never on both sides of a fold. */
export interface Labelled {
  labels: readonly number[];
  groups: readonly string[];
  classes: readonly string[];
}

/**
 * The fold of each picture: the groups of each class, by their first picture, are dealt out in random order.
 * @returns fold index in [0, folds) per picture
 */
export function foldsOf({ labels, groups, classes }: Labelled, folds: number, seed: number): number[] {
  const first = new Map<string, number>();
  groups.forEach((group, index) => first.has(group) || first.set(group, labels[index]!));
  const fold = new Map<string, number>();
  let dealt = 0;
  for (const label of classes.keys()) {
    const own = [...first].flatMap(([group, of]) => (of === label ? [group] : []));
    for (const group of shuffle(own, generator(seed, 'folds', label))) fold.set(group, dealt++ % folds);
  }
  return groups.map((group) => fold.get(group)!);
}

/** Logistic regression on standardised features, each picture predicted by the model that did not see its group. */
export function crossValidate(x: Rows, set: Labelled, folds: readonly number[]): Metrics {
  const classes = set.classes.length;
  const probabilities = new Float32Array(set.labels.length * classes);
  for (const fold of new Set(folds)) {
    const indices = [...folds.keys()];
    const train = indices.filter((index) => folds[index] !== fold);
    const test = indices.filter((index) => folds[index] === fold);
    const scale = standardiser(x, train);
    const weights = fitLogistic(
      scale(train),
      train.map((index) => set.labels[index]!),
      classes,
    );
    const predicted = predictLogistic(scale(test), weights, classes);
    test.forEach((index, row) =>
      probabilities.set(predicted.subarray(row * classes, (row + 1) * classes), index * classes),
    );
  }
  return computeMetrics(set.labels, probabilities, set.classes);
}

/** Mean 0 and standard deviation 1 over the training rows; a feature that is constant there becomes 0. */
function standardiser({ width, values }: Rows, train: readonly number[]): (rows: readonly number[]) => Rows {
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  for (const row of train) for (let j = 0; j < width; j++) mean[j]! += values[row * width + j]! / train.length;
  for (const row of train) {
    for (let j = 0; j < width; j++) square[j]! += (values[row * width + j]! - mean[j]!) ** 2 / train.length;
  }
  const factor = square.map((variance) => (variance > 0 ? 1 / Math.sqrt(variance) : 0));
  return (rows) => ({
    width,
    values: Float32Array.from({ length: rows.length * width }, (_, index) => {
      const j = index % width;
      return (values[rows[Math.floor(index / width)]! * width + j]! - mean[j]!) * factor[j]!;
    }),
  });
}
