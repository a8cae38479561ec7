import type { Features } from './examples.ts';

/** Mean and standard deviation of every feature. */
export interface Scale {
  mean: Float64Array;
  deviation: Float64Array;
}

/** Deviations below this share of the largest are rounding: such a feature says nothing, and must not be blown up. */
const NEGLIGIBLE = 1e-6;

/**
 * Brings every feature to mean 0 and variance 1 over the examples, in place, as scikit-learn's StandardScaler; one that is
 * the same everywhere to 0.
 * @returns what was subtracted, and what it was divided by (infinite for a feature that is the same everywhere)
 */
export function standardise({ data, shape: [count, width] }: Features): Scale {
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  const each = (visit: (feature: number, at: number) => void): void => {
    for (let at = 0; at < count * width; at++) visit(at % width, at);
  };
  each((feature, at) => (mean[feature]! += data[at]! / count));
  each((feature, at) => (squares[feature]! += (data[at]! - mean[feature]!) ** 2 / count));
  const deviation = squares.map(Math.sqrt);
  const least = NEGLIGIBLE * deviation.reduce((largest, value) => Math.max(largest, value), 0);
  deviation.forEach((value, feature) => {
    if (value <= least) deviation[feature] = Infinity;
  });
  each((feature, at) => (data[at] = (data[at]! - mean[feature]!) / deviation[feature]!));
  return { mean, deviation };
}
