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

/** The audit log, oldest first. */
export function listLog(db: Readable): LogEntry[] {
  return db.prepare<[], LogEntry>('SELECT at, what, object FROM audit_log ORDER BY id').all();
}
