import { quantile } from '../summary.ts';
import { logisticFit } from './logisticFit.ts';
import type { Target } from './target.ts';

/** Where knots lie among the values: Harrell 2015, table 2.3. The more that ties leave room for are taken. */
const KNOTS = [
  [0.05, 0.35, 0.65, 0.95],
  [0.1, 0.5, 0.9],
] as const;

/** Knots of restricted cubic splines, ascending and distinct; null where too many values are equal. */
export function knotsOf(values: Float64Array): number[] | null {
  const ascending = Float64Array.from(values).sort();
  const all = KNOTS.map((shares) => shares.map((share) => quantile(ascending, share)));
  return all.find((knots) => knots.every((knot, at) => at === 0 || knot > knots[at - 1]!)) ?? null;
}

/**
 * Restricted cubic splines of values, linear beyond the outer knots (Harrell 2015, equation 2.25, divided by the square of
 * the distance of the outer knots): a column of ones, the value, and one column less than there are inner knots and one.
 * @returns n × knots, row after row
 */
export function splineBasis(values: ArrayLike<number>, knots: readonly number[]): Float64Array {
  const columns = knots.length;
  const [last, before] = [knots.at(-1)!, knots.at(-2)!];
  const cube = (value: number) => Math.max(0, value) ** 3;
  const design = new Float64Array(values.length * columns);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    design[row * columns] = 1;
    design[row * columns + 1] = value;
    for (let at = 0; at < columns - 2; at++) {
      const knot = knots[at]!;
      const bent =
        cube(value - knot) -
        (cube(value - before) * (last - knot)) / (last - before) +
        (cube(value - last) * (before - knot)) / (last - before);
      design[row * columns + 2 + at] = bent / (last - knots[0]!) ** 2;
    }
  }
  return design;
}

/** A smooth reliability curve that can be fitted again to images that are drawn. */
export interface SplineCurve {
  knots: readonly number[];
  design: Float64Array;
  /** Of the places at which the curve is told, as probabilities. */
  grid: Float64Array;
  gridDesign: Float64Array;
}

export function splineCurve({ logOdds, probability }: Target, points: number): SplineCurve | null {
  const knots = knotsOf(logOdds);
  if (knots === null) return null;
  // Within what was predicted: probabilities of 0 and 1 have no log odds.
  const inside = probability.filter((each) => each > 0 && each < 1).sort();
  const [low, high] = [inside[0], inside.at(-1)];
  if (low === undefined || high === undefined || low === high) return null;
  const grid = Float64Array.from({ length: points }, (_, at) => low + ((high - low) * at) / (points - 1));
  const gridLogOdds = grid.map((each) => Math.log(each) - Math.log1p(-each));
  return { knots, design: splineBasis(logOdds, knots), grid, gridDesign: splineBasis(gridLogOdds, knots) };
}

/** Coefficients; null where no finite ones are likeliest. */
export const fitSpline = (
  { design, knots }: SplineCurve,
  positive: Uint8Array,
  weights?: ArrayLike<number>,
  start?: ArrayLike<number>,
): Float64Array | null =>
  logisticFit({
    design,
    columns: knots.length,
    targets: positive,
    ...(weights && { weights }),
    ...(start && { start }),
  });

/** Observed shares at the places of the grid. */
export function splineValues({ gridDesign, grid, knots }: SplineCurve, coefficients: Float64Array): Float64Array {
  return grid.map((_, row) => {
    let eta = 0;
    coefficients.forEach((each, column) => (eta += each * gridDesign[row * knots.length + column]!));
    return 1 / (1 + Math.exp(-eta));
  });
}
