import type { Predictions } from './bootstrap.ts';
import { predictedClass } from './confusion.ts';
import { numbered } from './draws.ts';
import { lossOf } from './metrics.ts';
import { countRanked, COUNTS, rankImages } from './ranking.ts';

/** What all figures of a set of predictions are made of, each case counted as often as its patient weighs. */
export interface Tally {
  /** Number of classes. */
  k: number;
  cases: number;
  /** k × k, row after row; rows: true class, columns: predicted class. */
  matrix: Float64Array;
  /** Cases of each class, and cases predicted as each. */
  actual: Float64Array;
  predicted: Float64Array;
  /** {@link COUNTS} numbers of each class against the rest; zeros of those that were not to be ranked. */
  ranked: Float64Array;
  /** Sum of the Brier scores of the cases, and of their losses. */
  squares: number;
  loss: number;
  /** Classes that occur among all cases, whatever the weights. */
  present: number[];
}

interface Numbers {
  /** Of each case. */
  patientOf: Uint32Array;
  patients: number;
  ranked?: readonly number[];
}

/**
 * Sorts the cases of each class once, so that they can be counted under any weights.
 *
 * Brier score of a case: of two classes (p − y)² of the second, in [0, 1]; of several the sum of that over the classes, in
 * [0, 2] (Brier 1950).
 *
 * @param numbers of the patients, if they are numbered already, and which classes are to be ranked, if not all
 * @returns how many patients there are, and the function that counts; O(cases × classes), nothing allocated, and what it
 * gives is overwritten by the next call
 */
export function tallying(
  { labels, probabilities, groups }: Predictions,
  k: number,
  numbers: Numbers = numberedBy(groups),
): { patients: number; tally(weights: Uint32Array): Tally } {
  const n = labels.length;
  const { patientOf, patients, ranked = Array.from({ length: k }, (_, label) => label) } = numbers;
  const classes = ranked.map((label) => {
    const images = rankImages(
      Uint8Array.from(labels, (each) => (each === label ? 1 : 0)),
      Float32Array.from({ length: n }, (_, image) => probabilities[image * k + label]!),
      patientOf,
    );
    return { label, images };
  });
  const cell = Uint32Array.from(
    { length: n },
    (_, image) => labels[image]! * k + predictedClass(probabilities, image, k),
  );
  const [squares, losses] = [new Float64Array(patients), new Float64Array(patients)];
  for (let image = 0; image < n; image++) {
    squares[patientOf[image]!]! += squaresOf(probabilities, image, labels[image]!, k);
    losses[patientOf[image]!]! += lossOf(probabilities[image * k + labels[image]!]!);
  }
  const found: Tally = {
    k,
    cases: 0,
    matrix: new Float64Array(k * k),
    actual: new Float64Array(k),
    predicted: new Float64Array(k),
    ranked: new Float64Array(k * COUNTS),
    squares: 0,
    loss: 0,
    present: [...new Set(Array.from(labels))].sort((a, b) => a - b),
  };
  return {
    patients,
    tally(weights) {
      for (const { label, images } of classes) countRanked(images, weights, found.ranked, label * COUNTS);
      found.matrix.fill(0);
      for (let image = 0; image < n; image++) found.matrix[cell[image]!]! += weights[patientOf[image]!]!;
      found.actual.fill(0);
      found.predicted.fill(0);
      found.cases = 0;
      for (let row = 0; row < k; row++)
        for (let column = 0; column < k; column++) {
          const count = found.matrix[row * k + column]!;
          found.actual[row]! += count;
          found.predicted[column]! += count;
          found.cases += count;
        }
      found.squares = 0;
      found.loss = 0;
      for (let each = 0; each < patients; each++) {
        found.squares += weights[each]! * squares[each]!;
        found.loss += weights[each]! * losses[each]!;
      }
      return found;
    },
  };
}

function numberedBy(groups: readonly string[]): Numbers {
  const { patients: patientOf, count: patients } = numbered(groups);
  return { patientOf, patients };
}

function squaresOf(probabilities: Float32Array, image: number, label: number, k: number): number {
  if (k === 2) return (probabilities[image * 2 + 1]! - label) ** 2;
  let sum = 0;
  for (let each = 0; each < k; each++) sum += (probabilities[image * k + each]! - (each === label ? 1 : 0)) ** 2;
  return sum;
}
