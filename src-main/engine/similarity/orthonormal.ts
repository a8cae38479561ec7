import { addScaled, dot, matrix, rowOf, type Matrix } from './matrix.ts';

/** A row of which less than this share is left is in the span of those before it. */
const DEPENDENT = 1e-8;

/**
 * Orthonormal rows that span the rows of a matrix, by Gram-Schmidt done twice: "twice is enough" (Giraud et al. 2005).
 * Rows that depend on those before them are left out.
 */
export function orthonormalRows(a: Matrix): Matrix {
  const accepted: Float64Array[] = [];
  for (let i = 0; i < a.rows; i++) {
    const row = rowOf(a, i).slice();
    const before = Math.sqrt(dot(row, row));
    for (let pass = 0; pass < 2; pass++) for (const other of accepted) addScaled(row, other, -dot(row, other));
    const norm = Math.sqrt(dot(row, row));
    if (norm > DEPENDENT * before) accepted.push(row.map((value) => value / norm));
  }
  const result = matrix(accepted.length, a.columns);
  accepted.forEach((row, i) => rowOf(result, i).set(row));
  return result;
}
