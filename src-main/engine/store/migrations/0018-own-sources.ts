import type { Migration } from './migration.ts';

/** Sources that were trained here. */
export const ownSources: Migration = {
  version: 18,
  sql: `
    -- JSON; null: it was added from a file.
    ALTER TABLE sources ADD COLUMN origin TEXT;
    -- Digests of the images that its weights have seen, see transfer/overlap.ts; their checksum is in the origin.
    ALTER TABLE sources ADD COLUMN seen BLOB;`,
};
