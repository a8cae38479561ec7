import { z } from 'zod';
import type { StudyDraft } from '../../../contract/study.ts';
import type { Readable, Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRows } from '../json.ts';

const json = z.unknown();

/** Keeps what was typed in a room of a study; null: nothing any more. */
export function saveDraft(db: Writable, study: string, room: string, value: unknown): void {
  if (value === null || value === undefined)
    db.prepare('DELETE FROM study_drafts WHERE study_id = ? AND room = ?').run(study, room);
  else
    db.prepare('INSERT OR REPLACE INTO study_drafts (study_id, room, value) VALUES (?, ?, ?)').run(
      ...[study, room, toColumn(json, value)],
    );
}

/** What was typed in each room; what is damaged has to be typed again. */
export function loadDraft(db: Readable, study: string): StudyDraft {
  const rows = db
    .prepare<[string], { room: string; value: string }>('SELECT room, value FROM study_drafts WHERE study_id = ?')
    .all(study);
  const read = wholeRows(
    rows,
    ({ room, value }) => [room, fromColumn(json, value, `draft of study ${study}`)] as const,
  );
  return Object.fromEntries(read);
}
