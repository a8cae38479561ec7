import type { SourceAnalysis, SourceMean, SourceTransfer } from '../../contract/sourceAnalysis.ts';
import { meanAndDeviation } from '../metrics/summary.ts';
import { foldsOf, type Measured } from './measured.ts';
import { overFolds, within, type FoldOptions } from './overFolds.ts';

/** Of each target the baseline, then every source that was measured on it. */
export function meansOf({ targets, sources, of }: Measured, options: FoldOptions): SourceMean[] {
  return targets.flatMap((target) =>
    [null, ...sources].flatMap((source) => {
      const rows = of(source, target);
      const values = rows.map(({ auc }) => auc);
      const found = meanAndDeviation(values);
      if (found === null) return [];
      const folds = foldsOf(rows).length;
      return {
        ...{ source, target, folds, ...found },
        maxDeviation: Math.max(...values.map((value) => Math.abs(value - found.mean))),
        interval: within(overFolds(values, folds, options), 0, 1),
      };
    }),
  );
}

/**
 * Transferability of each source to each target (van den Brandt et al. 2021, eq. 1): 100 (AUC(S → T) − AUC(T)) / AUC(T),
 * taken per fold, seed, network and cut against the baseline of the same and averaged. Of what the baseline lacks the folds
 * are named.
 */
export function transfersOf(
  { targets, sources, of, baselineFor }: Measured,
  options: FoldOptions,
): { transfers: Omit<SourceTransfer, 'distance'>[]; withoutBaseline: SourceAnalysis['withoutBaseline'] } {
  const transfers: Omit<SourceTransfer, 'distance'>[] = [];
  const withoutBaseline: SourceAnalysis['withoutBaseline'] = [];
  for (const target of targets)
    for (const source of sources) {
      const rows = of(source, target).map((row) => ({ row, base: baselineFor(row) }));
      const scored = rows.filter(({ base }) => base !== undefined && base > 0);
      const lacking = foldsOf(rows.filter((each) => !scored.includes(each)).map(({ row }) => row));
      if (lacking.length > 0) withoutBaseline.push({ source, target, folds: lacking });
      const values = scored.map(({ row, base }) => (100 * (row.auc - base!)) / base!);
      const found = meanAndDeviation(values);
      if (found === null) continue;
      const { mean: value, deviation, n } = found;
      const interval = within(overFolds(values, foldsOf(scored.map(({ row }) => row)).length, options), -100, Infinity);
      transfers.push({ source, target, n, value, deviation, interval });
    }
  return { transfers, withoutBaseline };
}

/**
 * Sum and mean of the mean areas of each source over its targets (Fok 2019, fig. 3). Sums over other targets cannot be
 * compared; the gain over the baseline of the same targets can.
 */
export function sumsOf({ sources }: Measured, means: readonly SourceMean[]): SourceAnalysis['sums'] {
  return [null, ...sources].flatMap((source) => {
    const own = means.filter((each) => each.source === source);
    if (own.length === 0) return [];
    const sum = own.reduce((total, { mean }) => total + mean, 0);
    const gains = own.map(({ target, mean }) => {
      const base = means.find((each) => each.source === null && each.target === target);
      return base ? mean - base.mean : null;
    });
    const gain =
      source === null || gains.includes(null) ? null : (gains as number[]).reduce((a, b) => a + b, 0) / own.length;
    return { source, targets: own.length, sum, mean: sum / own.length, gain };
  });
}
