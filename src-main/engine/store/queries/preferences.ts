import { NO_PREFERENCES, preferences, type Preferences } from '../../../contract/preferences.ts';
import type { Readable, Writable } from '../database.ts';

/** What was chosen; where that cannot be read, as nobody had chosen. */
export function getPreferences(db: Readable): Preferences {
  const row = db.prepare<[], { value: Buffer }>(`SELECT value FROM workspace WHERE key = 'preferences'`).get();
  try {
    return preferences.parse({ ...NO_PREFERENCES, ...(row && (JSON.parse(row.value.toString('utf8')) as object)) });
  } catch {
    return NO_PREFERENCES;
  }
}

export function setPreferences(db: Writable, chosen: Preferences): void {
  db.prepare<[Buffer]>(
    `INSERT INTO workspace (key, value) VALUES ('preferences', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(Buffer.from(JSON.stringify(chosen)));
}
