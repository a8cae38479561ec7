import { studentQuantile, studentTail } from './tails.ts';
import { meanAndDeviation } from './summary.ts';

/** A mean over folds and seeds with its interval. */
export interface CorrectedMean {
  mean: number;
  low: number;
  high: number;
  /** Runs. */
  n: number;
  /** Two-sided, of a mean of zero. */
  p: number;
}

/**
 * The mean over the runs of a cross-validation with the corrected resampled t interval of Nadeau and Bengio (2003, section
 * 3): folds share training patients and are not independent, so that the variance of their mean is taken to be
 * (1/J + n₂/n₁) s² and not s²/J; J − 1 degrees of freedom. For repeated cross-validation J counts all folds of all
 * repetitions (Bouckaert and Frank 2004). Null with fewer than two runs, and where all are equal, which leaves no variance
 * to be seen.
 *
 * @param ratio n₂/n₁: patients that a run is tested on for each that it was trained on
 */
export function correctedMean(values: readonly number[], ratio: number, confidence: number): CorrectedMean | null {
  const found = meanAndDeviation(values);
  if (found === null || !found.deviation) return null;
  const { mean, deviation, n } = found;
  const error = deviation * Math.sqrt(1 / n + ratio);
  const reach = studentQuantile((1 + confidence) / 2, n - 1) * error;
  return { mean, low: mean - reach, high: mean + reach, n, p: studentTail(mean / error, n - 1) };
}
