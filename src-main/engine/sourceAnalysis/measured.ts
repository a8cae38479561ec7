import type { SourceResultRow } from '../../contract/sourceAnalysis.ts';

/** What the rows of results are of. */
export interface Measured {
  targets: string[];
  /** Without the baseline, in the order of the rows. */
  sources: string[];
  /** Rows of a source on a target; of the baseline for null. */
  of(source: string | null, target: string): readonly SourceResultRow[];
  /** The area of the baseline in the same fold, of the same seed, network and cut as far as it has them. */
  baselineFor(row: SourceResultRow): number | undefined;
}

export const sourceOf = ({ source, target }: SourceResultRow): string | null => (source === target ? null : source);

const AXES = ['seed', 'backbone', 'cut'] as const;

/** Rows by source and target. One without a source, or whose source is its target, is of the baseline. */
export function measuredIn(rows: readonly SourceResultRow[]): Measured {
  const cells = Map.groupBy(rows, (row) => keyOf(sourceOf(row), row.target));
  const of = (source: string | null, target: string) => cells.get(keyOf(source, target)) ?? [];
  return {
    of,
    targets: [...new Set(rows.map(({ target }) => target))],
    sources: [...new Set(rows.map(sourceOf).filter((source) => source !== null))],
    baselineFor(row) {
      const fitting = of(null, row.target).filter(
        (base) => base.fold === row.fold && AXES.every((axis) => base[axis] === undefined || base[axis] === row[axis]),
      );
      // The one that says most of itself.
      const said = (base: SourceResultRow) => AXES.filter((axis) => base[axis] !== undefined).length;
      return fitting.toSorted((a, b) => said(b) - said(a))[0]?.auc;
    },
  };
}

const keyOf = (source: string | null, target: string): string => JSON.stringify([source, target]);

/** Fold, seed, network and cut of a row: what rows of two sources have in common that can be compared. */
export const unitOf = ({ fold, seed, backbone, cut }: SourceResultRow): string =>
  JSON.stringify([fold, seed ?? null, backbone ?? null, cut ?? null]);

export const foldsOf = (rows: readonly SourceResultRow[]): string[] => [...new Set(rows.map(({ fold }) => fold))];
