import { cellRecord, studyCell, type CellRecord, type StudyCell } from '../../../contract/study/shared.ts';
import { requireWhole } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn } from '../json.ts';

/** A cell that has begun. */
export interface StoredCell {
  cell: StudyCell;
  /** In which it began, from 1. */
  position: number;
  run: string | null;
  /** Once it has ended. */
  record: CellRecord | null;
}

/** Its settings in one order, whatever the order in which they were written down. */
const keyOf = (cell: StudyCell): string => JSON.stringify(studyCell.parse(cell));

/** Notes that a cell begins, with the run it is trained as; one that had begun before keeps its position. */
export function beginCell(db: Writable, study: string, cell: StudyCell, run: string | null): void {
  db.prepare(
    `INSERT INTO study_cells (study_id, cell, position, run_id)
     VALUES (@study, @cell, 1 + (SELECT count(*) FROM study_cells WHERE study_id = @study), @run)
     ON CONFLICT (study_id, cell) DO UPDATE SET run_id = @run`,
  ).run({ study, cell: keyOf(cell), run });
}

/** Notes how a cell has ended; from then on it is recalled and not trained. */
export function finishCell(db: Writable, study: string, record: CellRecord): void {
  const changed = db
    .prepare('UPDATE study_cells SET record = ? WHERE study_id = ? AND cell = ?')
    .run(toColumn(cellRecord, record), study, keyOf(record.cell));
  if (changed.changes === 0) throw new Error(`study ${study} never began the cell ${keyOf(record.cell)}`);
}

/** Forgets how failed cells ended, so that they are tried again. Returns how many there were. */
export function forgetFailures(db: Writable, study: string): number {
  const failed = listCells(db, study).filter(({ record }) => record?.status === 'failed');
  atomically(db, () => {
    const forget = db.prepare('UPDATE study_cells SET record = NULL WHERE study_id = ? AND cell = ?');
    for (const { cell } of failed) forget.run(study, keyOf(cell));
  });
  return failed.length;
}

/** Null where it has not begun. */
export function findCell(db: Readable, study: string, cell: StudyCell): StoredCell | null {
  const row = db
    .prepare<[string, string], CellRow>(`${SELECT} WHERE study_id = ? AND cell = ?`)
    .get(study, keyOf(cell));
  return row === undefined ? null : stored(study, row);
}

/** All that have begun, in the order in which they did. */
export function listCells(db: Readable, study: string): StoredCell[] {
  return db
    .prepare<[string], CellRow>(`${SELECT} WHERE study_id = ? ORDER BY position`)
    .all(study)
    .map((row) => stored(study, row));
}

const SELECT = 'SELECT cell, position, run_id AS run, record, whole FROM study_cells';

interface CellRow {
  cell: string;
  position: number;
  run: string | null;
  record: string | null;
  whole: number;
}

function stored(study: string, { cell, position, run, record, whole }: CellRow): StoredCell {
  requireWhole(whole, `cell of study ${study}`);
  return {
    cell: fromColumn(studyCell, cell, `cell of study ${study}`),
    position,
    run,
    record: record === null ? null : fromColumn(cellRecord, record, `record of study ${study}`),
  };
}
