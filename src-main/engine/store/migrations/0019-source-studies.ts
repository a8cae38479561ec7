import type { Migration } from './migration.ts';

/**
 * Source studies, and the tournaments that each is made of, in their order. Of a tournament that is removed nothing is kept:
 * the study is resumed with another in its place.
 */
export const sourceStudies: Migration = {
  version: 19,
  sql: `
    CREATE TABLE source_studies (
      id TEXT PRIMARY KEY,
      created_at TEXT NOT NULL,
      -- JSON
      plan TEXT NOT NULL,
      -- JSON: what was found before anything was trained.
      checks TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE source_study_members (
      source_study_id TEXT NOT NULL REFERENCES source_studies (id) ON DELETE CASCADE,
      comparison_id TEXT NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      target TEXT NOT NULL,
      PRIMARY KEY (source_study_id, comparison_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX source_study_members_by_comparison ON source_study_members (comparison_id);`,
};
