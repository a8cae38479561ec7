import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { matrix, rowOf, rowProducts, transpose, type Matrix } from '../../../src-main/engine/linear/matrix.ts';
import { orthonormalRows } from '../../../src-main/engine/linear/orthonormal.ts';
import { represent } from '../../../src-main/engine/similarity/representation.ts';
import { singularValues } from '../../../src-main/engine/linear/singularValues.ts';
import { compareRepresentations, forcedCoefficients } from '../../../src-main/engine/similarity/svcca.ts';
import { multiply, normals, scaled, sum } from './features.ts';

interface Case {
  name: string;
  rows: number;
  features: [number, number];
  share: number;
  decay: number;
  seed: number;
  hidden: number;
  noise: number;
  expected: { kept: number[]; coefficients: number[]; cka: number };
}

const { cases, tolerance } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../golden/similarity.json'), 'utf8'),
) as { cases: Case[]; tolerance: number };

/** The features of a golden case: see test/golden/similarity.py. */
function featuresOf({ rows, features, seed, hidden, noise, decay }: Case): Matrix[] {
  let state = seed;
  const draw = (n: number, d: number): Matrix =>
    matrix(
      n,
      d,
      Float64Array.from({ length: n * d }, () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return (state >>> 8) / 2 ** 24 - 0.5;
      }),
    );
  const shared = draw(rows, hidden);
  return features.map((width) => {
    const made = sum(multiply(shared, draw(hidden, width)), scaled(draw(rows, width), noise));
    return matrix(
      rows,
      width,
      made.data.map((value, i) => value * decay ** (i % width) + 3),
    );
  });
}

describe('SVCCA and CKA', () => {
  it.each(cases)('are those of the published reference: $name', (each) => {
    const [a, b] = featuresOf(each).map((features) => represent(features, each.share));
    const { coefficients, meanSvcca, cka } = compareRepresentations(a!, b!);
    const { expected } = each;
    expect([a!.kept, b!.kept]).toEqual(expected.kept);
    expect(coefficients).toHaveLength(expected.coefficients.length);
    coefficients.forEach((value, i) => expect(Math.abs(value - expected.coefficients[i]!)).toBeLessThan(tolerance));
    expect(Math.abs(cka - expected.cka)).toBeLessThan(tolerance);
    expect(meanSvcca).toBeCloseTo(expected.coefficients.reduce((a, b) => a + b) / expected.coefficients.length, 9);
  });

  it('are 1 of a representation with itself', () => {
    for (const [rows, features] of [
      [100, 20],
      [20, 100],
    ] as const) {
      const a = represent(normals(rows, features, 'self'));
      const { coefficients, cka } = compareRepresentations(a, a);
      for (const value of coefficients) expect(value).toBeCloseTo(1, 12);
      expect(cka).toBeCloseTo(1, 12);
    }
  });

  it('do not depend on the order of the two', () => {
    const [a, b] = [represent(normals(90, 12, 'a')), represent(normals(90, 30, 'b'))];
    const [there, back] = [compareRepresentations(a, b), compareRepresentations(b, a)];
    expect(there.cka).toBeCloseTo(back.cka, 12);
    there.coefficients.forEach((value, i) => expect(value).toBeCloseTo(back.coefficients[i]!, 12));
  });

  it('CCA is invariant to invertible linear maps, also to one that is nearly singular', () => {
    const x = normals(300, 15, 'x');
    const y = sum(x, normals(300, 15, 'noise'));
    const map = normals(15, 15, 'map');
    const before = compareRepresentations(represent(x, 1), represent(y, 1)).coefficients;
    // Each column to a scale of its own, over five powers of ten: a covariance of condition 1e10 and more.
    const uneven = matrix(
      15,
      15,
      map.data.map((value, i) => value * 10 ** (-(i % 15) / 3)),
    );
    for (const each of [map, uneven]) {
      const after = compareRepresentations(represent(x, 1), represent(multiply(y, each), 1)).coefficients;
      after.forEach((value, i) => expect(Math.abs(value - before[i]!)).toBeLessThan(1e-7));
    }
  });

  it('CKA is invariant to rotations and to isotropic scaling, but not to all linear maps', () => {
    const x = normals(300, 15, 'x');
    const y = sum(x, normals(300, 15, 'noise'));
    const rotation = orthonormalRows(normals(15, 15, 'rotation'));
    const { cka } = compareRepresentations(represent(x), represent(y));
    const ckaWith = (map: Matrix) => compareRepresentations(represent(x), represent(multiply(y, map))).cka;
    expect(ckaWith(scaled(rotation, 7))).toBeCloseTo(cka, 12);
    expect(Math.abs(ckaWith(normals(15, 15, 'map')) - cka)).toBeGreaterThan(0.01);
  });

  it('counts the coefficients that dimension alone makes 1', () => {
    const [a, b] = [represent(normals(30, 20, 'a'), 1), represent(normals(30, 15, 'b'), 1)];
    expect(forcedCoefficients(a, b)).toBe(6);
    const { coefficients } = compareRepresentations(a, b);
    for (const value of coefficients.slice(0, 6)) expect(value).toBeCloseTo(1, 10);
    expect(coefficients[6]).toBeLessThan(0.9999);
    const wide = represent(normals(30, 200, 'wide'), 1);
    expect(forcedCoefficients(wide, b)).toBe(15);
    expect(compareRepresentations(wide, b).meanSvcca).toBeCloseTo(1, 10);
  });

  it('a layer that is constant has no directions and resembles nothing', () => {
    const dead = represent(matrix(20, 4, new Float64Array(80).fill(0.5)));
    expect(dead.kept).toBe(0);
    const { coefficients, meanSvcca, cka } = compareRepresentations(dead, represent(normals(20, 4, 'x')));
    expect([coefficients.length, meanSvcca, cka]).toEqual([0, 0, 0]);
  });

  it('refuses too few images and values that are not finite', () => {
    expect(() => represent(matrix(2, 3))).toThrow(/2 images/);
    expect(() => represent(matrix(5, 1, new Float64Array(5).fill(NaN)))).toThrow(/finite/);
  });
});

describe('linear algebra', () => {
  it('inner products of rows over several strips, whatever the number of rows', () => {
    for (const [m, k] of [
      [5, 3],
      [4, 4],
      [1, 7],
    ] as const) {
      const [a, b] = [normals(m, 1100, 'a', m), normals(k, 1100, 'b', k)];
      const products = rowProducts(a, b);
      for (let i = 0; i < m; i++)
        for (let j = 0; j < k; j++) {
          const direct = rowOf(a, i).reduce((total, value, t) => total + value * rowOf(b, j)[t]!, 0);
          expect(products.data[i * k + j]).toBeCloseTo(direct, 9);
        }
      const square = rowProducts(a, a);
      const copy = rowProducts(a, { ...a });
      square.data.forEach((value, i) => expect(value).toBeCloseTo(copy.data[i]!, 9));
    }
  });

  it('singular values are the lengths of orthogonal columns, small ones too', () => {
    const left = transpose(orthonormalRows(normals(6, 9, 'left')));
    const right = orthonormalRows(normals(6, 6, 'right'));
    const lengths = [1, 0.5, 1e-3, 1e-6, 1e-10, 0];
    const stretched = matrix(
      9,
      6,
      left.data.map((value, i) => value * lengths[i % 6]!),
    );
    for (const a of [multiply(stretched, right), transpose(multiply(stretched, right))])
      singularValues(a).forEach((value, i) => expect(Math.abs(value - lengths[i]!)).toBeLessThan(1e-15));
  });
});
