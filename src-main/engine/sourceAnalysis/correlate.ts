import type { SourceAnalysis, SourceCorrelation, SourceTransfer } from '../../contract/sourceAnalysis.ts';
import { isConstant } from '../metrics/rank/correlation.ts';
import { rankCorrelation, type RankStatistic } from '../metrics/rank/index.ts';

/** More pairs take minutes, and no published study has them. */
const MOST_PAIRS = 200;

/**
 * Distance against transferability over pairs of source and target. The weighted τ is of nearness, which is what its largest
 * ranks are to be, with the sign of the others: −1 where the nearer is always the better.
 */
export function correlationsOf(
  transfers: readonly SourceTransfer[],
  confidence: number,
): Pick<SourceAnalysis, 'spearman' | 'kendall' | 'weightedKendall' | 'perTarget'> {
  const pairs = transfers.filter(({ distance }) => distance !== null);
  const targets = [...Map.groupBy(pairs, ({ target }) => target)];
  const weighted = correlated('weightedKendall', pairs, confidence);
  return {
    spearman: correlated('spearman', pairs, confidence),
    kendall: correlated('kendall', pairs, confidence),
    weightedKendall: weighted,
    perTarget: targets.map(([target, own]) => ({ target, spearman: correlated('spearman', own, confidence) })),
  };
}

function correlated(statistic: RankStatistic, pairs: readonly SourceTransfer[], confidence: number): SourceCorrelation {
  const n = pairs.length;
  // Means that are equal but for rounding are equal.
  const [x, y] = [pairs.map(({ distance }) => distance!), pairs.map(({ value }) => value)].map((values) =>
    values.map((value) => Number(value.toPrecision(12))),
  ) as [number[], number[]];
  const why = whyNot(x, y);
  const sign = statistic === 'weightedKendall' ? -1 : 1;
  const found = why === null ? rankCorrelation(statistic, x.map((value) => sign * value), y, confidence) : null; // prettier-ignore
  if (found === null) return { value: null, p: null, n, method: null, draws: null, interval: null, why };
  const { value, p, method, draws, interval } = found;
  const ends = interval && [sign * interval.low, sign * interval.high].sort((a, b) => a - b);
  return {
    ...{ value: sign * value, p, n, method, draws, why: null },
    interval: ends && { low: ends[0]!, high: ends[1]!, method: interval.method },
  };
}

function whyNot(x: readonly number[], y: readonly number[]): string | null {
  if (x.length < 3)
    return `Fewer than 3 pairs of source and target have a distance and a transferability: ${x.length}.`;
  if (x.length > MOST_PAIRS) return `More than ${MOST_PAIRS} pairs are not correlated.`;
  if (isConstant(x)) return 'All distances are equal.';
  return isConstant(y) ? 'All transferabilities are equal.' : null;
}
