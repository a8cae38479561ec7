import type { Migration } from './migration.ts';

/** What a list shows of a run that is not in its own row, as it follows from the plan, the epochs and the test. */
const SHOWN = `
  SELECT runs.id, json_object(
    'plan', json_patch('{}', json_object(
      'version', json_extract(plan, '$.version'), 'backbone', json_extract(plan, '$.backbone'),
      'source', json_extract(plan, '$.source'), 'strategy', json_extract(plan, '$.strategy'),
      'cut', json_extract(plan, '$.cut'), 'initialisation', json_extract(plan, '$.initialisation'),
      'classifier', json_extract(plan, '$.classifier'), 'epochs', json_extract(plan, '$.epochs'),
      'data', json_object('folder', json_extract(plan, '$.data.folder')))),
    'epochs', (SELECT count(*) FROM epochs WHERE run_id = runs.id),
    'validation', json_array(validation_auroc, validation_auprc),
    'test', json((SELECT json_array(json_extract(evaluation, '$.metrics.auroc'), json_extract(evaluation, '$.metrics.auprc'))
      FROM evaluations WHERE run_id = runs.id AND image_set = 'test'))) AS shown
  FROM runs LEFT JOIN epochs ON run_id = runs.id AND epoch = best_epoch
  WHERE json_valid(plan, 2) AND NOT EXISTS
    (SELECT 1 FROM evaluations WHERE run_id = runs.id AND image_set = 'test' AND NOT json_valid(evaluation, 2))`;

const refresh = (run: string): string => `
  DELETE FROM run_rows WHERE run_id = ${run};
  INSERT INTO run_rows (run_id, shown, copy) SELECT id, shown, shown FROM (${SHOWN} AND runs.id = ${run});`;

const after = (name: string, event: string, run: string, when = ''): string =>
  `CREATE TRIGGER run_rows_${name} AFTER ${event} ${when} BEGIN ${refresh(run)} END;`;

/**
 * Lists of runs read these rows and no plan, epoch or evaluation. SQLite's triggers keep them, whoever writes; a row that
 * is missing or not what was stored (`copy` differs) is read from the run itself.
 */
export const runRows: Migration = {
  version: 8,
  sql: `
    CREATE TABLE run_rows (
      run_id TEXT PRIMARY KEY,
      shown TEXT NOT NULL,
      copy TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO run_rows (run_id, shown, copy) SELECT id, shown, shown FROM (${SHOWN});
    ${after('of_new', 'INSERT ON runs', 'NEW.id')}
    ${after('of_changed', 'UPDATE OF plan, best_epoch ON runs', 'NEW.id')}
    ${after('of_epoch', 'INSERT ON epochs', 'NEW.run_id')}
    ${after('of_epoch_gone', 'DELETE ON epochs', 'OLD.run_id')}
    ${after('of_test', 'INSERT ON evaluations', 'NEW.run_id', "WHEN NEW.image_set = 'test'")}
    ${after('of_test_gone', 'DELETE ON evaluations', 'OLD.run_id', "WHEN OLD.image_set = 'test'")}
    CREATE TRIGGER run_rows_of_gone AFTER DELETE ON runs BEGIN DELETE FROM run_rows WHERE run_id = OLD.id; END;`,
};
