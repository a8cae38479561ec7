import type { Migration } from './migration.ts';

/** Of an opening of a test set: what for, and why in a person's words. Null in lines of earlier versions, and of all else. */
export const testOpenings: Migration = {
  version: 15,
  sql: `
    ALTER TABLE audit_log ADD COLUMN purpose TEXT;
    ALTER TABLE audit_log ADD COLUMN reason TEXT;`,
};
