import type { Interval } from '../../contract/comparison/shared.ts';
import { normalQuantile } from './normal.ts';

/**
 * AUROC with its interval by DeLong, DeLong and Clarke-Pearson 1988: the variance of the structural components, which
 * midranks give in O(n log n) (Sun and Xu 2014), taken as normal on the logit scale (Pepe 2003, section 5.2), where with
 * few images it holds the true value far more often than on the plain one. For independent images only, one to a patient.
 * Null where a class has fewer than two, and where the value is 0 or 1, which leave no variance to be seen.
 *
 * @param positive per image, 1 for the class and 0 for the rest
 * @param scores per image, larger for more likely positive; finite
 */
export function delongInterval(positive: Uint8Array, scores: Float32Array, confidence: number): Interval | null {
  const [negatives, positives] = structuralComponents(positive, scores);
  const value = mean(positives);
  if (positives.length < 2 || negatives.length < 2 || value === 0 || value === 1) return null;

  const error = Math.sqrt(variance(positives) / positives.length + variance(negatives) / negatives.length);
  const reach = (normalQuantile((1 + confidence) / 2) * error) / (value * (1 - value));
  const moved = (by: number) => 1 / (1 + ((1 - value) / value) * Math.exp(-by));
  return { value, low: moved(-reach), high: moved(reach), method: 'delong', undefinedResamples: 0 };
}

/**
 * Of each image, the share of the other class that it lies above, equal scores counting half.
 * @returns those of the negatives and of the positives, each in the order of the images
 */
export function structuralComponents(positive: Uint8Array, scores: Float32Array): [Float64Array, Float64Array] {
  const overall = midranks(scores);
  const above = (one: number): Float64Array => {
    const own = (_: unknown, image: number) => positive[image] === one;
    const within = midranks(scores.filter(own));
    return overall.filter(own).map((rank, at) => (rank - within[at]!) / (scores.length - within.length));
  };
  return [above(0), above(1)];
}

/** Rank of each score, counted from 1; equal scores share the mean of their ranks. */
function midranks(scores: Float32Array): Float64Array {
  // Numbers are sorted several times as fast as places of numbers.
  const ascending = scores.slice().sort();
  const ranks = new Float64Array(scores.length);
  for (let image = 0; image < scores.length; image++) {
    const below = countBelow(ascending, scores[image]!, 0);
    ranks[image] = (below + 1 + countBelow(ascending, scores[image]!, 1)) / 2;
  }
  return ranks;
}

/** How many of the scores lie below one, and with `equal` 1, how many do not lie above it. */
function countBelow(ascending: Float32Array, score: number, equal: 0 | 1): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle]! < score || (equal === 1 && ascending[middle] === score)) from = middle + 1;
    else to = middle;
  }
  return from;
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
