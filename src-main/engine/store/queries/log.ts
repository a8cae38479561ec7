import type { OpeningPurpose } from '../../../contract/run.ts';
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

/** What a test set was opened for, and why. */
export interface Opening {
  purpose: OpeningPurpose;
  reason?: string | undefined;
}

/** What says that the test figures of something were looked at. */
const OPENED = { run: 'test.opened', comparison: 'comparison.test-opened' } as const;

/** Notes that somebody looked at the test figures of a run or a comparison. */
export function logTestOpened(db: Writable, kind: keyof typeof OPENED, id: string, { purpose, reason }: Opening): void {
  db.prepare('INSERT INTO audit_log (at, what, object, purpose, reason) VALUES (?, ?, ?, ?, ?)').run(
    ...[new Date().toISOString(), OPENED[kind], id, purpose, reason ?? null],
  );
}

/**
 * When test figures were first looked at, and how often; null where they were not. Those of a run of a comparison were also
 * looked at with those of the comparison: both are named then, and both counted.
 */
export function testOpened(
  db: Readable,
  of: { run?: string; comparison: string | null },
): { at: string; times: number } | null {
  const row = db
    .prepare<[string | null, string | null], { at: string | null; times: number }>(
      // Not as parameters: each has an index of the lines that say so, and of no others.
      `SELECT min(at) AS at, count(*) AS times FROM (
         SELECT at FROM audit_log WHERE what = '${OPENED.run}' AND object = ?
         UNION ALL SELECT at FROM audit_log WHERE what = '${OPENED.comparison}' AND object = ?)`,
    )
    .get(of.run ?? null, of.comparison);
  return row && row.at !== null ? { at: row.at, times: row.times } : null;
}

/** A line of the log with what is known of what it happened to. */
export interface LoggedEntry extends LogEntry {
  id: number;
  purpose: string | null;
  reason: string | null;
  name: string | null;
  study: string | null;
}

/** Lines of the log before one of them, or the last ones; newest first. */
export function recentLog(db: Readable, { before, limit }: { before?: number; limit: number }): LoggedEntry[] {
  return db
    .prepare<[number, number], LoggedEntry>(
      `SELECT log.id, log.at, log.what, log.object, log.purpose, log.reason,
         coalesce(studies.name, runs.name, comparisons.name) AS name,
         coalesce(studies.id, runs.study_id, comparisons.study_id) AS study
       FROM audit_log AS log
         LEFT JOIN studies ON log.what LIKE 'study.%' AND studies.id = log.object
         LEFT JOIN runs ON (log.what LIKE 'run.%' OR log.what = 'test.opened') AND runs.id = log.object
         LEFT JOIN comparisons ON log.what LIKE 'comparison.%' AND comparisons.id = log.object
       WHERE log.id < ? ORDER BY log.id DESC LIMIT ?`,
    )
    .all(before ?? Number.MAX_SAFE_INTEGER, limit);
}

/** The audit log, oldest first. */
export function listLog(db: Readable): LogEntry[] {
  return db.prepare<[], LogEntry>('SELECT at, what, object FROM audit_log ORDER BY id').all();
}
