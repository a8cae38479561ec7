import type { BinnedError, ReliabilityBin } from '../../../contract/calibration.ts';
import { normalQuantile } from '../normal.ts';
import { quantile } from '../summary.ts';
import { wilson } from '../wilson.ts';

const MOST_BINS = 10;
/** Below twice as many there are no bins. */
const IMAGES_A_BIN = 10;

/** Which bin an image is in. */
interface Binning {
  /** One more than bins; some bins may be empty, where many probabilities are equal. */
  edges: Float64Array;
  /** Per image. */
  of: Uint8Array;
}

/**
 * Bins of about as many images each, ten of them or fewer with at least ten images each: edges are quantiles of the
 * probabilities, and equal probabilities are in one bin, as of `calibration_curve(strategy='quantile')` of scikit-learn.
 * Null below 20 images.
 */
function binning(values: Float64Array): Binning | null {
  const bins = Math.min(MOST_BINS, Math.floor(values.length / IMAGES_A_BIN));
  if (bins < 2) return null;
  const ascending = Float64Array.from(values).sort();
  const edges = Float64Array.from({ length: bins + 1 }, (_, at) => quantile(ascending, at / bins));
  const inner = edges.subarray(1, bins);
  const of = Uint8Array.from(values, (value) => {
    const at = inner.findIndex((edge) => value <= edge);
    return at === -1 ? bins - 1 : at;
  });
  return { edges, of };
}

/** Images, sum of probabilities, and positives of each bin. */
interface BinSums {
  count: Float64Array;
  predicted: Float64Array;
  positive: Float64Array;
}

function sumsOf(
  { edges, of }: Binning,
  { positive, probability }: { positive: ArrayLike<number>; probability: ArrayLike<number> },
): BinSums {
  const size = edges.length - 1;
  const sums = { count: new Float64Array(size), predicted: new Float64Array(size), positive: new Float64Array(size) };
  for (let image = 0; image < of.length; image++) {
    const bin = of[image]!;
    sums.count[bin]! += 1;
    sums.predicted[bin]! += probability[image]!;
    sums.positive[bin]! += positive[image]!;
  }
  return sums;
}

/** Expected calibration error: Σ |predicted − positive| over the bins, by the number of images (Naeini et al. 2015). */
function expectedError({ count, predicted, positive }: BinSums): number {
  let [sum, all] = [0, 0];
  for (let bin = 0; bin < count.length; bin++) {
    sum += Math.abs(predicted[bin]! - positive[bin]!);
    all += count[bin]!;
  }
  return sum / all;
}

/**
 * What {@link expectedError} is if every image is of the class with its own probability, on average and at most in 95 of 100
 * cases. The sum of a bin is about normal with the variance σ² = Σ p (1 − p), its size half-normal with the mean σ √(2 / π)
 * and the variance σ² (1 − 2 / π); their sum over the bins is about normal again.
 */
function errorByChance({ of, edges }: Binning, probability: Float64Array): { mean: number; high: number } {
  const variance = new Float64Array(edges.length - 1);
  of.forEach((bin, image) => (variance[bin]! += probability[image]! * (1 - probability[image]!)));
  const mean = variance.reduce((sum, each) => sum + Math.sqrt((2 * each) / Math.PI), 0);
  const deviation = Math.sqrt(variance.reduce((sum, each) => sum + each * (1 - 2 / Math.PI), 0));
  return { mean: mean / of.length, high: (mean + normalQuantile(0.95) * deviation) / of.length };
}

/** Root of the mean squared error of the bins without what chance adds (Kumar, Liang and Ma 2019, section 4.1). */
function debiasedError({ count, predicted, positive }: BinSums): number {
  let [sum, all] = [0, 0];
  count.forEach((n, bin) => {
    all += n;
    if (n < 2) return;
    const share = positive[bin]! / n;
    sum += n * ((predicted[bin]! / n - share) ** 2 - (share * (1 - share)) / (n - 1));
  });
  return Math.sqrt(Math.max(0, sum / all));
}

/** The bins that hold images, as they are shown. */
function reliability({ edges }: Binning, sums: BinSums, confidence: number): ReliabilityBin[] {
  return Array.from(sums.count).flatMap((count, bin) => {
    if (count === 0) return [];
    const { low, high } = wilson(sums.positive[bin]!, count, confidence);
    const [mean, observed] = [sums.predicted[bin]! / count, sums.positive[bin]! / count];
    return [{ from: edges[bin]!, to: edges[bin + 1]!, count, mean, observed, low, high }];
  });
}

/** Bins of probabilities, and how far they are from the truth. */
export function binnedError(
  of: { positive: ArrayLike<number>; probability: Float64Array },
  confidence: number,
): BinnedError {
  const bins = binning(of.probability);
  if (bins === null)
    return { bins: [], ece: null, chance: null, debiased: null, eceWhy: 'Fewer than 20 images are too few for bins.' };
  const sums = sumsOf(bins, of);
  return {
    bins: reliability(bins, sums, confidence),
    ece: expectedError(sums),
    chance: errorByChance(bins, of.probability),
    debiased: debiasedError(sums),
    eceWhy: null,
  };
}
