import type { Migration } from './migration.ts';

const OF_IMAGES = `,
      FOREIGN KEY (dataset_id, position) REFERENCES images (dataset_id, position)`;

/**
 * What is looked up among thousands of runs and millions of rows of their splits is found by an index, or not looked for.
 *
 * With its key of images, the table of splits was read from the first row to the last for each image that was removed, which
 * took hours. Images go only with their dataset, which no run refers to then; that a new row has its image, a trigger sees to.
 * To take a key from the text of a table is one of the changes that SQLite describes as safe: no row is another for it.
 */
export const largeStores: Migration = {
  version: 16,
  editsSchema: true,
  sql: `
    -- The newest run of a study, whose data the study shows, comes first.
    DROP INDEX runs_by_study;
    CREATE INDEX runs_by_study ON runs (study_id, created_at);
    DROP INDEX comparisons_by_study;
    CREATE INDEX comparisons_by_study ON comparisons (study_id, created_at);

    CREATE INDEX exports_by_run ON exports (run_id);
    CREATE INDEX comparison_tests_opened ON audit_log (object) WHERE what = 'comparison.test-opened';

    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = replace(sql, '${OF_IMAGES}', '') WHERE type = 'table' AND name = 'splits';
    PRAGMA writable_schema = RESET;
    CREATE TRIGGER splits_have_images BEFORE INSERT ON splits
      WHEN NOT EXISTS (SELECT 1 FROM images WHERE dataset_id = NEW.dataset_id AND position = NEW.position)
      BEGIN SELECT RAISE(ABORT, 'a split is of images that are stored'); END;`,
};
