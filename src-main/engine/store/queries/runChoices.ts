import { runChoices, type RunChoiceName, type RunChoiceValue } from '../../../contract/runChoices.ts';
import { requireChecksum, rowChecksum } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn } from '../json.ts';
import { appendLog } from './log.ts';

/** A choice, and when it was made. */
export interface RunChoice<N extends RunChoiceName> {
  value: RunChoiceValue<N>;
  at: string;
}

/** Keeps what a person chose of a run, in place of what was chosen before; null takes it back. The log notes both. */
export function saveRunChoice<N extends RunChoiceName>(
  db: Writable,
  run: string,
  name: N,
  value: RunChoiceValue<N> | null,
): void {
  atomically(db, () => {
    if (value === null) db.prepare('DELETE FROM run_choices WHERE run_id = ? AND name = ?').run(run, name);
    else {
      const [text, at] = [toColumn(runChoices[name], value), new Date().toISOString()];
      db.prepare(
        'INSERT OR REPLACE INTO run_choices (run_id, name, value, chosen_at, row_crc32) VALUES (?, ?, ?, ?, ?)',
      ).run(run, name, text, at, rowChecksum([run, name, text, at]));
    }
    appendLog(db, `run.${name}`, run);
  });
}

/** Null where nothing was chosen. @throws STORE_CORRUPT where it is not what was stored */
export function loadRunChoice<N extends RunChoiceName>(db: Readable, run: string, name: N): RunChoice<N> | null {
  const row = db
    .prepare<[string, string], { value: string; at: string; stored: number }>(
      'SELECT value, chosen_at AS at, row_crc32 AS stored FROM run_choices WHERE run_id = ? AND name = ?',
    )
    .get(run, name);
  if (row === undefined) return null;
  const what = `${name} of run ${run}`;
  requireChecksum(row.stored, rowChecksum([run, name, row.value, row.at]), what);
  return { value: fromColumn(runChoices[name], row.value, what) as RunChoiceValue<N>, at: row.at };
}

/** Ids of the runs of which something is kept under a name, the oldest first. */
export const runsWithChoice = (db: Readable, name: RunChoiceName): string[] =>
  db
    .prepare<[string], string>('SELECT run_id FROM run_choices WHERE name = ? ORDER BY chosen_at, run_id')
    .pluck()
    .all(name);
