import type { Migration } from './migration.ts';

const COPIES = [
  {
    table: 'comparisons',
    key: ['id'],
    columns: ['id', 'kind', 'status', 'created_at', 'finished_at', 'dataset_id', 'test_dataset_id'],
  },
  {
    table: 'comparison_cells',
    key: ['comparison_id', 'cell'],
    columns: ['comparison_id', 'cell', 'position', 'run_id'],
  },
] as const;

/**
 * What were studies are comparisons: tournaments, searches and learning curves. No row is written, so that what is damaged
 * stays known as such. SQLite renames in triggers and computed columns too, all but the triggers' own names.
 */
export const comparisons: Migration = {
  version: 10,
  sql: `
    ALTER TABLE studies RENAME TO comparisons;
    ALTER TABLE study_cells RENAME TO comparison_cells;
    ALTER TABLE study_notes RENAME TO comparison_notes;
    ALTER TABLE comparison_cells RENAME COLUMN study_id TO comparison_id;
    ALTER TABLE comparison_notes RENAME COLUMN study_id TO comparison_id;
    ALTER TABLE runs RENAME COLUMN study_id TO comparison_id;
    ${['studies', 'study_cells'].map((name) => `DROP TRIGGER ${name}_copied; DROP TRIGGER ${name}_copied_again;`).join('\n')}
    ${COPIES.map(({ table, key, columns }) => {
      const copy = `UPDATE ${table} SET row_copy = json_array(${columns.map((column) => `NEW.${column}`).join(', ')})
        WHERE ${key.map((column) => `${column} = NEW.${column}`).join(' AND ')};`;
      return `
    CREATE TRIGGER ${table}_copied AFTER INSERT ON ${table} BEGIN ${copy} END;
    CREATE TRIGGER ${table}_copied_again AFTER UPDATE OF ${columns.join(', ')} ON ${table}
      WHEN OLD.whole BEGIN ${copy} END;`;
    }).join('\n')}

    -- The log says what was done in the words of now. No other row of it changes, and none after this.
    DROP TRIGGER audit_log_rows_never_change;
    UPDATE audit_log SET what = 'comparison' || substr(what, 6) WHERE what LIKE 'study.%';
    CREATE TRIGGER audit_log_rows_never_change BEFORE UPDATE ON audit_log
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;`,
};
