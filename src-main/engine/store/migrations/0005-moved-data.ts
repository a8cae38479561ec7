import type { Migration } from './migration.ts';

/** Where the folder of a dataset lies since it was moved; its id stays that of the folder in which it was first read. */
export const movedData: Migration = {
  version: 5,
  sql: `
    CREATE TABLE dataset_moves (
      dataset_id TEXT PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
      folder TEXT NOT NULL,
      moved_at TEXT NOT NULL
    ) STRICT;
  `,
};
