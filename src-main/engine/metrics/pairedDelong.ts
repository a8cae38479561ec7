import { structuralComponents } from './delong.ts';
import { normalQuantile } from './normal.ts';
import { normalTail } from './tails.ts';

/**
 * The difference of the AUROCs of two networks on the same independent images, one to a patient, by DeLong, DeLong and
 * Clarke-Pearson 1988: both have the variance of their structural components, and the covariance of these. Null where a
 * class has fewer than two images, and where the networks rank all of them alike, which leaves no variance to be seen.
 *
 * @param positive per image, 1 for the class and 0 for the rest
 * @returns own minus other, its normal interval, and the two-sided p of no difference
 */
export function pairedDelong(
  positive: Uint8Array,
  { own, other }: { own: Float32Array; other: Float32Array },
  confidence: number,
): { value: number; low: number; high: number; p: number } | null {
  const [a, b] = [structuralComponents(positive, own), structuralComponents(positive, other)];
  const gap = (label: 0 | 1) => a[label].map((each, at) => each - b[label][at]!);
  const [negatives, positives] = [gap(0), gap(1)];
  if (negatives.length < 2 || positives.length < 2) return null;
  const error = Math.sqrt(variance(positives) / positives.length + variance(negatives) / negatives.length);
  const value = mean(positives);
  if (error === 0) return null;
  const reach = normalQuantile((1 + confidence) / 2) * error;
  return { value, low: value - reach, high: value + reach, p: normalTail(value / error) };
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
