import type { Migration } from './migration.ts';

/** Tables that get columns of their own here: the key of each, and all its columns that are copied, as in version 6. */
const COPIED = {
  runs: [
    ...['id', 'status', 'created_at', 'finished_at', 'parameters', 'macs', 'engine', 'dataset_id', 'test_dataset_id'],
    ...['best_epoch', 'comparison_id', 'study_id', 'name', 'note', 'starred'],
  ],
  comparisons: [
    ...['id', 'kind', 'status', 'created_at', 'finished_at', 'dataset_id', 'test_dataset_id'],
    ...['study_id', 'name', 'note'],
  ],
  studies: ['id', 'name', 'created_at', 'opened_at', 'note'],
} as const;

const values = (table: keyof typeof COPIED, of = ''): string =>
  `json_array(${COPIED[table].map((column) => of + column).join(', ')})`;

const triggers = (table: keyof typeof COPIED): string => {
  const copy = `UPDATE ${table} SET row_copy = ${values(table, 'NEW.')} WHERE id = NEW.id;`;
  return `
    CREATE TRIGGER ${table}_copied AFTER INSERT ON ${table} BEGIN ${copy} END;
    CREATE TRIGGER ${table}_copied_again AFTER UPDATE OF ${COPIED[table].join(', ')} ON ${table}
      WHEN OLD.whole BEGIN ${copy} END;`;
};

/** Copies the new columns too. What was damaged keeps the copy of its old ones, and so is damaged still. */
const copyMore = (table: 'runs' | 'comparisons'): string => `
    DROP TRIGGER ${table}_copied;
    DROP TRIGGER ${table}_copied_again;
    UPDATE ${table} SET row_copy = ${values(table)} WHERE whole;
    ALTER TABLE ${table} DROP COLUMN whole;
    ALTER TABLE ${table} ADD COLUMN whole INTEGER GENERATED ALWAYS AS (row_copy = ${values(table)}) VIRTUAL;
    ${triggers(table)}`;

/**
 * Studies: a selection of data, and all that was done with it. Runs and comparisons of earlier versions get one when the
 * store is opened, see `adoptIntoStudies`: what their plans say is read there.
 */
export const studiesAsUnits: Migration = {
  version: 11,
  sql: `
    CREATE TABLE studies (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      created_at TEXT NOT NULL,
      opened_at TEXT NOT NULL,
      -- JSON; null before any data were chosen.
      data TEXT,
      note TEXT NOT NULL DEFAULT '',
      row_copy TEXT,
      whole INTEGER GENERATED ALWAYS AS (row_copy = ${values('studies')}) VIRTUAL
    ) STRICT, WITHOUT ROWID;
    ${triggers('studies')}

    -- What was typed in a room, as JSON.
    CREATE TABLE study_drafts (
      study_id TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
      room TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (study_id, room)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE study_jobs (
      study_id TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
      job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      PRIMARY KEY (study_id, job_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX study_jobs_by_job ON study_jobs (job_id);

    ALTER TABLE runs ADD COLUMN study_id TEXT REFERENCES studies (id);
    ALTER TABLE runs ADD COLUMN name TEXT;
    ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
    ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
    ALTER TABLE comparisons ADD COLUMN study_id TEXT REFERENCES studies (id);
    ALTER TABLE comparisons ADD COLUMN name TEXT;
    ALTER TABLE comparisons ADD COLUMN note TEXT NOT NULL DEFAULT '';
    ${copyMore('runs')}
    ${copyMore('comparisons')}
    CREATE INDEX runs_by_study ON runs (study_id);
    CREATE INDEX comparisons_by_study ON comparisons (study_id);

    -- Runs whose test figures were looked at are found without reading all of the log.
    CREATE INDEX tests_opened ON audit_log (object) WHERE what = 'test.opened';`,
};
