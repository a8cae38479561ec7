import type { Migration } from './migration.ts';

/** Studies: tournaments, searches and learning curves, with the runs that they are made of. */
export const studies: Migration = {
  version: 3,
  sql: `
    CREATE TABLE studies (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('queued', 'running', 'paused', 'interrupted', 'stopped', 'completed', 'failed')),
      created_at TEXT NOT NULL,
      finished_at TEXT,
      plan TEXT NOT NULL,
      classes TEXT NOT NULL,
      dataset_id TEXT NOT NULL REFERENCES datasets (id),
      test_dataset_id TEXT REFERENCES datasets (id),
      result TEXT,
      error TEXT
    ) STRICT, WITHOUT ROWID;

    -- One row per run of a study that has begun. cell: what it varies, as canonical JSON; record: null until it has ended.
    CREATE TABLE study_cells (
      study_id TEXT NOT NULL REFERENCES studies (id),
      cell TEXT NOT NULL,
      position INTEGER NOT NULL,
      run_id TEXT REFERENCES runs (id),
      record TEXT,
      PRIMARY KEY (study_id, cell)
    ) STRICT, WITHOUT ROWID;

    -- What a study computed besides its runs and will not compute again: probe sweeps, similarities.
    CREATE TABLE study_notes (
      study_id TEXT NOT NULL REFERENCES studies (id),
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (study_id, name)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE runs ADD COLUMN study_id TEXT REFERENCES studies (id);
  `,
};
