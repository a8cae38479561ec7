import { spearman } from './correlation.ts';
import { kendallExact, spearmanExact } from './exact.ts';
import { bootstrapInterval, zInterval, type RankInterval } from './intervals.ts';
import { kendall, weightedKendall } from './kendall.ts';
import { permutationP, type Statistic } from './permutations.ts';

export type RankStatistic = 'spearman' | 'kendall' | 'weightedKendall';

export interface RankCorrelation {
  /** In [−1, 1]. */
  value: number;
  /** Two-sided, of independence. */
  p: number;
  /** `exact`: of all n! orders; `permutations`: of `draws` random ones. */
  method: 'exact' | 'permutations';
  draws: number | null;
  interval: RankInterval | null;
}

const STATISTICS: Readonly<
  Record<RankStatistic, { measure: Statistic; exact: (x: readonly number[], y: readonly number[]) => number | null }>
> = {
  spearman: { measure: spearman, exact: spearmanExact },
  kendall: { measure: kendall, exact: kendallExact },
  weightedKendall: { measure: weightedKendall, exact: () => null },
};

/**
 * A rank correlation of n independent pairs with its two-sided p-value and an interval.
 * @param x at most a few hundred values; all finite
 * @returns null where fewer than three pairs are there, or x or y is constant
 */
export function rankCorrelation(
  statistic: RankStatistic,
  x: readonly number[],
  y: readonly number[],
  confidence: number,
): RankCorrelation | null {
  const { measure, exact } = STATISTICS[statistic];
  const value = x.length < 3 ? null : measure(x, y);
  if (value === null) return null;
  const p = exact(x, y);
  const tested = p === null ? permutationP(x, y, measure) : { p, draws: null };
  return {
    ...{ value, p: tested.p, draws: tested.draws, method: tested.draws === null ? 'exact' : 'permutations' },
    interval:
      statistic === 'weightedKendall'
        ? bootstrapInterval(measure, { x, y, value }, confidence)
        : zInterval(statistic, { value, n: x.length }, confidence),
  };
}
