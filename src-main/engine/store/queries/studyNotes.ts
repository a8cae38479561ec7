import type { Readable, Writable } from '../database.ts';
import { withChecksum, withoutChecksum } from '../json.ts';

/** Keeps what a study computed under a name, as JSON text. */
export function saveNote(db: Writable, study: string, name: string, value: string): void {
  db.prepare('INSERT OR REPLACE INTO study_notes (study_id, name, value) VALUES (?, ?, ?)').run(
    ...[study, name, withChecksum(value)],
  );
}

/** Null where there is none of that name, or none that is whole: it is computed again. */
export function loadNote(db: Readable, study: string, name: string): string | null {
  const value = db
    .prepare<[string, string], string>('SELECT value FROM study_notes WHERE study_id = ? AND name = ?')
    .pluck()
    .get(study, name);
  if (value === undefined) return null;
  try {
    return withoutChecksum(value);
  } catch {
    return null;
  }
}
