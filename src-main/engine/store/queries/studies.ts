import { z } from 'zod';
import { CutpointError } from '../../../contract/errors.ts';
import type { RunStatus } from '../../../contract/run.ts';
import { runStatus } from '../../../contract/run.ts';
import { studyResult, studySummary } from '../../../contract/study/index.ts';
import type { StudyPlan, StudyResult, StudySummary } from '../../../contract/study/index.ts';
import { damagedRow, requireWhole } from '../checksum.ts';
import { atomically, keysOf, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRow, wholeRows } from '../json.ts';
import { studyPlanColumn, studyPlanFrom } from '../plans/study.ts';
import { withNewId } from '../run-id.ts';
import { appendLog } from './log.ts';
import { datasetFacts, foldersNow } from './datasets.ts';
import { listCells } from './studyCells.ts';

const names = z.array(z.string());
export const studyError = studySummary.shape.error.unwrap();

/** A queued study with a new id, on datasets that are stored. */
export function createStudy(
  db: Writable,
  study: { plan: StudyPlan; classes: readonly string[]; dataset: string; test: string | null },
): StudySummary {
  return atomically(db, () => {
    const now = new Date();
    const insert = db.prepare(
      `INSERT INTO studies (id, kind, status, created_at, plan, classes, dataset_id, test_dataset_id)
       VALUES (?, ?, 'queued', ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    const plan = studyPlanColumn(study.plan);
    const classes = toColumn(names, [...study.classes]);
    const row = [study.plan.kind, now.toISOString(), plan, classes, study.dataset, study.test] as const;
    const id = withNewId(now, (id) => insert.run(id, ...row));
    appendLog(db, 'study.created', id);
    return getStudy(db, id);
  });
}

/**
 * Moves a study to a status. `error` is kept only with the status it is given with; a result stays.
 *
 * @throws STUDY_UNKNOWN
 */
export function setStudyStatus(
  db: Writable,
  id: string,
  status: RunStatus,
  { error, result }: { error?: z.input<typeof studyError>; result?: StudyResult } = {},
): void {
  const finished = status === 'completed' || status === 'stopped' || status === 'failed';
  atomically(db, () => {
    const changed = db
      .prepare(
        `UPDATE studies SET status = @status, error = @error, result = coalesce(@result, result),
           finished_at = @finishedAt WHERE id = @id`,
      )
      .run({
        id,
        status: runStatus.parse(status),
        error: error === undefined ? null : toColumn(studyError, error),
        result: result === undefined ? null : toColumn(studyResult, result),
        finishedAt: finished ? new Date().toISOString() : null,
      });
    if (changed.changes === 0) throw unknownStudy(db, id);
    appendLog(db, `study.${status}`, id);
  });
}

/** Studies that a dead engine left in the middle become interrupted. */
export function interruptStudies(db: Writable): void {
  const status = db.prepare<[string], string>('SELECT status FROM studies WHERE id = ?').pluck();
  wholeRows(keysOf(db, 'studies'), (id) => {
    if (['queued', 'running', 'paused'].includes(status.get(id) ?? '')) setStudyStatus(db, id, 'interrupted');
  });
}

/** Ids of the datasets of a study; `test` is null where the test parts are shares of the first. */
export function studyDatasets(db: Readable, id: string): { dataset: string; test: string | null } {
  const row = db
    .prepare<[string], { dataset: string; test: string | null; whole: number }>(
      'SELECT dataset_id AS dataset, test_dataset_id AS test, whole FROM studies WHERE id = ?',
    )
    .get(id);
  if (row === undefined) throw unknownStudy(db, id);
  const { whole, ...ids } = row;
  requireWhole(whole, `study ${id}`);
  return ids;
}

const COLUMNS = 'id, kind, status, created_at AS createdAt, finished_at AS finishedAt, plan, classes, result, error';

type StudyRow = Pick<StudySummary, 'id' | 'kind' | 'status' | 'createdAt' | 'finishedAt'> & {
  plan: string;
  classes: string;
  result: string | null;
  error: string | null;
};

/** @throws STUDY_UNKNOWN, naming the newest studies. */
export function getStudy(db: Readable, id: string): StudySummary {
  const row = db.prepare<[string], StudyRow>(`SELECT ${COLUMNS} FROM studies WHERE id = ?`).get(id);
  if (row === undefined) throw unknownStudy(db, id);
  if (row.id !== id) throw damagedRow(`study ${id}`, new Error('its index does not agree'));
  return summary(db, row);
}

function summary(db: Readable, row: StudyRow): StudySummary {
  const datasets = studyDatasets(db, row.id);
  const read = {
    ...row,
    ...datasetFacts(db, datasets),
    ...foldersNow(db, datasets),
    plan: studyPlanFrom(row.plan, `plan of study ${row.id}`),
    classes: fromColumn(names, row.classes, `class list of study ${row.id}`),
    cells: listCells(db, row.id).flatMap(({ record }) => record ?? []),
    result: row.result === null ? null : fromColumn(studyResult, row.result, `result of study ${row.id}`),
    error: row.error === null ? null : fromColumn(studyError, row.error, `error of study ${row.id}`),
  };
  return wholeRow(studySummary, read, `study ${row.id}`);
}

function unknownStudy(db: Readable, id: string): CutpointError {
  const valid = db
    .prepare<[], string>('SELECT id FROM studies ORDER BY created_at DESC, id DESC LIMIT 5')
    .pluck()
    .all();
  return new CutpointError('STUDY_UNKNOWN', `There is no study '${id}' in this workspace.`, {
    remedy: valid.length === 0 ? 'No study was started here yet.' : `The newest studies are ${valid.join(', ')}.`,
    details: { valid },
  });
}
