import type { SourceDifference, SourceResultRow } from '../../contract/sourceAnalysis.ts';
import { holmAdjusted } from '../metrics/nonInferiority.ts';
import { foldsOf, unitOf, type Measured } from './measured.ts';
import { overFolds, within, type FoldOptions } from './overFolds.ts';

/**
 * Each two sources of a target, and each source and the baseline, on the same folds, seeds, networks and cuts: the mean
 * difference with the corrected resampled t-test of Nadeau and Bengio (2003), p-values adjusted by Holm (1979) for all pairs
 * of the target that have one.
 */
export function differencesOf(measured: Measured, options: FoldOptions): SourceDifference[] {
  return measured.targets.flatMap((target) => {
    const entrants = [...measured.sources, null].filter((source) => measured.of(source, target).length > 0);
    const found = entrants.flatMap((a, at) =>
      entrants.slice(at + 1).flatMap((b) => {
        const pairs = pairsOf(measured, target, a, b);
        if (pairs.length === 0) return [];
        const values = pairs.map(([own, other]) => own.auc - other);
        const test = overFolds(values, foldsOf(pairs.map(([own]) => own)).length, options);
        const value = values.reduce((sum, each) => sum + each, 0) / values.length;
        return { target, a, b, n: values.length, value, interval: within(test, -1, 1), p: test?.p ?? null };
      }),
    );
    const tested = found.filter(({ p }) => p !== null);
    const adjusted = holmAdjusted(tested.map(({ p }) => p!));
    return found.map((each) => ({ ...each, adjusted: each.p === null ? null : adjusted[tested.indexOf(each)]! }));
  });
}

/** Rows of the one with the area of the other in the same unit. */
function pairsOf(
  measured: Measured,
  target: string,
  a: string | null,
  b: string | null,
): (readonly [SourceResultRow, number])[] {
  const others = new Map(measured.of(b, target).map((row) => [unitOf(row), row.auc]));
  return measured.of(a, target).flatMap((row) => {
    const other = b === null ? measured.baselineFor(row) : others.get(unitOf(row));
    return other === undefined ? [] : [[row, other] as const];
  });
}
