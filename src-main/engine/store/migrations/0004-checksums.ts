import type { Migration } from './migration.ts';

/**
 * CRC-32 of what is stored and read again; null in rows of earlier versions, which cannot be verified. Columns of JSON
 * carry theirs in the text. Of the rows of a dataset its id is the digest.
 */
export const checksums: Migration = {
  version: 4,
  sql: `
    -- Of the bytes of the files that the rows name.
    ALTER TABLE epochs ADD COLUMN checkpoint_crc32 INTEGER;
    ALTER TABLE sources ADD COLUMN weights_crc32 INTEGER;

    -- Of the other columns of the row.
    ALTER TABLE epochs ADD COLUMN row_crc32 INTEGER;
    ALTER TABLE predictions ADD COLUMN row_crc32 INTEGER;

    -- Of all rows of the run's split.
    ALTER TABLE runs ADD COLUMN split_crc32 INTEGER;

    -- Exports are compared with the stored predictions of their runs.
    ALTER TABLE exports ADD COLUMN stored TEXT;
  `,
};
