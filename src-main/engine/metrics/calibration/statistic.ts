import type { CalibrationFigure } from '../../../contract/calibration.ts';
import { quantile } from '../summary.ts';

/** More resamples without a number than this, and an end of the interval cannot be told: they lie beyond one of them. */
const MOST_UNDEFINED = 0.025;

/** A number of the images, and how it is told again of images that are drawn. */
export interface Statistic {
  /** Null where the images do not define it. */
  value: number | null;
  /** Why they do not. */
  why: string | null;
  /** @param weights how often each image was drawn @returns NaN where those do not define it */
  again(weights: Float64Array): number;
}

/** How intervals are made. */
export interface Certainty {
  /** Two-sided, in (0, 1). */
  confidence: number;
  /** Why none can be made of these images at all. */
  why: string | null;
}

export const undefinedBecause = (why: string): Statistic => ({ value: null, why, again: () => NaN });

/** @param drawn what the statistic is in each resample */
export function figureOf({ value, why }: Statistic, drawn: ArrayLike<number>, certainty: Certainty): CalibrationFigure {
  if (value === null) return { value, interval: null, why };
  if (certainty.why !== null) return { value, interval: null, why: certainty.why };
  const interval = endsOf(drawn, certainty.confidence);
  const none = (reason: string) => ({ value, interval: null, why: reason });
  if (interval === null) return none('Too many resamples give no number: how far it may lie cannot be told.');
  // Of no variance, resampling sees none.
  if (interval.low === interval.high) return none('All resamples give the same number, which is not certainty.');
  return { value, interval, why: null };
}

/**
 * Percentiles of resamples (Efron and Tibshirani 1993, section 13.3); null where more than a few give no number.
 * @param confidence two-sided, in (0, 1)
 */
export function endsOf(drawn: ArrayLike<number>, confidence: number): { low: number; high: number } | null {
  const defined = Float64Array.from(drawn)
    .filter((each) => !Number.isNaN(each))
    .sort();
  if (defined.length === 0 || drawn.length - defined.length > MOST_UNDEFINED * drawn.length) return null;
  const tail = (1 - confidence) / 2;
  return { low: quantile(defined, tail), high: quantile(defined, 1 - tail) };
}
