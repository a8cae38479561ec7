import { z } from 'zod';
import { CutpointError } from '../../../contract/errors.ts';
import type { RunStatus } from '../../../contract/run.ts';
import { runStatus } from '../../../contract/run.ts';
import { comparisonResult, comparisonSummary } from '../../../contract/comparison/index.ts';
import type { ComparisonPlan, ComparisonResult, ComparisonSummary } from '../../../contract/comparison/index.ts';
import { withoutTestFigures } from '../../../contract/comparison/shared.ts';
import { damagedRow, requireWhole } from '../checksum.ts';
import { atomically, keysOf, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRow, wholeRows } from '../json.ts';
import { comparisonPlanColumn, comparisonPlanFrom } from '../plans/comparison.ts';
import { withNewId } from '../run-id.ts';
import { appendLog, logTestOpened, testOpened, type Opening } from './log.ts';
import { datasetFacts, foldersNow } from './datasets.ts';
import { resultUnderSeal } from './seal.ts';
import { listCells } from './comparisonCells.ts';
import { studyFor } from './studies.ts';

const names = z.array(z.string());
export const comparisonError = comparisonSummary.shape.error.unwrap();

/** A queued comparison with a new id, on datasets that are stored. */
export function createComparison(
  db: Writable,
  comparison: {
    plan: ComparisonPlan;
    classes: readonly string[];
    dataset: string;
    test: string | null;
    /** Left out: the one for its data. */
    study?: string;
  },
): ComparisonSummary {
  return atomically(db, () => {
    const now = new Date();
    const insert = db.prepare(
      `INSERT INTO comparisons (id, kind, status, created_at, plan, classes, dataset_id, test_dataset_id,
         study_id)
       VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    const plan = comparisonPlanColumn(comparison.plan);
    const classes = toColumn(names, [...comparison.classes]);
    const study = studyFor(db, comparison.plan.base.data, comparison.study);
    const { dataset, test } = comparison;
    const row = [comparison.plan.kind, now.toISOString(), plan, classes, dataset, test, study] as const;
    const id = withNewId(now, (id) => insert.run(id, ...row));
    appendLog(db, 'comparison.created', id);
    return getComparison(db, id);
  });
}

/**
 * Moves a comparison to a status. `error` is kept only with the status it is given with; a result stays.
 *
 * @throws COMPARISON_UNKNOWN
 */
export function setComparisonStatus(
  db: Writable,
  id: string,
  status: RunStatus,
  { error, result }: { error?: z.input<typeof comparisonError>; result?: ComparisonResult } = {},
): void {
  const finished = status === 'completed' || status === 'stopped' || status === 'failed';
  atomically(db, () => {
    const before = db.prepare<[string], string>('SELECT status FROM comparisons WHERE id = ?').pluck().get(id);
    const changed = db
      .prepare(
        `UPDATE comparisons SET status = @status, error = @error, result = coalesce(@result, result),
           finished_at = @finishedAt WHERE id = @id`,
      )
      .run({
        id,
        status: runStatus.parse(status),
        error: error === undefined ? null : toColumn(comparisonError, error),
        result: result === undefined ? null : toColumn(comparisonResult, result),
        finishedAt: finished ? new Date().toISOString() : null,
      });
    if (changed.changes === 0) throw unknownComparison(db, id);
    if (before !== status) appendLog(db, `comparison.${status}`, id);
  });
}

/** Changes what is given. A name that is null is taken away. @throws COMPARISON_UNKNOWN */
export function editComparison(
  db: Writable,
  id: string,
  { name, note }: { name?: string | null; note?: string },
): void {
  const changed = db
    .prepare('UPDATE comparisons SET name = iif(@named, @name, name), note = coalesce(@note, note) WHERE id = @id')
    .run({ id, named: name === undefined ? 0 : 1, name: name ?? null, note: note ?? null });
  if (changed.changes === 0) throw unknownComparison(db, id);
}

/** Notes that somebody looks at the test figures of a comparison, which are given from then on. @throws COMPARISON_UNKNOWN */
export function openComparisonTest(db: Writable, id: string, opening: Opening = { purpose: 'figures' }): void {
  if (db.prepare<[string]>('SELECT 1 FROM comparisons WHERE id = ?').get(id) === undefined)
    throw unknownComparison(db, id);
  logTestOpened(db, 'comparison', id, opening);
}

/** Comparisons that a dead engine left in the middle become interrupted. */
export function interruptComparisons(db: Writable): void {
  const status = db.prepare<[string], string>('SELECT status FROM comparisons WHERE id = ?').pluck();
  wholeRows(keysOf(db, 'comparisons'), (id) => {
    if (['queued', 'running', 'paused'].includes(status.get(id) ?? '')) setComparisonStatus(db, id, 'interrupted');
  });
}

/** Ids of the datasets of a comparison; `test` is null where the test parts are shares of the first. */
export function comparisonDatasets(db: Readable, id: string): { dataset: string; test: string | null } {
  const row = db
    .prepare<[string], { dataset: string; test: string | null; whole: number }>(
      'SELECT dataset_id AS dataset, test_dataset_id AS test, whole FROM comparisons WHERE id = ?',
    )
    .get(id);
  if (row === undefined) throw unknownComparison(db, id);
  const { whole, ...ids } = row;
  requireWhole(whole, `comparison ${id}`);
  return ids;
}

const COLUMNS = `id, kind, status, created_at AS createdAt, finished_at AS finishedAt, plan, classes, result, error,
  study_id AS study, name, note`;

type ComparisonRow = Pick<
  ComparisonSummary,
  'id' | 'kind' | 'status' | 'createdAt' | 'finishedAt' | 'study' | 'name' | 'note'
> & {
  plan: string;
  classes: string;
  result: string | null;
  error: string | null;
};

/** @throws COMPARISON_UNKNOWN, naming the newest comparisons. */
export function getComparison(db: Readable, id: string): ComparisonSummary {
  const row = db.prepare<[string], ComparisonRow>(`SELECT ${COLUMNS} FROM comparisons WHERE id = ?`).get(id);
  if (row === undefined) throw unknownComparison(db, id);
  if (row.id !== id) throw damagedRow(`comparison ${id}`, new Error('its index does not agree'));
  return summary(db, row);
}

function summary(db: Readable, row: ComparisonRow): ComparisonSummary {
  const datasets = comparisonDatasets(db, row.id);
  const opened = testOpened(db, { comparison: row.id });
  const cells = listCells(db, row.id).flatMap(({ record }) => record ?? []);
  const found = row.result === null ? null : fromColumn(comparisonResult, row.result, `result of comparison ${row.id}`);
  const { given: result, sealed } = resultUnderSeal(found, opened);
  const read = {
    ...row,
    ...datasetFacts(db, datasets),
    ...foldersNow(db, datasets),
    plan: comparisonPlanFrom(row.plan, `plan of comparison ${row.id}`),
    classes: fromColumn(names, row.classes, `class list of comparison ${row.id}`),
    cells: opened === null ? cells.map(withoutTestFigures) : cells,
    ...{ result, sealed, testOpened: opened },
    error: row.error === null ? null : fromColumn(comparisonError, row.error, `error of comparison ${row.id}`),
  };
  return wholeRow(comparisonSummary, read, `comparison ${row.id}`);
}

function unknownComparison(db: Readable, id: string): CutpointError {
  const valid = db
    .prepare<[], string>('SELECT id FROM comparisons ORDER BY created_at DESC, id DESC LIMIT 5')
    .pluck()
    .all();
  return new CutpointError('COMPARISON_UNKNOWN', `There is no comparison '${id}' in this workspace.`, {
    remedy:
      valid.length === 0 ? 'No comparison was started here yet.' : `The newest comparisons are ${valid.join(', ')}.`,
    details: { valid },
  });
}
