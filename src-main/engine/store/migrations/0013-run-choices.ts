import type { Migration } from './migration.ts';

/** What a person chose of a finished run, by its validation images: how its outputs are scaled, where they are cut. */
export const runChoices: Migration = {
  version: 13,
  sql: `
    CREATE TABLE run_choices (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      -- JSON.
      value TEXT NOT NULL,
      chosen_at TEXT NOT NULL,
      row_crc32 INTEGER NOT NULL,
      PRIMARY KEY (run_id, name)
    ) STRICT, WITHOUT ROWID;`,
};
