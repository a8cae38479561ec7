import { ESTIMATES, type EstimateName } from '../../../contract/transferEstimates.ts';
import type { RankAgreement } from '../../../contract/transferability.ts';
import { holm } from '../../metrics/nonInferiority.ts';
import { rankCorrelation, type RankStatistic } from '../../metrics/rank/index.ts';

/** A cut or a source with what was measured of it, and what it was estimated by. */
export interface Ranked {
  measured: number;
  estimates: Partial<Record<EstimateName, number | null>>;
}

const LEVEL = 0.05;
const CONFIDENCE = 0.95;

/** How each estimate that any of these have ranked what was measured. */
export function agreementsOf(items: readonly Ranked[]): RankAgreement[] {
  const found = ESTIMATES.flatMap((estimate) => {
    const pairs = items.flatMap(({ measured, estimates }) => {
      const value = estimates[estimate] ?? null;
      return value === null ? [] : [{ value, measured }];
    });
    if (pairs.length === 0) return [];
    const of = (statistic: RankStatistic) =>
      rankCorrelation(
        statistic,
        pairs.map(({ value }) => value),
        pairs.map(({ measured }) => measured),
        CONFIDENCE,
      );
    const [spearman, kendall, weightedKendall] = [of('spearman'), of('kendall'), of('weightedKendall')];
    return [{ estimate, n: pairs.length, spearman, kendall, weightedKendall }];
  });
  // Who looks at several estimates finds one that agrees by chance the more easily.
  const rejected = holm(
    found.map(({ kendall }) => kendall?.p ?? 1),
    LEVEL,
  );
  return found.map((each, at) => ({
    ...each,
    verdict: each.kendall === null ? 'unknown' : rejected[at] && each.kendall.value > 0 ? 'agrees' : 'noGround',
  }));
}
