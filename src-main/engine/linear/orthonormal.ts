import { addScaled, dot, matrix, rowOf, type Matrix } from './matrix.ts';

/** A row of which less than this share is left is in the span of those before it. */
const DEPENDENT = 1e-8;
/** With less left than this, what is left has lost digits: it is made orthogonal once more. */
const MUCH_LOST = 0.5;

/**
 * Orthonormal rows that span the rows of a matrix, by Gram-Schmidt, done twice where much of a row is lost: "twice is
 * enough" (Daniel et al. 1976; Giraud et al. 2005). Rows that depend on those before them are left out.
 */
export function orthonormalRows(a: Matrix): Matrix {
  const accepted: Float64Array[] = [];
  for (let i = 0; i < a.rows; i++) {
    const row = rowOf(a, i).slice();
    const first = length(row);
    const once = project(row, accepted);
    const norm = once < MUCH_LOST * first ? project(row, accepted) : once;
    if (norm > DEPENDENT * first) accepted.push(row.map((value) => value / norm));
  }
  const result = matrix(accepted.length, a.columns);
  accepted.forEach((row, i) => rowOf(result, i).set(row));
  return result;
}

/** Takes from a row, in place, what lies along the others. Returns the length that is left. */
function project(row: Float64Array, others: readonly Float64Array[]): number {
  for (const other of others) addScaled(row, other, -dot(row, other));
  return length(row);
}

const length = (row: Float64Array): number => Math.sqrt(dot(row, row));
