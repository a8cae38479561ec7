/** Double precision, row after row. */
export interface Matrix {
  rows: number;
  columns: number;
  data: Float64Array;
}

export function matrix(rows: number, columns: number, data: Float64Array = new Float64Array(rows * columns)): Matrix {
  return { rows, columns, data };
}

/** Row `i`, sharing the memory. */
export function rowOf({ columns, data }: Matrix, i: number): Float64Array {
  return data.subarray(i * columns, (i + 1) * columns);
}

/** The rows at these indices, in their order, as a new matrix. */
export function selectRows(a: Matrix, indices: readonly number[]): Matrix {
  const result = matrix(indices.length, a.columns);
  indices.forEach((index, i) => result.data.set(rowOf(a, index), i * a.columns));
  return result;
}

export function transpose({ rows, columns, data }: Matrix): Matrix {
  const result = matrix(columns, rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result.data[j * rows + i] = data[i * columns + j]!;
  return result;
}

/** Each column minus its mean, as a new matrix. */
export function centreColumns({ rows, columns, data }: Matrix): Matrix {
  const means = new Float64Array(columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) means[j]! += data[i * columns + j]! / rows;
  return matrix(
    rows,
    columns,
    data.map((value, at) => value - means[at % columns]!),
  );
}

/** Values of a row that are multiplied before the next rows are read: what stays in the processor's first cache. */
const STRIP = 512;

/**
 * A · Bᵀ: all inner products of rows. Four by two sums at once, over strips of the rows: several times faster than a
 * plain triple loop.
 * @param a [m × l]
 * @param b [k × l]
 * @returns [m × k]
 */
export function rowProducts(a: Matrix, b: Matrix): Matrix {
  const result = matrix(a.rows, b.rows);
  const length = a.columns;
  const symmetric = a === b;
  for (let from = 0; from < length; from += STRIP) {
    const to = Math.min(from + STRIP, length);
    for (let i = 0; i < a.rows; i += 4) {
      const last = symmetric ? Math.min(i + 4, b.rows) : b.rows;
      for (let j = 0; j < last; j += 2) addBlock(result, { a, b, i, j, from, to });
    }
  }
  if (symmetric) mirror(result);
  return result;
}

/** Adds the products over columns `from` to `to` of rows i to i + 3 and j to j + 1; rows that there are not repeat the last. */
function addBlock(
  { rows, columns, data: sums }: Matrix,
  { a, b, i, j, from, to }: { a: Matrix; b: Matrix; i: number; j: number; from: number; to: number },
): void {
  const x = a.data;
  const y = b.data;
  const row = (k: number): number => Math.min(i + k, rows - 1) * a.columns;
  const i0 = row(0);
  const i1 = row(1);
  const i2 = row(2);
  const i3 = row(3);
  const j0 = j * a.columns;
  const j1 = Math.min(j + 1, columns - 1) * a.columns;
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  // Without destructuring or nested loops, which cost the compiler its registers here: a factor of five.
  for (let t = from; t < to; t++) {
    const y0 = y[j0 + t]!;
    const y1 = y[j1 + t]!;
    s00 += x[i0 + t]! * y0;
    s01 += x[i0 + t]! * y1;
    s10 += x[i1 + t]! * y0;
    s11 += x[i1 + t]! * y1;
    s20 += x[i2 + t]! * y0;
    s21 += x[i2 + t]! * y1;
    s30 += x[i3 + t]! * y0;
    s31 += x[i3 + t]! * y1;
  }
  const pairs = [s00, s01, s10, s11, s20, s21, s30, s31];
  for (let k = 0; k < 4 && i + k < rows; k++)
    for (let h = 0; h < 2 && j + h < columns; h++) sums[(i + k) * columns + j + h]! += pairs[2 * k + h]!;
}

/** Copies the lower triangle to the upper one. */
function mirror({ rows, data }: Matrix): void {
  for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) data[j * rows + i] = data[i * rows + j]!;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** a + factor · b, in place. */
export function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}
