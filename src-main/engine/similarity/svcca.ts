import { matrix, rowOf, rowProducts, type Matrix } from '../linear/matrix.ts';
import type { Representation } from './representation.ts';
import { singularValues } from '../linear/singularValues.ts';

export interface Comparison {
  /** CCA coefficients between the kept directions, in [0, 1], in descending order; as many as the fewer directions. */
  coefficients: Float64Array;
  /** Their mean: the SVCCA similarity (Raghu et al. 2017). 0 without any. */
  meanSvcca: number;
  /** Linear CKA of all features, in [0, 1] (Kornblith et al. 2019, arXiv:1905.00414, eq. 8). */
  cka: number;
}

/**
 * SVCCA and linear CKA of two layers over the same images. With orthonormal bases U and W of the two spaces, CCA
 * coefficients are the singular values of Uᵀ W (Björck and Golub 1973): no covariance is inverted. Linear CKA,
 * ‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖), follows from the same product weighted by the singular values.
 */
export function compareRepresentations(a: Representation, b: Representation): Comparison {
  const products = rowProducts(a.directions, b.directions);
  const coefficients = unitInterval(singularValues(leadingBlock(products, a.kept, b.kept)));
  return { coefficients, meanSvcca: mean(coefficients), cka: linearCka(products, a.singular, b.singular) };
}

/** CCA coefficients between two spaces given by orthonormal rows, in descending order. */
export function canonicalCorrelations(a: Matrix, b: Matrix): Float64Array {
  return unitInterval(singularValues(rowProducts(a, b)));
}

/** How many coefficients are 1 whatever the features: two spaces that together have more dimensions than there are images. */
export function forcedCoefficients(a: Representation, b: Representation): number {
  const forced = a.kept + b.kept - (a.rows - 1);
  return Math.min(Math.max(0, forced), a.kept, b.kept);
}

function linearCka(products: Matrix, a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let sum = 0;
  a.forEach((left, i) => {
    const row = rowOf(products, i);
    for (let j = 0; j < row.length; j++) sum += (left * b[j]! * row[j]!) ** 2;
  });
  return Math.min(1, sum / (fourthMoment(a) * fourthMoment(b)));
}

/** ‖XᵀX‖ from the singular values of X. */
const fourthMoment = (singular: Float64Array): number =>
  Math.sqrt(singular.reduce((sum, value) => sum + value ** 4, 0));

function leadingBlock(a: Matrix, rows: number, columns: number): Matrix {
  const block = matrix(rows, columns);
  for (let i = 0; i < rows; i++) rowOf(block, i).set(rowOf(a, i).subarray(0, columns));
  return block;
}

/** Rounding may leave the interval by 1e-15. */
const unitInterval = (values: Float64Array): Float64Array => values.map((value) => Math.min(1, Math.max(0, value)));

export const mean = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
