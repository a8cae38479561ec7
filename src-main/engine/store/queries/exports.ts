import { exportRecord, type ExportFormat, type ExportRecord } from '../../../contract/model.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn } from '../json.ts';
import { appendLog } from './log.ts';

const parity = exportRecord.shape.parity;

export function addExport(db: Writable, record: ExportRecord): void {
  atomically(db, () => {
    const row = exportRecord.parse(record);
    db.prepare(
      `INSERT INTO exports (run_id, format, path, bytes, sha256, created_at, parity)
       VALUES (@run, @format, @path, @bytes, @sha256, @createdAt, @parity)`,
    ).run({ ...row, parity: toColumn(parity, row.parity) });
    appendLog(db, 'run.exported', record.run);
  });
}

/** Exports of one run, or of all, oldest first. */
export function listExports(db: Readable, run?: string): ExportRecord[] {
  return db
    .prepare<[string | null], Omit<ExportRecord, 'parity'> & { format: ExportFormat; parity: string }>(
      `SELECT run_id AS run, format, path, bytes, sha256, created_at AS createdAt, parity
       FROM exports WHERE run_id = coalesce(?, run_id) ORDER BY id`,
    )
    .all(run ?? null)
    .map((row) => ({ ...row, parity: fromColumn(parity, row.parity, `export of run ${row.run}`) }));
}
