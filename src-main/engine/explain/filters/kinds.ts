import type { FilterKind, FilterStatistics } from '../../../contract/explain.ts';
import { MARGIN } from './ascent.ts';
import { luminancePower } from './spectrum.ts';

/**
 * Kinds of filters (Fok, Transfer learning from non-medical source data, figure 4) by what is measured on their images.
 * The first rule that holds decides; what none holds for is `complex`.
 */
export const KIND_RULES: readonly { kind: FilterKind; statistic: keyof FilterStatistics; least: number }[] = [
  { kind: 'directional', statistic: 'coherence', least: 0.5 },
  { kind: 'colour', statistic: 'chroma', least: 0.65 },
  { kind: 'noise', statistic: 'flatness', least: 0.5 },
];

/** What the channel looked at of an image made by ascent: without the margin that did not count. */
export function innerPart(pixels: Uint8Array, size: number): { pixels: Uint8Array; size: number } {
  const margin = Math.floor(size * MARGIN);
  const kept = size - 2 * margin;
  const inner = new Uint8Array(kept * kept * 3);
  for (let y = 0; y < kept; y++) {
    const start = ((y + margin) * size + margin) * 3;
    inner.set(pixels.subarray(start, start + kept * 3), y * kept * 3);
  }
  return { pixels: inner, size: kept };
}

export function kindOf(statistics: FilterStatistics): FilterKind {
  return KIND_RULES.find(({ statistic, least }) => statistics[statistic] >= least)?.kind ?? 'complex';
}

/**
 * What is measured on an image.
 * - coherence: (λ₁ − λ₂) / (λ₁ + λ₂) of the structure tensor summed over the image (Bigün and Granlund 1987): 1 where
 *   all edges run one way.
 * - chroma: share of the squared distances from grey in the energy of the image about mid-grey.
 * - flatness: geometric over arithmetic mean of the power spectrum of the luminance: that of white noise is 0.56 (e^−γ),
 *   and noise is what has nine tenths of it.
 * - entropy: of the same spectrum, as a share of the most that is possible.
 * - orientations: local maxima, at least a fifth above the mean, in a histogram of the orientations of the gradient in 12
 *   bins, weighted by its squared length and smoothed.
 * @param pixels size × size × 3 bytes of RGB
 */
export function measure(pixels: Uint8Array, size: number): FilterStatistics {
  const luminance = new Float64Array(size * size);
  let [grey, colour] = [0, 0];
  for (let i = 0; i < luminance.length; i++) {
    const rgb = [pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!];
    const level = (rgb[0]! + rgb[1]! + rgb[2]!) / 3;
    luminance[i] = level;
    grey += 3 * (level - 127.5) ** 2;
    for (const value of rgb) colour += (value - level) ** 2;
  }
  return {
    ...oriented(luminance, size),
    ...spectral(luminance, size),
    chroma: colour === 0 ? 0 : colour / (grey + colour),
  };
}

const BINS = 12;

function oriented(values: Float64Array, size: number): Pick<FilterStatistics, 'coherence' | 'orientations'> {
  let [xx, yy, xy] = [0, 0, 0];
  const histogram = new Float64Array(BINS);
  const at = (x: number, y: number): number => values[y * size + x]!;
  for (let y = 1; y < size - 1; y++)
    for (let x = 1; x < size - 1; x++) {
      // Scharr's operator, whose direction is right to a degree.
      const gx = 3 * (at(x + 1, y - 1) - at(x - 1, y - 1) + at(x + 1, y + 1) - at(x - 1, y + 1)) + 10 * (at(x + 1, y) - at(x - 1, y)); // prettier-ignore
      const gy = 3 * (at(x - 1, y + 1) - at(x - 1, y - 1) + at(x + 1, y + 1) - at(x + 1, y - 1)) + 10 * (at(x, y + 1) - at(x, y - 1)); // prettier-ignore
      xx += gx * gx;
      yy += gy * gy;
      xy += gx * gy;
      const angle = (Math.atan2(gy, gx) + 2 * Math.PI) % Math.PI;
      histogram[Math.min(BINS - 1, Math.floor((angle / Math.PI) * BINS))]! += gx * gx + gy * gy;
    }
  const total = xx + yy;
  return {
    coherence: total === 0 ? 0 : Math.hypot(xx - yy, 2 * xy) / total,
    orientations: peaks(histogram),
  };
}

function peaks(histogram: Float64Array): number {
  const around = (bin: number): number => histogram[(bin + BINS) % BINS]!;
  const smooth = histogram.map((value, bin) => (around(bin - 1) + 2 * value + around(bin + 1)) / 4);
  const mean = smooth.reduce((sum, value) => sum + value, 0) / BINS;
  return smooth.filter(
    (value, bin) =>
      value >= 1.2 * mean && value > smooth[(bin + BINS - 1) % BINS]! && value >= smooth[(bin + 1) % BINS]!,
  ).length;
}

function spectral(values: Float64Array, size: number): Pick<FilterStatistics, 'flatness' | 'entropy'> {
  const power = luminancePower(values, size);
  const total = power.reduce((sum, value) => sum + value, 0);
  if (total === 0) return { flatness: 0, entropy: 0 };
  let [logs, entropy] = [0, 0];
  for (const value of power) {
    const share = value / total;
    logs += Math.log(share + 1e-12);
    if (share > 0) entropy -= share * Math.log(share);
  }
  return { flatness: Math.exp(logs / power.length) * power.length, entropy: entropy / Math.log(power.length) };
}
