import type { Migration } from './migration.ts';

/** Partial sources, sources of the catalogue, and variants of exports. */
export const sourcesAndExports: Migration = {
  version: 2,
  sql: `
    ALTER TABLE sources ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sources ADD COLUMN catalogue TEXT;
    ALTER TABLE sources ADD COLUMN preprocessing TEXT;

    ALTER TABLE exports ADD COLUMN options TEXT NOT NULL
      DEFAULT '{"precision":"float32","foldBatchNorm":false,"anySize":false}';
    ALTER TABLE exports ADD COLUMN certificate TEXT;
    ALTER TABLE exports ADD COLUMN card TEXT;
    ALTER TABLE exports ADD COLUMN latency TEXT;
    ALTER TABLE exports ADD COLUMN effect TEXT;
    -- Earlier versions did not count changed decisions.
    UPDATE exports SET parity = json_set(parity, '$.changedDecisions', NULL);
  `,
};
