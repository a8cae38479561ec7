import type { Migration } from './migration.ts';

/** Per table: its key, and the columns that are copied (blobs in hexadecimal). */
const TABLES = [
  {
    table: 'runs',
    key: 'id',
    columns: 'id, status, created_at, finished_at, parameters, macs, engine, dataset_id, test_dataset_id, best_epoch, study_id', // prettier-ignore
  },
  {
    table: 'studies',
    key: 'id',
    columns: 'id, kind, status, created_at, finished_at, dataset_id, test_dataset_id',
  },
  { table: 'study_cells', key: 'study_id, cell', columns: 'study_id, cell, position, run_id' },
  {
    table: 'sources',
    key: 'name',
    columns: 'name, backbone, file, format, sha256, bytes, added_at, matched, missing, parameters, catalogue, weights_file, weights_crc32', // prettier-ignore
  },
  {
    table: 'exports',
    key: 'id',
    columns: 'run_id, format, path, bytes, sha256, created_at, certificate, card',
  },
  { table: 'dataset_moves', key: 'dataset_id', columns: 'dataset_id, folder' },
  { table: 'workspace', key: 'key', columns: 'key, value' },
] as const;

const list = (columns: string, of: string): string =>
  columns
    .split(', ')
    .map((column) => (column === 'value' ? `hex(${of}${column})` : `${of}${column}`))
    .join(', ');

/**
 * Columns that are not JSON are copied into one more column of their row, by SQLite's triggers: a flipped bit in a number
 * or a name is a valid value, and shows only beside what was stored. `whole`: both agree. A row that is damaged stays so,
 * whatever is written into its other columns.
 */
export const rowCopies: Migration = {
  version: 6,
  sql: TABLES.map(({ table, key, columns }) => {
    const where = key
      .split(', ')
      .map((column) => `${column} = NEW.${column}`)
      .join(' AND ');
    const copy = `UPDATE ${table} SET row_copy = json_array(${list(columns, 'NEW.')}) WHERE ${where};`;
    return `
    ALTER TABLE ${table} ADD COLUMN row_copy TEXT;
    ALTER TABLE ${table} ADD COLUMN whole INTEGER GENERATED ALWAYS AS (row_copy = json_array(${list(columns, '')})) VIRTUAL;
    UPDATE ${table} SET row_copy = json_array(${list(columns, '')});
    CREATE TRIGGER ${table}_copied AFTER INSERT ON ${table} BEGIN ${copy} END;
    CREATE TRIGGER ${table}_copied_again AFTER UPDATE OF ${columns} ON ${table}
      WHEN OLD.whole BEGIN ${copy} END;`;
  }).join('\n'),
};
