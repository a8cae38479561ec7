import { exportRecord, type ExportFormat, type ExportRecord } from '../../../contract/model.ts';
import { requireWhole } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRow, wholeRows } from '../json.ts';
import { appendLog } from './log.ts';

const { parity, options, latency, effect, stored } = exportRecord.shape;

type Row = Omit<ExportRecord, 'parity' | 'options' | 'latency' | 'effect' | 'stored'> & {
  format: ExportFormat;
  parity: string;
  options: string;
  latency: string | null;
  effect: string | null;
  stored: string | null;
  whole: number;
};

export function addExport(db: Writable, record: ExportRecord): void {
  atomically(db, () => {
    const row = exportRecord.parse(record);
    db.prepare(
      `INSERT INTO exports (run_id, format, path, bytes, sha256, created_at, parity, options, certificate, card,
         latency, effect, stored)
       VALUES (@run, @format, @path, @bytes, @sha256, @createdAt, @parity, @options, @certificate, @card,
         @latency, @effect, @stored)`,
    ).run({
      ...row,
      parity: toColumn(parity, row.parity),
      options: toColumn(options, row.options),
      latency: row.latency && toColumn(latency, row.latency),
      effect: row.effect && toColumn(effect, row.effect),
      stored: row.stored && toColumn(stored, row.stored),
    });
    appendLog(db, 'run.exported', record.run);
  });
}

/** Adds what was measured after an export was stored. */
export function setExportLatency(
  db: Writable,
  { run, path, createdAt, latency: measured }: Pick<ExportRecord, 'run' | 'path' | 'createdAt' | 'latency'>,
): void {
  db.prepare('UPDATE exports SET latency = ? WHERE run_id = ? AND path = ? AND created_at = ?').run(
    toColumn(latency, measured),
    run,
    path,
    createdAt,
  );
}

/** Exports of one run, or of all, that can be read, oldest first. */
export function listExports(db: Readable, run?: string): ExportRecord[] {
  const row = db.prepare<[number, string | null], Row>(
    `SELECT ${COLUMNS} FROM exports WHERE id = ? AND run_id = coalesce(?, run_id)`,
  );
  const ids =
    run === undefined
      ? db.prepare<[], number>('SELECT id FROM exports ORDER BY id').pluck().all()
      : db.prepare<[string], number>('SELECT id FROM exports WHERE run_id = ? ORDER BY id').pluck().all(run);
  return wholeRows(ids, (id) => row.all(id, run ?? null).map(fromRow)).flat();
}

/** Reads one export. @throws STORE_CORRUPT */
export function requireExport(db: Readable, id: string): void {
  const row = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM exports WHERE id = ?`).get(id);
  if (row !== undefined) fromRow(row);
}

const COLUMNS = `run_id AS run, format, path, bytes, sha256, created_at AS createdAt, parity, options, certificate, card,
  latency, effect, stored, whole`;

function fromRow({ whole, ...row }: Row): ExportRecord {
  const what = `export of run ${row.run}`;
  requireWhole(whole, what);
  const read = {
    ...row,
    parity: fromColumn(parity, row.parity, what),
    options: fromColumn(options, row.options, what),
    latency: fromColumn(latency, row.latency ?? 'null', what),
    effect: fromColumn(effect, row.effect ?? 'null', what),
    stored: fromColumn(stored, row.stored ?? 'null', what),
  };
  return wholeRow(exportRecord, read, what);
}
