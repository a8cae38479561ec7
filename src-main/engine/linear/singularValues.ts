import { householder } from './eigen.ts';
import { addScaled, dot, matrix, rowOf, transpose, type Matrix } from './matrix.ts';
import { tridiagonalEigen } from './tridiagonal.ts';

/**
 * Singular values of a matrix, in descending order: Householder's reduction to bidiagonal form (Golub and Kahan 1965), so
 * that no value is squared on the way. Errors are of the size of the rounding of the largest.
 */
export function singularValues(a: Matrix): Float64Array {
  const { diagonal, above } = bidiagonalise(a.rows < a.columns ? transpose(a) : a);
  return bidiagonalSingularValues(diagonal, above);
}

/**
 * Singular values of an upper bidiagonal matrix B, in descending order. They are the positive eigenvalues of [0 Bᵀ; B 0],
 * which, its rows reordered, is tridiagonal with a diagonal of zeros (Golub and Kahan 1965).
 * @param above values above the diagonal, one fewer
 */
export function bidiagonalSingularValues(diagonal: Float64Array, above: Float64Array): Float64Array {
  const k = diagonal.length;
  const beside = new Float64Array(2 * k);
  for (let i = 0; i < k; i++) {
    beside[2 * i] = diagonal[i]!;
    if (i + 1 < k) beside[2 * i + 1] = above[i]!;
  }
  const values = new Float64Array(2 * k);
  tridiagonalEigen(values, beside);
  return values
    .sort()
    .reverse()
    .subarray(0, k)
    .map((value) => Math.max(0, value));
}

/** Of a matrix with at least as many rows as columns. */
function bidiagonalise(given: Matrix): { diagonal: Float64Array; above: Float64Array } {
  const a = matrix(given.rows, given.columns, given.data.slice());
  const { rows, columns } = a;
  const diagonal = new Float64Array(columns);
  const above = new Float64Array(Math.max(0, columns - 1));
  for (let k = 0; k < columns; k++) {
    const below = householder(Float64Array.from({ length: rows - k }, (_, i) => a.data[(k + i) * columns + k]!));
    diagonal[k] = below.alpha;
    if (k + 1 === columns) break;
    const rest = Array.from({ length: rows - k }, (_, i) => rowOf(a, k + i).subarray(k + 1));
    const sums = new Float64Array(columns - k - 1);
    rest.forEach((row, i) => addScaled(sums, row, below.v[i]!));
    rest.forEach((row, i) => addScaled(row, sums, -below.beta * below.v[i]!));
    const right = householder(rest[0]!.slice());
    above[k] = right.alpha;
    for (const row of rest.slice(1)) addScaled(row, right.v, -right.beta * dot(row, right.v));
  }
  return { diagonal, above };
}
