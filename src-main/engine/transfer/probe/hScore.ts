import type { Spectrum } from './spectrum.ts';

/**
 * H-score (Bao et al. 2019) in the shrinkage form of Ibrahim et al. 2021 (arXiv:2110.06893): the part of the features'
 * covariance that lies between the classes, tr(Σₐ⁻¹ (1 − a) Σ_between), where Σₐ is the covariance shrunk towards a multiple of
 * the identity with the intensity a of Ledoit and Wolf 2004. From 0 to the number of classes less one; larger is better.
 */
export function hScore(spectrum: Spectrum): number {
  const { n, width, squares, sums, counts, centred } = spectrum;
  const shrinkage = ledoitWolf(spectrum);
  const ridge = (shrinkage * centred.trace) / width;
  const mean = squares.map((_, i) => sums.reduce((sum, of) => sum + of[i]!, 0) / n);
  // The shrunk covariance is a diagonal less a multiple of mean · meanᵀ: its inverse by Sherman and Morrison.
  const diagonal = squares.map((square) => ((1 - shrinkage) * square) / n + ridge);
  const product = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) if (diagonal[i]! > 0) sum += (a[i]! * b[i]!) / diagonal[i]!;
    return sum;
  };
  const removed = 1 - (1 - shrinkage) * product(mean, mean);
  const between = sums.map((of, index) => {
    const shift = of.map((sum, i) => sum / counts[index]! - mean[i]!);
    const along = product(shift, mean);
    return (counts[index]! / n) * (product(shift, shift) + ((1 - shrinkage) * along ** 2) / removed);
  });
  return (1 - shrinkage) * between.reduce((sum, value) => sum + value, 0);
}

/** Intensity in [0, 1] at which the shrunk covariance has the smallest expected error. */
function ledoitWolf({ n, width, centred: { trace, norm, fourth } }: Spectrum): number {
  const distance = norm - trace ** 2 / width;
  if (distance <= 0) return 1;
  return Math.min(1, Math.max(0, (fourth - norm) / n / distance));
}
