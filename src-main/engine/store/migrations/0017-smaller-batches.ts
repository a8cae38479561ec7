import type { Migration } from './migration.ts';

/** Where a run took fewer images at a time than planned, as more did not fit into memory; JSON, null where they all fitted. */
export const smallerBatches: Migration = {
  version: 17,
  sql: 'ALTER TABLE runs ADD COLUMN smaller_batches TEXT;',
};
