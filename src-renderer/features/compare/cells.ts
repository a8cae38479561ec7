import { isSameRow, recordsByRow, rowOf, type RowKey } from '../../../src-main/contract/comparison/rows.ts';
import { comparisonCell, type CellRecord, type ComparisonCell } from '../../../src-main/contract/comparison/shared.ts';

/** Equal for equal cells. */
export const cellKey = (cell: ComparisonCell): string => JSON.stringify(comparisonCell.parse(cell));

export type CellState = 'planned' | 'now' | 'completed' | 'failed';

export interface GridCell {
  cell: ComparisonCell;
  state: CellState;
  record: CellRecord | null;
}

export interface GridRow {
  row: RowKey;
  cells: GridCell[];
}

/** The runs of a comparison, row by row: those that are known beforehand, and those that have come since. */
export function gridOf(
  planned: readonly ComparisonCell[],
  records: readonly CellRecord[],
  now: ComparisonCell | null,
): GridRow[] {
  const recorded = new Map(records.map((record) => [cellKey(record.cell), record]));
  const current = now === null ? null : cellKey(now);
  const all = new Map(
    [...planned, ...records.map(({ cell }) => cell), ...(now ? [now] : [])].map((cell) => [cellKey(cell), cell]),
  );
  const cells = [...all].map(([key, cell]): GridCell => {
    const record = recorded.get(key) ?? null;
    return { cell, record, state: key === current ? 'now' : (record?.status ?? 'planned') };
  });
  const rows = Map.groupBy(cells, ({ cell }) => JSON.stringify(rowOf(cell)));
  return [...rows.values()].map((own) => ({ row: rowOf(own[0]!.cell), cells: own }));
}

/** The runs beneath one row of a result. */
export const recordsOf = (records: readonly CellRecord[], row: RowKey): CellRecord[] =>
  recordsByRow(records).find((each) => isSameRow(each.row, row))?.records ?? [];

/**
 * Seconds to the end of the runs that are known: what is left of this one, and for each of the others as long as a run took
 * on average so far; before one has ended, as long as this one will have taken.
 */
export function secondsLeft(
  records: readonly CellRecord[],
  { left, spent, planned }: { left: number; spent: number; planned: number },
): number {
  const took = records.filter(({ status }) => status === 'completed').map(({ trainingSeconds }) => trainingSeconds);
  const mean = took.length === 0 ? spent + left : took.reduce((sum, each) => sum + each, 0) / took.length;
  return left + mean * Math.max(0, planned - records.length - 1);
}
