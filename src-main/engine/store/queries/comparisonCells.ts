import {
  cellRecord,
  comparisonCell,
  type CellRecord,
  type ComparisonCell,
} from '../../../contract/comparison/shared.ts';
import { requireWhole } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn } from '../json.ts';

/** A cell that has begun. */
export interface StoredCell {
  cell: ComparisonCell;
  /** In which it began, from 1. */
  position: number;
  run: string | null;
  /** Once it has ended. */
  record: CellRecord | null;
}

/** Its settings in one order, whatever the order in which they were written down. */
const keyOf = (cell: ComparisonCell): string => JSON.stringify(comparisonCell.parse(cell));

/** Notes that a cell begins, with the run it is trained as; one that had begun before keeps its position. */
export function beginCell(db: Writable, comparison: string, cell: ComparisonCell, run: string | null): void {
  db.prepare(
    `INSERT INTO comparison_cells (comparison_id, cell, position, run_id)
     VALUES (@comparison, @cell, 1 + (SELECT count(*) FROM comparison_cells WHERE comparison_id = @comparison), @run)
     ON CONFLICT (comparison_id, cell) DO UPDATE SET run_id = @run`,
  ).run({ comparison, cell: keyOf(cell), run });
}

/** Notes how a cell has ended; from then on it is recalled and not trained. */
export function finishCell(db: Writable, comparison: string, record: CellRecord): void {
  const changed = db
    .prepare('UPDATE comparison_cells SET record = ? WHERE comparison_id = ? AND cell = ?')
    .run(toColumn(cellRecord, record), comparison, keyOf(record.cell));
  if (changed.changes === 0) throw new Error(`comparison ${comparison} never began the cell ${keyOf(record.cell)}`);
}

/** Forgets how failed cells ended, so that they are tried again. Returns how many there were. */
export function forgetFailures(db: Writable, comparison: string): number {
  const failed = listCells(db, comparison).filter(({ record }) => record?.status === 'failed');
  atomically(db, () => {
    const forget = db.prepare('UPDATE comparison_cells SET record = NULL WHERE comparison_id = ? AND cell = ?');
    for (const { cell } of failed) forget.run(comparison, keyOf(cell));
  });
  return failed.length;
}

/** Null where it has not begun. */
export function findCell(db: Readable, comparison: string, cell: ComparisonCell): StoredCell | null {
  const row = db
    .prepare<[string, string], CellRow>(`${SELECT} WHERE comparison_id = ? AND cell = ?`)
    .get(comparison, keyOf(cell));
  return row === undefined ? null : stored(comparison, row);
}

/** All that have begun, in the order in which they did. */
export function listCells(db: Readable, comparison: string): StoredCell[] {
  return db
    .prepare<[string], CellRow>(`${SELECT} WHERE comparison_id = ? ORDER BY position`)
    .all(comparison)
    .map((row) => stored(comparison, row));
}

const SELECT = 'SELECT cell, position, run_id AS run, record, whole FROM comparison_cells';

interface CellRow {
  cell: string;
  position: number;
  run: string | null;
  record: string | null;
  whole: number;
}

function stored(comparison: string, { cell, position, run, record, whole }: CellRow): StoredCell {
  requireWhole(whole, `cell of comparison ${comparison}`);
  return {
    cell: fromColumn(comparisonCell, cell, `cell of comparison ${comparison}`),
    position,
    run,
    record: record === null ? null : fromColumn(cellRecord, record, `record of comparison ${comparison}`),
  };
}
