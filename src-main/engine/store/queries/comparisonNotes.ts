import type { Readable, Writable } from '../database.ts';
import { withChecksum, withoutChecksum } from '../json.ts';

/** Keeps what a comparison computed under a name, as JSON text. */
export function saveNote(db: Writable, comparison: string, name: string, value: string): void {
  db.prepare('INSERT OR REPLACE INTO comparison_notes (comparison_id, name, value) VALUES (?, ?, ?)').run(
    ...[comparison, name, withChecksum(value)],
  );
}

/** Null where there is none of that name, or none that is whole: it is computed again. */
export function loadNote(db: Readable, comparison: string, name: string): string | null {
  const value = db
    .prepare<[string, string], string>('SELECT value FROM comparison_notes WHERE comparison_id = ? AND name = ?')
    .pluck()
    .get(comparison, name);
  if (value === undefined) return null;
  try {
    return withoutChecksum(value);
  } catch {
    return null;
  }
}
