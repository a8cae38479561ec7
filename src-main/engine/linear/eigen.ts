import { addScaled, dot, matrix, rowOf, type Matrix } from './matrix.ts';
import { tridiagonalEigen } from './tridiagonal.ts';

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, the largest first: Householder's reduction to tridiagonal form, then
 * the implicit QL algorithm (Golub and Van Loan, Matrix Computations, 8.3). Own code since ml-matrix 6.12 takes three times
 * as long for 512 × 512, and there is no LAPACK for Node without a compiler.
 * @returns values in descending order; vectors as rows
 */
export function symmetricEigen(symmetric: Matrix): { values: Float64Array; vectors: Matrix } {
  const { diagonal, beside, basis } = tridiagonalise(symmetric);
  tridiagonalEigen(diagonal, beside, basis);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j]! - diagonal[i]!);
  const vectors = matrix(order.length, order.length);
  order.forEach((from, to) => rowOf(vectors, to).set(rowOf(basis, from)));
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

/** A = Q T Qᵀ with T tridiagonal; `basis` is Qᵀ, `beside` the values next to the diagonal (the last is 0). */
function tridiagonalise({ rows: n, data }: Matrix): { diagonal: Float64Array; beside: Float64Array; basis: Matrix } {
  const a = matrix(n, n, data.slice());
  const beside = new Float64Array(n);
  const reflectors: { v: Float64Array; beta: number }[] = [];
  for (let k = 0; k + 1 < n; k++) {
    const reflector = householder(rowOf(a, k).slice(k + 1));
    beside[k] = reflector.alpha;
    reflectors.push(reflector);
    reflectBothSides(a, k + 1, reflector);
  }
  const basis = matrix(n, n);
  for (let i = 0; i < n; i++) basis.data[i * n + i] = 1;
  for (let k = n - 2; k >= 0; k--) {
    const { v, beta } = reflectors[k]!;
    for (let i = k + 1; i < n; i++) {
      const row = rowOf(basis, i).subarray(k + 1);
      addScaled(row, v, -beta * dot(row, v));
    }
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a.data[i * n + i]!), beside, basis };
}

/**
 * The reflection I − beta v vᵀ that turns x into (alpha, 0, …, 0).
 * @param x is overwritten by v
 */
export function householder(x: Float64Array): { v: Float64Array; beta: number; alpha: number } {
  const scale = x.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (scale === 0) return { v: x, beta: 0, alpha: 0 };
  for (let i = 0; i < x.length; i++) x[i]! /= scale;
  const alpha = -Math.sign(x[0]! || 1) * Math.sqrt(dot(x, x));
  x[0]! -= alpha;
  return { v: x, beta: 2 / dot(x, x), alpha: alpha * scale };
}

/** H A H on the rows and columns from `first` on; A stays symmetric: A − v wᵀ − w vᵀ. */
function reflectBothSides(a: Matrix, first: number, { v, beta }: { v: Float64Array; beta: number }): void {
  if (beta === 0) return;
  const rows = Array.from(v, (_, i) => rowOf(a, first + i).subarray(first));
  const w = Float64Array.from(rows, (row) => beta * dot(row, v));
  addScaled(w, v, (-beta / 2) * dot(w, v));
  rows.forEach((row, i) => {
    const vi = v[i]!;
    const wi = w[i]!;
    for (let j = 0; j < row.length; j++) row[j]! -= vi * w[j]! + wi * v[j]!;
  });
}
