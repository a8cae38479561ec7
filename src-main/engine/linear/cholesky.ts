/**
 * Of a symmetric positive definite matrix A = L Lᵀ the inverse of L, lower triangular, and ln det A.
 * @param a [n × n], row after row; its lower triangle is read
 * @returns null where it is not positive definite
 */
export function inverseCholesky(a: Float64Array, n: number): { inverse: Float64Array; logDeterminant: number } | null {
  const lower = new Float64Array(n * n);
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j]!;
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
      else return null;
    }
    logDeterminant += 2 * Math.log(lower[i * n + i]!);
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    inverse[i * n + i] = 1 / lower[i * n + i]!;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= lower[i * n + k]! * inverse[k * n + j]!;
      inverse[i * n + j] = sum / lower[i * n + i]!;
    }
  }
  return { inverse, logDeterminant };
}
