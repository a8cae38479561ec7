import { z } from 'zod';
import type { TrainingPlan } from '../../../contract/plan.ts';
import { runRow, type RunRow } from '../../../contract/run.ts';
import { rowOfRun, shownFigures, shownOfPlan, type Figures } from '../../../contract/runRow.ts';
import { damagedRow, requireWhole } from '../checksum.ts';
import { keysOf, keysOfStudy, newestFirst, type Readable } from '../database.ts';
import { damageOf, fromColumn, wholeRow, wholeRows } from '../json.ts';
import { trainingPlanFrom, upgradeTraining } from '../plans/training.ts';
import type { Stored } from '../plans/versions.ts';
import { getRun, runError } from './runs.ts';

/**
 * What lists show of every run that can be read, or of those of a study, newest first. Whether all of a run can be read, only its details tell;
 * they are asked where SQLite finds damage, or not a row for every key.
 */
export const listRunRows = (db: Readable, study?: string): RunRow[] => listed(db, study).map(({ row }) => row);

/** The same rows, each with what of its plan says how the network is taken over. */
export const listRunTransfers = (db: Readable, study?: string): (RunRow & { plan: Transfer })[] =>
  listed(db, study).map(({ row, plan: { strategy, cut, initialisation, source } }) => ({
    ...row,
    plan: { strategy, cut, initialisation, source },
  }));

/** What of a plan says how the network is taken over. */
export type Transfer = Pick<TrainingPlan, 'strategy' | 'cut' | 'initialisation' | 'source'>;

interface Listed {
  row: RunRow;
  /** Of a row that is read as it is shown, no more than lists show of it. */
  plan: Transfer;
}

function listed(db: Readable, study: string | undefined): Listed[] {
  const keys = study === undefined ? keysOf(db, 'runs') : keysOfStudy(db, 'runs', study);
  const columns = columnsOfAll(db, study);
  const rows =
    columns.length === keys.length
      ? wholeRows(columns, (each) => rowOf(db, each))
      : wholeRows(keys, (id) => wholeRun(db, id));
  return rows.sort((a, b) => newestFirst(a.row, b.row));
}

function wholeRun(db: Readable, id: string): Listed {
  const run = getRun(db, id);
  return { row: rowOfRun(run), plan: run.plan };
}

/** The plans of all runs that can be read, and what they tell apart. */
export function listRunPlans(db: Readable): { id: string; plan: TrainingPlan; classes: string[] }[] {
  const row = db.prepare<[string], { id: string; plan: string; classes: string; whole: number }>(
    'SELECT id, plan, classes, whole FROM runs WHERE id = ?',
  );
  return wholeRows(keysOf(db, 'runs'), (id) => {
    const found = row.get(id);
    if (found?.id !== id) throw damagedRow(`run ${id}`, new Error('its index does not agree'));
    const { whole, plan, classes } = found;
    requireWhole(whole, `run ${id}`);
    return {
      id,
      plan: trainingPlanFrom(plan, `plan of run ${id}`),
      classes: fromColumn(z.array(z.string()), classes, `class list of run ${id}`),
    };
  });
}

type Columns = Pick<
  RunRow,
  | 'id'
  | 'status'
  | 'createdAt'
  | 'finishedAt'
  | 'parameters'
  | 'macs'
  | 'bestEpoch'
  | 'comparison'
  | 'study'
  | 'name'
  | 'note'
> & {
  starred: number;
  openedAt: string | null;
  openedTimes: number | null;
  error: string | null;
  whole: number;
  /** Null where it is not what was stored, or missing. */
  shown: string | null;
  moved: string | null;
};

const SELECT = `SELECT id, status, created_at AS createdAt, finished_at AS finishedAt, parameters, macs, best_epoch AS bestEpoch,
  comparison_id AS comparison, study_id AS study, name, note, starred, openedAt, openedTimes, error, runs.whole, iif(shown = copy, shown, NULL) AS shown,
  iif(moves.whole, moves.folder, NULL) AS moved
  FROM runs LEFT JOIN run_rows ON run_id = id LEFT JOIN dataset_moves AS moves USING (dataset_id)
  LEFT JOIN (SELECT object, min(at) AS openedAt, count(*) AS openedTimes FROM audit_log WHERE what = 'test.opened'
    GROUP BY object) ON object = id`;

/** None where SQLite finds damage. */
function columnsOfAll(db: Readable, study?: string): Columns[] {
  try {
    // Read from the first to the last; without a condition, SQLite looks up each by an index.
    if (study === undefined) return db.prepare<[], Columns>(`${SELECT} WHERE id > ''`).all();
    return db.prepare<[string], Columns>(`${SELECT} WHERE study_id = ?`).all(study);
  } catch (thrown) {
    if (damageOf(thrown) === null) throw thrown;
    return [];
  }
}

/** What is read of a row of `run_rows`; the figures of test images that it holds too are in no list. */
interface Shown {
  plan: Stored;
  epochs: number;
  validation: Figures;
}

function rowOf(db: Readable, { shown, error, whole, moved, starred, openedAt, openedTimes, ...own }: Columns): Listed {
  const what = `run ${own.id}`;
  requireWhole(whole, what);
  const testOpened = openedAt === null ? null : { at: openedAt, times: openedTimes ?? 0 };
  // Those of its comparison are counted with that, not once more with each run.
  if (shown === null) {
    const { row, plan } = wholeRun(db, own.id);
    return { row: { ...row, testOpened }, plan };
  }
  const { plan, epochs, validation } = JSON.parse(shown) as Shown;
  // Nothing of it is taken for what it should be before the whole row is looked at.
  const read = { source: null, ...upgradeTraining(plan, `plan of ${what}`) } as unknown as TrainingPlan;
  const row = wholeRow(
    runRow,
    {
      ...own,
      starred: starred === 1,
      testOpened,
      ...shownOfPlan(read, moved ?? undefined),
      epochs,
      ...shownFigures(validation),
      error: error === null ? null : fromColumn(runError, error, `error of ${what}`).message,
    },
    what,
  );
  return { row, plan: read };
}
