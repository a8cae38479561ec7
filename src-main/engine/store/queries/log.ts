import type { Readable, Writable } from '../database.ts';

export interface LogEntry {
  at: string;
  /** What happened, e.g. `run.created`. */
  what: string;
  /** The id or name of what it happened to. Never patient data. */
  object: string;
}

/** Adds a line to the append-only audit log. */
export function appendLog(db: Writable, what: string, object: string): void {
  db.prepare('INSERT INTO audit_log (at, what, object) VALUES (?, ?, ?)').run(new Date().toISOString(), what, object);
}

/** When the test figures of a run were first looked at, and how often; null where they were not. */
export function testOpened(db: Readable, run: string): { at: string; times: number } | null {
  const row = db
    .prepare<[string], { at: string | null; times: number }>(
      `SELECT min(at) AS at, count(*) AS times FROM audit_log WHERE what = 'test.opened' AND object = ?`,
    )
    .get(run);
  return row && row.at !== null ? { at: row.at, times: row.times } : null;
}

/** The audit log, oldest first. */
export function listLog(db: Readable): LogEntry[] {
  return db.prepare<[], LogEntry>('SELECT at, what, object FROM audit_log ORDER BY id').all();
}
