import { rowOf, type Matrix } from './matrix.ts';

/** More than ever needed; two or three for a value are usual. */
const ITERATIONS = 60;

/**
 * Eigenvalues of a symmetric tridiagonal matrix, in no order, by the implicit QL algorithm with Wilkinson's shift (Golub
 * and Van Loan, 8.3.5). Errors are of the size of the rounding of the largest.
 * @param diagonal becomes the eigenvalues
 * @param beside values next to the diagonal, the last one 0; overwritten
 * @param basis Qᵀ of the matrix A = Q T Qᵀ whose eigenvectors are wanted: its rows become them
 */
export function tridiagonalEigen(diagonal: Float64Array, beside: Float64Array, basis?: Matrix): void {
  const n = diagonal.length;
  const [d, e] = [diagonal, beside];
  const size = d.reduce((largest, value, i) => Math.max(largest, Math.abs(value) + Math.abs(e[i]!)), 0);
  const negligible = Number.EPSILON * size;
  for (let l = 0; l < n; l++) {
    for (let iteration = 0; ; iteration++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]!) > negligible) m++;
      if (m === l) break;
      if (iteration === ITERATIONS) throw new Error('the eigenvalues do not converge: values that are not finite?');
      sweep(d, e, { l, m, basis });
    }
  }
}

/** One QL step on the block from l to m. */
function sweep(
  d: Float64Array,
  e: Float64Array,
  { l, m, basis }: { l: number; m: number; basis: Matrix | undefined },
): void {
  const half = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.sqrt(half * half + 1);
  let g = d[m]! - d[l]! + e[l]! / (half + (half < 0 ? -root : root));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      // The block splits here; the next step works on its parts.
      d[i + 1]! -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    const t = (d[i]! - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    if (basis) rotate(rowOf(basis, i), rowOf(basis, i + 1), c, s);
  }
  d[l]! -= p;
  e[l] = g;
  e[m] = 0;
}

function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let k = 0; k < a.length; k++) {
    const x = a[k]!;
    const y = b[k]!;
    b[k] = s * x + c * y;
    a[k] = c * x - s * y;
  }
}
