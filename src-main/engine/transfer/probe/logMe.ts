import type { Spectrum } from './spectrum.ts';

const MOST_STEPS = 200;
const CONVERGED = 1e-6;
/** Of the features, single precision: what is a smaller share cannot be told from nothing. Keeps a perfect fit finite. */
const ROUNDING = 2 ** -23;

/**
 * LogME (You et al. 2021, arXiv:2102.11005): the evidence that a Bayesian linear model gives the labels, maximised over the
 * precisions of its weights and of the noise by the fixed-point iteration of their algorithm 1; per image, and the mean over
 * the classes against the rest. Larger is better; only differences between features for the same labels have a meaning.
 */
export function logMe(spectrum: Spectrum): number {
  const evidences = spectrum.sums.map((sums, of) => evidence(spectrum, sums, spectrum.counts[of]!));
  return evidences.reduce((sum, value) => sum + value, 0) / evidences.length;
}

/**
 * @param sums Fᵀ y in the basis of the right singular vectors
 * @param squared yᵀ y
 */
function evidence({ n, squares }: Spectrum, sums: Float64Array, squared: number): number {
  const largest = Math.max(...squares);
  const least = ROUNDING * largest || Number.MIN_VALUE;
  // Where the features say nothing of a class, its evidence grows with the ratio for ever, by less and less.
  const most = largest / ROUNDING || 1;
  let [ratio, alpha, beta] = [1, 1, 1];
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gamma, weights, residual } = fit({ squares, sums, squared }, ratio);
    beta = (n - gamma) / residual;
    alpha = weights > 0 ? Math.min(gamma / weights, most * beta) : most * beta;
    const next = Math.max(alpha / beta, least);
    const change = Math.abs(next - ratio);
    ratio = next;
    if (change <= CONVERGED * ratio) break;
  }
  const { weights, residual } = fit({ squares, sums, squared }, ratio);
  // Directions that the features lack have the precision alpha: they cancel against the prior's.
  let logDeterminant = 0;
  for (const square of squares) logDeterminant += Math.log1p(square / ratio);
  const logLikelihood = (n / 2) * Math.log(beta / (2 * Math.PI)) - (beta / 2) * residual;
  return (logLikelihood - (alpha / 2) * weights - logDeterminant / 2) / n;
}

/** At a ratio of the precisions: effective number of parameters, squared length of the weights, squared residual. */
function fit(
  { squares, sums, squared }: { squares: Float64Array; sums: Float64Array; squared: number },
  ratio: number,
): { gamma: number; weights: number; residual: number } {
  let [gamma, weights, residual] = [0, 0, squared];
  for (let i = 0; i < squares.length; i++) {
    const total = squares[i]! + ratio;
    const share = (sums[i]! / total) ** 2;
    gamma += squares[i]! / total;
    weights += share;
    residual -= share * (squares[i]! + 2 * ratio);
  }
  return { gamma, weights, residual: Math.max(residual, ROUNDING * squared) };
}
