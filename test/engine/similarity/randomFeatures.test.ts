import { describe, expect, it } from 'vitest';
import { generator } from '../../../src-main/engine/random.ts';
import { area, downsample, meanCurve } from '../../../src-main/engine/similarity/curve.ts';
import { randomCoefficients } from '../../../src-main/engine/similarity/randomFeatures.ts';
import { represent } from '../../../src-main/engine/similarity/representation.ts';
import { compareRepresentations, mean } from '../../../src-main/engine/similarity/svcca.ts';
import { normals } from './features.ts';

describe('CCA coefficients of random features', () => {
  const DRAWS = 300;

  // The last three: spaces that share dimensions, one that fills all, and equal ones that do.
  it.each([
    [40, 6, 6],
    [40, 3, 12],
    [30, 1, 1],
    [25, 10, 17],
    [12, 5, 11],
    [12, 11, 11],
  ])('are distributed as those of two drawn matrices: %i rows, %i and %i dimensions', (rows, p, q) => {
    const random = generator('test', rows, p, q);
    const drawn = Array.from({ length: DRAWS }, () => randomCoefficients(rows, [p, q], random));
    const direct = Array.from({ length: DRAWS }, (_, draw) => {
      const [a, b] = [represent(normals(rows, p, 'a', draw), 1), represent(normals(rows, q, 'b', draw), 1)];
      return compareRepresentations(a, b).coefficients;
    });
    // A coefficient lies in [0, 1], so its mean over 300 draws has a standard error below 0.03.
    const [ours, theirs] = [meanCurve(drawn), meanCurve(direct)];
    expect(ours).toHaveLength(Math.min(p, q));
    ours.forEach((value, i) => expect(Math.abs(value - theirs[i]!)).toBeLessThan(0.05));
    const squares = (curves: Float64Array[]) => meanCurve(curves.map((curve) => curve.map((value) => value ** 2)));
    squares(drawn).forEach((value, i) => expect(Math.abs(value - squares(direct)[i]!)).toBeLessThan(0.05));
  });

  it('lie at the known level: the mean square is that of the larger dimension in the rows', () => {
    const random = generator('test', 'level');
    const all = Array.from({ length: 20 }, () => randomCoefficients(1001, [50, 100], random));
    expect(mean(meanCurve(all.map((each) => each.map((value) => value ** 2))))).toBeCloseTo(100 / 1000, 2);
    // The edges of the spectrum (Wachter 1980) for 0.05 and 0.1 of the rows.
    const edge = (sign: number) => Math.sqrt(0.05 * 0.9) + sign * Math.sqrt(0.1 * 0.95);
    expect(meanCurve(all)[0]).toBeCloseTo(edge(1), 1);
    expect(meanCurve(all).at(-1)).toBeCloseTo(Math.abs(edge(-1)), 1);
  });

  it('are the same for the same seed', () => {
    const draw = () => randomCoefficients(100, [10, 20], generator(7, 'draw'));
    expect(draw()).toEqual(draw());
  });
});

describe('curves over the normalised index', () => {
  it('areas by the trapezoidal rule', () => {
    expect(area(Float64Array.of(1, 0))).toBe(0.5);
    expect(area(Float64Array.of(1, 1, 0))).toBe(0.75);
    expect(area(Float64Array.of(0.3))).toBe(0.3);
    expect(area(new Float64Array())).toBe(0);
  });

  it('are thinned out with both ends kept', () => {
    const line = Float64Array.from({ length: 1000 }, (_, i) => 1 - i / 999);
    const thin = downsample(line);
    expect(thin).toHaveLength(100);
    thin.forEach((value, i) => expect(value).toBeCloseTo(1 - i / 99, 12));
    expect(downsample(Float64Array.of(1, 0.5))).toEqual([1, 0.5]);
  });
});
