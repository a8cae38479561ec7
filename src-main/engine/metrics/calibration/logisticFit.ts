/** Far more than what does not diverge needs. */
const MOST_STEPS = 50;
/** Relative to the coefficients. The step after one this small is below rounding: Newton's method doubles the digits. */
const SMALL = 1e-8;

export interface LogisticProblem {
  /** n × p, row after row; a column of ones for an intercept. */
  design: Float64Array;
  /** p. */
  columns: number;
  /** n targets in [0, 1]. */
  targets: ArrayLike<number>;
  /** n, at least 0; left out: 1 each. */
  weights?: ArrayLike<number>;
  /** n numbers added to the linear predictor. */
  offset?: ArrayLike<number>;
  /** p coefficients to begin with; left out: 0 each. */
  start?: ArrayLike<number>;
}

/**
 * Coefficients that maximise Σ w (t ln σ(η) + (1 − t) ln(1 − σ(η))), η = design · coefficients + offset: logistic
 * regression without penalty, by Newton's method with step halving. Of a few columns only.
 * @returns null where no finite coefficients do, as of separated data, or columns are dependent
 */
export function logisticFit(problem: LogisticProblem): Float64Array | null {
  const { columns, start } = problem;
  let at: Float64Array = start ? Float64Array.from(start) : new Float64Array(columns);
  let { loss, gradient, hessian } = derivatives(problem, at);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = solve(hessian, gradient, columns);
    if (direction === null) return null;
    let share = 1;
    let [next, found] = moved(problem, at, direction, share);
    // A little more by rounding is no step too far.
    while (!(found.loss <= loss + 1e-12 * Math.abs(loss)) && share > 1e-6) {
      share /= 2;
      [next, found] = moved(problem, at, direction, share);
    }
    const small = direction.every((by, column) => Math.abs(by) <= SMALL * (1 + Math.abs(next[column]!)));
    at = next;
    ({ loss, gradient, hessian } = found);
    if (small) return at;
  }
  return null;
}

function moved(problem: LogisticProblem, at: Float64Array, direction: Float64Array, share: number) {
  const next = at.map((value, column) => value - share * direction[column]!);
  return [next, derivatives(problem, next)] as [Float64Array, ReturnType<typeof derivatives>];
}

/** Of the negative log likelihood. Neither exponential can overflow. */
function derivatives({ design, columns, targets, weights, offset }: LogisticProblem, at: ArrayLike<number>) {
  const gradient = new Float64Array(columns);
  const hessian = new Float64Array(columns * columns);
  let loss = 0;
  for (let row = 0, first = 0; row < targets.length; row++, first += columns) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    let eta = offset === undefined ? 0 : offset[row]!;
    for (let column = 0; column < columns; column++) eta += design[first + column]! * at[column]!;
    const small = Math.exp(-Math.abs(eta));
    const probability = eta >= 0 ? 1 / (1 + small) : small / (1 + small);
    const target = targets[row]!;
    loss += weight * (Math.log1p(small) + (eta >= 0 ? (1 - target) * eta : -target * eta));
    const error = weight * (probability - target);
    const spread = (weight * small) / (1 + small) ** 2;
    for (let i = 0; i < columns; i++) {
      gradient[i]! += error * design[first + i]!;
      for (let j = 0; j <= i; j++) hessian[i * columns + j]! += spread * design[first + i]! * design[first + j]!;
    }
  }
  return { loss, gradient, hessian };
}

/** Solves a positive definite system by Cholesky's factors of its lower triangle; null where it is singular. */
function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array | null {
  const factor = Float64Array.from(matrix);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) value -= factor[i * size + k]! * factor[j * size + k]!;
      if (j < i) factor[i * size + j] = value / factor[j * size + j]!;
      else if (!(value > 1e-13 * matrix[i * size + i]!)) return null;
      else factor[i * size + i] = Math.sqrt(value);
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * size + k]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= factor[k * size + i]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  return x;
}
