import type { Readable, Writable } from '../database.ts';
import { atomically } from '../database.ts';
import { appendLog } from './log.ts';
import { untakenName } from './studies.ts';

/** A cell of a table as JSON holds it; bytes are base64. */
export type Cell = string | number | null | { base64: string };
export interface TableRows {
  columns: string[];
  rows: Cell[][];
}
/** All rows that belong to a study, by table. */
export type ArchivedRows = Record<string, TableRows>;

const OF_RUNS = 'IN (SELECT id FROM runs WHERE study_id = @study)';
const OF_COMPARISONS = 'IN (SELECT id FROM comparisons WHERE study_id = @study)';
const DATASETS = `IN (SELECT dataset_id FROM runs WHERE study_id = @study UNION SELECT test_dataset_id FROM runs
  WHERE study_id = @study UNION SELECT dataset_id FROM comparisons WHERE study_id = @study
  UNION SELECT test_dataset_id FROM comparisons WHERE study_id = @study)`;

/** The tables of a study, those that others refer to first, and which of their rows are its. */
const TABLES = {
  studies: 'id = @study',
  study_drafts: 'study_id = @study',
  datasets: `id ${DATASETS}`,
  images: `dataset_id ${DATASETS}`,
  dataset_moves: `dataset_id ${DATASETS}`,
  comparisons: 'study_id = @study',
  comparison_notes: `comparison_id ${OF_COMPARISONS}`,
  runs: 'study_id = @study',
  epochs: `run_id ${OF_RUNS}`,
  splits: `run_id ${OF_RUNS}`,
  predictions: `run_id ${OF_RUNS}`,
  evaluations: `run_id ${OF_RUNS}`,
  run_choices: `run_id ${OF_RUNS}`,
  exports: `run_id ${OF_RUNS}`,
  comparison_cells: `comparison_id ${OF_COMPARISONS}`,
  // Of the log, that test sets were opened: elsewhere they are as open, and as often.
  audit_log: `(what = 'test.opened' AND object ${OF_RUNS}) OR (what = 'comparison.test-opened' AND object ${OF_COMPARISONS})`,
} as const;
/** Sources are named by plans, and so chosen by name. */
export const ARCHIVED_TABLES = [...Object.keys(TABLES), 'sources'];

/** All rows of a study, and those of the sources with these names, as they were at one moment. */
export function rowsOfStudy(db: Readable, study: string, sources: readonly string[]): ArchivedRows {
  db.prepare('BEGIN').run();
  try {
    const own = Object.entries(TABLES).map(([table, where]) => [table, rowsOf(db, table, where, { study })] as const);
    const names = { names: JSON.stringify(sources) };
    const named = rowsOf(db, 'sources', 'name IN (SELECT value FROM json_each(@names))', names);
    return Object.fromEntries([...own, ['sources', named]]);
  } finally {
    db.prepare('COMMIT').run();
  }
}

/** The columns that are written; the copies that triggers keep, and what follows from them, are made anew. */
const columnsOf = (db: Readable, table: string): string[] =>
  db
    .prepare<[string], string>(`SELECT name FROM pragma_table_info(?) WHERE name <> 'row_copy'`)
    .pluck()
    .all(table)
    // Numbers of exports and of lines of the log are given by the store that they come into.
    .filter((name) => !((table === 'exports' || table === 'audit_log') && name === 'id'));

export function rowsOf(db: Readable, table: string, where = '1', given: Record<string, string> = {}): TableRows {
  const columns = columnsOf(db, table);
  const rows = db
    .prepare<[Record<string, string>], unknown[]>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${where}`)
    .raw()
    .all(given);
  return { columns, rows: rows.map((row) => row.map(toCell)) };
}

const toCell = (value: unknown): Cell =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : (value as Cell);
const fromCell = (cell: Cell): string | number | null | Buffer =>
  typeof cell === 'object' && cell !== null ? Buffer.from(cell.base64, 'base64') : cell;

/** Writes rows as they are. Throws where a table or a column is not known, or a row is refused. */
export function insertRows(db: Writable, tables: ArchivedRows): void {
  atomically(db, () => {
    // Rows refer to one another in a circle: a run names its best epoch.
    db.pragma('defer_foreign_keys = ON');
    for (const table of ARCHIVED_TABLES) {
      const { columns, rows } = tables[table] ?? { columns: [], rows: [] };
      const known = new Set(columnsOf(db, table));
      const foreign = columns.find((column) => !known.has(column));
      if (foreign !== undefined) throw new Error(`${table} has no column '${foreign}'`);
      if (rows.length === 0) continue;
      const insert = db.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      for (const row of rows) insert.run(...row.map(fromCell));
    }
  });
}

/** Takes up a study from another store or time; nothing that is there is changed. @returns its id */
export function importStudy(db: Writable, tables: ArchivedRows): string {
  return atomically(db, () => {
    const { columns, rows } = tables.studies!;
    const [id, name] = ['id', 'name'].map((column) => rows[0]![columns.indexOf(column)] as string) as [string, string];
    const own = untakenName(db, name);
    insertRows(db, { ...tables, audit_log: notLogged(db, tables.audit_log!) });
    db.prepare('UPDATE studies SET name = ?, opened_at = ? WHERE id = ?').run(own, new Date().toISOString(), id);
    appendLog(db, 'study.imported', id);
    return id;
  });
}

/** The log outlives what was removed: a study that comes back brings lines that are there still, and count once. */
function notLogged(db: Readable, { columns, rows }: TableRows): TableRows {
  const there = db
    .prepare<unknown[], number>('SELECT 1 FROM audit_log WHERE at = ? AND what = ? AND object = ?')
    .pluck();
  const key = ['at', 'what', 'object'].map((column) => columns.indexOf(column));
  return { columns, rows: rows.filter((row) => there.get(...key.map((at) => row[at])) === undefined) };
}
