import type { Migration } from './migration.ts';

/**
 * Jobs, and what they gave. key: a digest of the method, its input and what was read; reads: JSON list of that (`run:ID`,
 * `source:NAME`, `folder:PATH`), so that an answer goes with what it was made of; written: a digest of the files that it
 * left. Answers lie apart, so that lists do not read them.
 */
export const jobs: Migration = {
  version: 9,
  sql: `
    CREATE TABLE jobs (
      id TEXT PRIMARY KEY,
      method TEXT NOT NULL,
      key TEXT NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled', 'interrupted')),
      created_at TEXT NOT NULL,
      started_at TEXT,
      ended_at TEXT,
      input TEXT NOT NULL,
      reads TEXT NOT NULL,
      written TEXT,
      error TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX jobs_by_key ON jobs (key);

    CREATE TABLE job_answers (
      job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
      answer BLOB NOT NULL,
      crc32 INTEGER NOT NULL
    ) STRICT;`,
};
