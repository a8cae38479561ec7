import { z } from 'zod';
import { CutpointError } from '../../../contract/errors.ts';
import { runStatus, runSummary, type RunStatus, type RunSummary } from '../../../contract/run.ts';
import type { Precision, TrainingPlanInput } from '../../../contract/plan.ts';
import { smallerBatch, type SmallerBatch } from '../../../contract/smallerBatch.ts';
import { damagedRow, requireWhole } from '../checksum.ts';
import { atomically, keysOf, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRow, wholeRows } from '../json.ts';
import { planColumn, trainingPlanFrom } from '../plans/training.ts';
import { withNewId } from '../run-id.ts';
import { datasetFacts, foldersNow } from './datasets.ts';
import { listEpochs } from './epochs.ts';
import { loadEvaluation } from './evaluations.ts';
import { appendLog, logTestOpened, testOpened, type Opening } from './log.ts';
import { underSeal } from './seal.ts';
import { splitCounts } from './splits.ts';
import { studyForRun } from './studyMembers.ts';

const names = z.array(z.string());
const smallerBatches = z.array(smallerBatch);
export const runError = runSummary.shape.error.unwrap();

/** Statuses that only a living engine can mean. */
const ALIVE: readonly RunStatus[] = ['queued', 'running', 'paused'];
const FINISHED: readonly RunStatus[] = ['completed', 'stopped', 'failed'];

/** A queued run with a new id, on its own or of a comparison. The plan is checked, and its defaults filled in. */
export function createRun(
  db: Writable,
  run: {
    plan: TrainingPlanInput;
    classes: readonly string[];
    parameters: number;
    macs: number;
    comparison?: string;
    /** Left out: that of its comparison, or the one for its data. */
    study?: string;
  },
): RunSummary {
  return atomically(db, () => {
    const now = new Date();
    const insert = db.prepare(
      `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs, comparison_id, study_id)
       VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    const plan = planColumn(run.plan, { checked: run.comparison !== undefined });
    const classes = toColumn(names, [...run.classes]);
    const { data } = trainingPlanFrom(plan, 'plan of a new run');
    const study = studyForRun(db, { ...run, data });
    const row = [now.toISOString(), plan, classes, run.parameters, run.macs, run.comparison ?? null, study];
    const id = withNewId(now, (id) => insert.run(id, ...row));
    appendLog(db, 'run.created', id);
    return getRun(db, id);
  });
}

/** Whether a run is being trained at this moment: one that waits or pauses is not. */
export const someRunTrains = (db: Readable): boolean =>
  db.prepare("SELECT 1 FROM runs WHERE status = 'running' LIMIT 1").get() !== undefined;

/**
 * Moves a run to a status. `error` is kept only with the status it is given with; `finishedAt` is now for a finished
 * run and null for any other, unless given; `engine` stays unless given.
 *
 * @throws RUN_UNKNOWN
 */
export function setRunStatus(
  db: Writable,
  id: string,
  status: RunStatus,
  options: { error?: z.input<typeof runError>; engine?: string; finishedAt?: string } = {},
): void {
  atomically(db, () => {
    const before = db.prepare<[string], string>('SELECT status FROM runs WHERE id = ?').pluck().get(id);
    const changed = db
      .prepare(
        `UPDATE runs SET status = @status, error = @error, engine = coalesce(@engine, engine), finished_at = @finishedAt
         WHERE id = @id`,
      )
      .run({
        id,
        status: runStatus.parse(status),
        error: options.error === undefined ? null : toColumn(runError, options.error),
        engine: options.engine ?? null,
        finishedAt: options.finishedAt ?? (FINISHED.includes(status) ? new Date().toISOString() : null),
      });
    if (changed.changes === 0) throw unknownRun(db, id);
    if (before !== status) appendLog(db, `run.${status}`, id);
  });
}

/** Changes what is given. A name that is null is taken away. @throws RUN_UNKNOWN */
export function editRun(
  db: Writable,
  id: string,
  { name, note, starred }: { name?: string | null; note?: string; starred?: boolean },
): void {
  const changed = db
    .prepare(
      `UPDATE runs SET name = iif(@named, @name, name), note = coalesce(@note, note),
         starred = coalesce(@starred, starred) WHERE id = @id`,
    )
    .run({
      id,
      ...{ named: name === undefined ? 0 : 1, name: name ?? null, note: note ?? null },
      starred: starred === undefined ? null : Number(starred),
    });
  if (changed.changes === 0) throw unknownRun(db, id);
}

/** Notes that somebody looks at the test figures of a run, which are given from then on. @throws RUN_UNKNOWN */
export function openRunTest(db: Writable, id: string, opening: Opening = { purpose: 'figures' }): void {
  if (db.prepare<[string]>('SELECT 1 FROM runs WHERE id = ?').get(id) === undefined) throw unknownRun(db, id);
  logTestOpened(db, 'run', id, opening);
}

/** Another batch size for a run. @throws RUN_UNKNOWN; Error (a defect) where an epoch was finished with the one it has */
export function setRunBatch(db: Writable, id: string, batch: number): void {
  atomically(db, () => {
    const { plan, epochs } = getRun(db, id);
    if (epochs.length > 0) throw new Error(`epochs of run ${id} were trained with batches of ${plan.batch}`);
    const changed = planColumn({ ...plan, batch }, { checked: true });
    db.prepare('UPDATE runs SET plan = ?, smaller_batches = NULL WHERE id = ?').run(changed, id);
    appendLog(db, 'run.batch', id);
  });
}

/** Settles the precision that a run is trained in. @throws RUN_UNKNOWN; Error (a defect) where it was settled */
export function setRunPrecision(db: Writable, id: string, precision: Precision): void {
  atomically(db, () => {
    const { plan } = getRun(db, id);
    if (plan.precision !== 'auto') throw new Error(`run ${id} is trained in ${plan.precision}`);
    db.prepare('UPDATE runs SET plan = ? WHERE id = ?').run(planColumn({ ...plan, precision }, { checked: true }), id);
  });
}

/** Notes that from a step on a run takes fewer images at a time, as more did not fit. @throws RUN_UNKNOWN */
export function addSmallerBatch(db: Writable, id: string, found: SmallerBatch): void {
  atomically(db, () => {
    const { smallerBatches: before = [] } = getRun(db, id);
    const column = toColumn(smallerBatches, [...before, found]);
    db.prepare('UPDATE runs SET smaller_batches = ? WHERE id = ?').run(column, id);
    appendLog(db, 'run.smaller-batch', id);
  });
}

/** Runs that a dead engine left in the middle become interrupted. */
export function interruptRuns(db: Writable): void {
  const status = db.prepare<[string], RunStatus>('SELECT status FROM runs WHERE id = ?').pluck();
  wholeRows(keysOf(db, 'runs'), (id) => {
    const left = status.get(id);
    if (left !== undefined && ALIVE.includes(left)) setRunStatus(db, id, 'interrupted');
  });
}

/**
 * Names the datasets of a run; `test` is null where the test split is a share of the first.
 *
 * @throws RUN_UNKNOWN; Error (a defect) once the split is fixed, unless they stay the same
 */
export function setRunDataset(db: Writable, id: string, dataset: string, test: string | null): void {
  const row = db
    .prepare<[string], { dataset: string | null; test: string | null; fixed: number }>(
      `SELECT dataset_id AS dataset, test_dataset_id AS test, split_counts IS NOT NULL AS fixed FROM runs WHERE id = ?`,
    )
    .get(id);
  if (row === undefined) throw unknownRun(db, id);
  if (row.dataset === dataset && row.test === test) return;
  if (row.fixed) throw new Error(`the split of run ${id} is already fixed on its dataset`);
  db.prepare('UPDATE runs SET dataset_id = ?, test_dataset_id = ? WHERE id = ?').run(dataset, test, id);
}

/** Ids of the datasets of a run, null before they are named. @throws RUN_UNKNOWN, STORE_CORRUPT */
export function runDatasets(db: Readable, id: string): { dataset: string | null; test: string | null } {
  const row = db
    .prepare<[string], { dataset: string | null; test: string | null; whole: number }>(
      'SELECT dataset_id AS dataset, test_dataset_id AS test, whole FROM runs WHERE id = ?',
    )
    .get(id);
  if (row === undefined) throw unknownRun(db, id);
  const { whole, ...ids } = row;
  requireWhole(whole, `run ${id}`);
  return ids;
}

/** @throws RUN_UNKNOWN, naming the newest runs. */
export function getRun(db: Readable, id: string): RunSummary {
  const row = db.prepare<[string], RunRow>(`SELECT ${COLUMNS} FROM runs WHERE id = ?`).get(id);
  if (row === undefined) throw unknownRun(db, id);
  if (row.id !== id) throw damagedRow(`run ${id}`, new Error('its index does not agree'));
  return summary(db, row);
}

const COLUMNS = `id, status, created_at AS createdAt, finished_at AS finishedAt, plan, classes, parameters, macs, engine,
  error, split_counts AS split, best_epoch AS bestEpoch, comparison_id AS comparison,
  study_id AS study, name, note, starred, smaller_batches AS smallerBatches`;

type RunRow = Omit<
  RunSummary,
  'plan' | 'classes' | 'error' | 'split' | 'epochs' | 'test' | 'sealed' | 'starred' | 'testOpened' | 'smallerBatches'
> & {
  starred: number;
  smallerBatches: string | null;
  plan: string;
  classes: string;
  error: string | null;
  split: string | null;
};

function summary(db: Readable, row: RunRow): RunSummary {
  const datasets = runDatasets(db, row.id);
  const facts = datasetFacts(db, datasets);
  const tested = datasets.test === null ? facts.grouping : facts.testGrouping;
  const opened = testOpened(db, { run: row.id, comparison: row.comparison });
  const { given: test, sealed } = underSeal(loadEvaluation(db, row.id), opened);
  const read = {
    ...row,
    ...facts,
    ...foldersNow(db, datasets),
    starred: row.starred === 1,
    testOpened: opened,
    plan: trainingPlanFrom(row.plan, `plan of run ${row.id}`),
    classes: fromColumn(names, row.classes, `class list of run ${row.id}`),
    error: row.error === null ? null : fromColumn(runError, row.error, `error of run ${row.id}`),
    split: row.split === null ? null : fromColumn(splitCounts, row.split, `split of run ${row.id}`),
    epochs: listEpochs(db, row.id, row.bestEpoch),
    smallerBatches:
      row.smallerBatches === null
        ? undefined
        : fromColumn(smallerBatches, row.smallerBatches, `smaller batches of run ${row.id}`),
    // Evaluations of earlier versions do not say what their groups are.
    test: test && { ...(tested && { grouping: tested }), ...test },
    sealed,
  };
  return wholeRow(runSummary, read, `run ${row.id}`);
}

function unknownRun(db: Readable, id: string): CutpointError {
  const valid = db.prepare<[], string>('SELECT id FROM runs ORDER BY created_at DESC, id DESC LIMIT 5').pluck().all();
  return new CutpointError('RUN_UNKNOWN', `There is no run '${id}' in this workspace.`, {
    remedy: valid.length === 0 ? 'No run was started here yet.' : `The newest runs are ${valid.join(', ')}.`,
    details: { valid },
  });
}
