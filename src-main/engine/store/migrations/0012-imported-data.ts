import type { Migration } from './migration.ts';

/**
 * The salt with which the groups of a dataset were hashed, as a digest of it, where that is another workspace's: its
 * patients are not found again among those of this one.
 */
export const importedData: Migration = {
  version: 12,
  sql: 'ALTER TABLE datasets ADD COLUMN salt TEXT;',
};
