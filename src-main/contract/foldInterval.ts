import type { z } from 'zod';
import type { meanAndDeviation } from './comparison/shared.ts';

/** 97.5 % quantiles of Student's t for 1 to 19 degrees of freedom. */
const T = [
  12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139, 2.200985,
  2.178813, 2.160369, 2.144787, 2.13145, 2.119905, 2.109816, 2.100922, 2.093024,
];

/**
 * 95 % interval of the mean of a score over the folds of a cross-validation, cut to [0, 1], with the variance corrected for
 * training sets that overlap (Nadeau and Bengio 2003, Inference for the Generalization Error): t · s · √(1/k + 1/(k − 1)).
 * @returns null for one fold, and for more than the 20 that there can be
 */
export function foldInterval({ mean, deviation, n: k }: z.infer<typeof meanAndDeviation>): [number, number] | null {
  const t = T[k - 2];
  if (deviation === null || t === undefined) return null;
  const half = t * deviation * Math.sqrt(1 / k + 1 / (k - 1));
  return [Math.max(0, mean - half), Math.min(1, mean + half)];
}
