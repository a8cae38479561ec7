import { pearson, spearman } from '../metrics/rank/correlation.ts';
import type { RawMap } from './activationMap.ts';
import { resizeBilinear, type Field } from './resize.ts';
import { shown } from './restored.ts';

/** How much two maps of one image agree. Null where a map has one value only, and there is nothing to correlate. */
export interface Agreement {
  /** Spearman's rank correlation of the raw maps, at the resolution of the features. */
  spearman: number | null;
  /** The same of their absolute values. */
  spearmanAbsolute: number | null;
  /** Pearson's correlation of the raw maps. */
  pearson: number | null;
  /** Structural similarity of the maps as shown: positive part, upsampled to the network's input, 0 to 1. */
  ssim: number;
}

/** Figures as in Adebayo et al. 2018, Sanity Checks for Saliency Maps (arXiv:1810.03292), section 3. */
export function agreement(a: RawMap, b: RawMap, size: number): Agreement {
  const [absoluteA, absoluteB] = [a.values.map(Math.abs), b.values.map(Math.abs)];
  return {
    spearman: spearman(a.values, b.values),
    spearmanAbsolute: spearman(absoluteA, absoluteB),
    pearson: pearson(a.values, b.values),
    ssim: ssim(asShown(a, size), asShown(b, size)),
  };
}

/** Means of figures; what is undefined in some is the mean of the others, and null where it is undefined in all. */
export function meanAgreement(all: readonly Agreement[]): Agreement {
  const mean = (of: (each: Agreement) => number | null): number | null => {
    const known = all.map(of).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return {
    spearman: mean(({ spearman }) => spearman),
    spearmanAbsolute: mean(({ spearmanAbsolute }) => spearmanAbsolute),
    pearson: mean(({ pearson }) => pearson),
    ssim: mean(({ ssim }) => ssim) ?? 0,
  };
}

/** Positive part over the network's input, its largest value 1. */
function asShown(raw: RawMap, size: number): Field {
  const { values, ...rest } = resizeBilinear(shown(raw), size, size);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  return { ...rest, values: largest > 0 ? values.map((value) => value / largest) : values };
}

/** Constants of Wang et al. 2004: a Gaussian window of deviation 1.5 and 11 pixels, K1 and K2, for values of 0 to 1. */
const WINDOW = Float64Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * 1.5 ** 2)));
const WINDOW_SUM = WINDOW.reduce((sum, value) => sum + value, 0);
const [C1, C2] = [0.01 ** 2, 0.03 ** 2];

/**
 * Structural similarity (Wang et al. 2004, doi:10.1109/TIP.2003.819861) of two fields of values of 0 to 1 and equal size,
 * at least 11 × 11; the mean over all places at which the window fits.
 */
export function ssim(a: Field, b: Field): number {
  const { height, width } = a;
  const product = (x: Field, y: Field): Float64Array => Float64Array.from(x.values, (value, i) => value * y.values[i]!);
  const mean = (values: ArrayLike<number>): Float64Array => windowed(values, height, width);
  const [meanA, meanB] = [mean(a.values), mean(b.values)];
  const [squareA, squareB, both] = [mean(product(a, a)), mean(product(b, b)), mean(product(a, b))];
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const [x, y] = [meanA[i]!, meanB[i]!];
    const luminance = (2 * x * y + C1) / (x * x + y * y + C1);
    const spread = squareA[i]! - x * x + squareB[i]! - y * y;
    sum += (luminance * (2 * (both[i]! - x * y) + C2)) / (spread + C2);
  }
  return sum / meanA.length;
}

/** Means under the Gaussian window where it fits whole: (height - 10) × (width - 10). */
function windowed(values: ArrayLike<number>, height: number, width: number): Float64Array {
  const across = alongRows(values, height, width);
  const turned = transpose(across, height, width - 10);
  return transpose(alongRows(turned, width - 10, height), width - 10, height - 10);
}

function alongRows(values: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * (columns - 10));
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns - 10; x++) {
      let sum = 0;
      for (let i = 0; i < 11; i++) sum += WINDOW[i]! * values[y * columns + x + i]!;
      result[y * (columns - 10) + x] = sum / WINDOW_SUM;
    }
  return result;
}

function transpose(values: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) result[x * rows + y] = values[y * columns + x]!;
  return result;
}
