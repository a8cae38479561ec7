import type { Migration } from './migration.ts';

/** Balanced accuracy of the validation images, by which the best epoch can be chosen; null in epochs of earlier versions. */
export const balancedAccuracy: Migration = {
  version: 14,
  sql: 'ALTER TABLE epochs ADD COLUMN validation_balanced_accuracy REAL;',
};
