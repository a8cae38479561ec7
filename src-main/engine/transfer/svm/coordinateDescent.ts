import { shuffle } from '../../random.ts';
import type { Examples, Hyperplane } from './examples.ts';

/** A question of yes or no to a linear SVM. Arrays are by example, of all examples; only `rows` are learnt from. */
export interface BinaryProblem {
  rows: readonly number[];
  /** Whether the example is of the class. */
  positive: readonly boolean[];
  /** Cost of an error: C, times the weight of the example's class. */
  costs: ArrayLike<number>;
}

export interface Solution {
  /** By example, with the sign of its class: the hyperplane is the sum of all examples times these. */
  duals: Float64Array;
  plane: Hyperplane;
}

export interface DescentOptions {
  /** Uniform in [0, 1): for the order of examples. */
  random(): number;
  /** Largest spread of projected gradients of a pass at which it ends. LIBLINEAR's own is 0.1, scikit-learn's 1e-4. */
  tolerance?: number;
  /** Passes after which it ends at the latest. */
  passes?: number;
}

/**
 * Minimises ½ (|w|² + b²) + Σ cost · max(0, 1 − y (w · x + b))² by dual coordinate descent (Hsieh et al. 2008, ICML,
 * algorithm 1, for the L2 loss): what LIBLINEAR and scikit-learn's LinearSVC minimise. Gives way after every pass, so
 * that long work can be interrupted.
 */
export function* coordinateDescent(
  examples: Examples,
  { rows, positive, costs }: BinaryProblem,
  { random, tolerance = 0.01, passes = 1000 }: DescentOptions,
): Generator<void, Solution> {
  const plane = examples.hyperplane();
  const duals = new Float64Array(examples.count);
  const diagonal = Float64Array.from(costs, (cost) => 0.5 / cost);
  const curvature = new Float64Array(examples.count);
  for (const row of rows) curvature[row] = examples.squaredNorm(row) + diagonal[row]!;
  for (let pass = 0; pass < passes; pass++) {
    let [lowest, highest] = [Infinity, -Infinity];
    for (const row of shuffle(rows, random)) {
      const sign = positive[row] ? 1 : -1;
      const dual = sign * duals[row]!;
      const gradient = sign * plane.value(row) - 1 + diagonal[row]! * dual;
      const projected = dual === 0 ? Math.min(gradient, 0) : gradient;
      lowest = Math.min(lowest, projected);
      highest = Math.max(highest, projected);
      if (projected === 0) continue;
      const next = Math.max(dual - gradient / curvature[row]!, 0);
      plane.move(row, sign * (next - dual));
      duals[row] = sign * next;
    }
    if (highest - lowest <= tolerance) break;
    yield;
  }
  return { duals, plane };
}
