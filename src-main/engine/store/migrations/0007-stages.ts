import type { Migration } from './migration.ts';

/** The stage of training that an epoch belongs to; null in epochs of earlier versions, whose rows stay as they were. */
export const stages: Migration = {
  version: 7,
  sql: 'ALTER TABLE epochs ADD COLUMN stage TEXT;',
};
