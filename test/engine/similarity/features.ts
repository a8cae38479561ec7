import { generator } from '../../../src-main/engine/random.ts';
import { matrix, rowProducts, transpose, type Matrix } from '../../../src-main/engine/linear/matrix.ts';
import { standardNormal } from '../../../src-main/engine/similarity/randomFeatures.ts';

/** Standard normal values, [rows × columns]. */
export function normals(rows: number, columns: number, ...seed: (string | number)[]): Matrix {
  const random = generator('test', ...seed);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => standardNormal(random)),
  );
}

export const multiply = (a: Matrix, b: Matrix): Matrix => rowProducts(a, transpose(b));

export const scaled = (a: Matrix, factor: number): Matrix =>
  matrix(
    a.rows,
    a.columns,
    a.data.map((value) => factor * value),
  );

export const sum = (a: Matrix, b: Matrix): Matrix =>
  matrix(
    a.rows,
    a.columns,
    a.data.map((value, i) => value + b.data[i]!),
  );
