import type { SourceRanking } from '../../contract/sourceAnalysis.ts';
import { midRanks } from '../metrics/rank/correlation.ts';
import { quantile } from '../metrics/summary.ts';
import { generator } from '../random.ts';
import { foldsOf, type Measured } from './measured.ts';

type Entrant = string | null;

/** Draws of folds. */
export const RANK_RESAMPLES = 2000;

/**
 * Ranks of the sources and the baseline by their mean area, 1 for the largest: of each target, and the mean over the targets
 * of those that all of them have. Folds of each target are drawn with replacement, the same ones for all sources; intervals
 * are percentiles, and of five folds too narrow. How other targets would rank them is not in it.
 */
export function rankingsOf(measured: Measured, confidence: number): SourceRanking[] {
  const { targets, sources, of } = measured;
  const entrantsOf = (target: string): Entrant[] =>
    [null, ...sources].filter((source) => of(source, target).length > 0);
  const single = targets.map((target) => ranked(measured, [target], entrantsOf(target), confidence));
  const common = targets.map(entrantsOf).reduce((all, each) => all.filter((source) => each.includes(source)));
  const left = sources.filter((source) => !common.includes(source));
  const over = targets.length > 1 ? ranked(measured, targets, common, confidence) : null;
  return [...(over ? [{ ...over, target: null, left }] : []), ...single.filter((each) => each !== null)];
}

/** Null with fewer than two entrants, and where they share no fold of a target. */
function ranked(
  { of }: Measured,
  targets: readonly string[],
  entrants: readonly Entrant[],
  confidence: number,
): SourceRanking | null {
  if (entrants.length < 2) return null;
  const tables = targets.map((target) => {
    const rows = entrants.map((source) => of(source, target));
    const shared = rows.map(foldsOf).reduce((all, each) => all.filter((fold) => each.includes(fold)));
    // Sum and number of the areas of each entrant in each fold.
    return shared.map((fold) =>
      rows.map((each) => {
        const values = each.filter((row) => row.fold === fold).map(({ auc }) => auc);
        return { sum: values.reduce((total, value) => total + value, 0), n: values.length };
      }),
    );
  });
  if (tables.some((folds) => folds.length === 0)) return null;

  const ranksBy = (draw: (folds: number) => number[]): number[] => {
    const perTarget = tables.map((folds) => {
      const drawn = draw(folds.length).map((fold) => folds[fold]!);
      const total = (entrant: number, what: 'sum' | 'n') => drawn.reduce((sum, fold) => sum + fold[entrant]![what], 0);
      // What is equal but for rounding is equal.
      const means = entrants.map((_, at) => Number((total(at, 'sum') / total(at, 'n')).toPrecision(12)));
      return midRanks(means.map((mean) => -mean));
    });
    return entrants.map((_, at) => 1 + perTarget.reduce((sum, ranks) => sum + ranks[at]!, 0) / tables.length);
  };
  const observed = ranksBy((folds) => Array.from({ length: folds }, (_, fold) => fold));
  const random = generator(0, 'folds', ...targets);
  const draws = entrants.map(() => new Float64Array(RANK_RESAMPLES));
  const best = entrants.map(() => 0);
  for (let draw = 0; draw < RANK_RESAMPLES; draw++) {
    const ranks = ranksBy((folds) => Array.from({ length: folds }, () => Math.floor(random() * folds)));
    const first = Math.min(...ranks);
    const winners = ranks.filter((rank) => rank === first).length;
    ranks.forEach((rank, at) => {
      draws[at]![draw] = rank;
      if (rank === first) best[at]! += 1 / winners / RANK_RESAMPLES;
    });
  }
  const tail = (1 - confidence) / 2;
  const rows = entrants.map((source, at) => {
    const ascending = draws[at]!.sort();
    const interval = { low: quantile(ascending, tail), high: quantile(ascending, 1 - tail) };
    return { source, rank: observed[at]!, interval, best: best[at]! };
  });
  return {
    target: targets[0]!,
    folds: Math.min(...tables.map(({ length }) => length)),
    rows: rows.toSorted((a, b) => a.rank - b.rank),
    left: [],
  };
}
