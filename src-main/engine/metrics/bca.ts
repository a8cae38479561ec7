import { normalProbability, normalQuantile } from './normal.ts';
import { quantile } from './summary.ts';

/** Numbers that differ by less are equal: the order in which a sum is added up decides it. */
export const ROUNDING = 1e-12;

/**
 * Ends of the bias-corrected and accelerated bootstrap interval (Efron 1987; Efron and Tibshirani 1993, section 14.3). Of
 * resamples equal to the value one half lies below it.
 *
 * @param ascending the resamples that define the number, at least one
 * @param left the number with each patient left out
 * @returns null where all resamples lie on one side of the value, so that its bias cannot be told, and where single patients
 * weigh so much that the correction has no bound
 */
export function bcaEnds(
  value: number,
  { ascending, left }: { ascending: Float64Array; left: Float64Array },
  confidence: number,
): { low: number; high: number } | null {
  let below = 0;
  for (const each of ascending) below += Math.abs(each - value) < ROUNDING ? 0.5 : each < value ? 1 : 0;
  if (below === 0 || below === ascending.length) return null;
  const bias = normalQuantile(below / ascending.length);
  const acceleration = accelerationOf(left);
  const tail = (1 - confidence) / 2;
  const moved = [tail, 1 - tail].map((share) => bias + normalQuantile(share));
  if (moved.some((by) => acceleration * by >= 1)) return null;
  const [low, high] = moved.map((by) =>
    quantile(ascending, normalProbability(bias + by / (1 - acceleration * by))),
  ) as [number, number];
  return { low, high };
}

/** A sixth of the skewness of what each patient does to the number, by leaving it out; 0 where none does anything. */
export function accelerationOf(left: Float64Array): number {
  const mean = left.reduce((sum, each) => sum + each, 0) / left.length;
  let [squares, cubes] = [0, 0];
  for (const each of left) {
    squares += (mean - each) ** 2;
    cubes += (mean - each) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
