import {
  comparisonResult,
  type ComparisonPlan,
  type ComparisonResult,
  type ComparisonRow,
} from '../../../contract/comparison/index.ts';
import { outcomeOf } from '../../../contract/comparison/outcome.ts';
import { damagedRow, requireWhole } from '../checksum.ts';
import { keysOf, keysOfStudy, newestFirst, type Readable } from '../database.ts';
import { fromColumn, wholeRows } from '../json.ts';
import { comparisonPlanFrom } from '../plans/comparison.ts';
import { foldersNow } from './datasets.ts';
import { comparisonError } from './comparisons.ts';
import { listCells } from './comparisonCells.ts';
import { testOpened } from './log.ts';
import { resultUnderSeal } from './seal.ts';

type Columns = Pick<
  ComparisonRow,
  'id' | 'kind' | 'status' | 'createdAt' | 'finishedAt' | 'study' | 'name' | 'note'
> & {
  plan: string;
  result: string | null;
  error: string | null;
  dataset: string;
  whole: number;
};

const SELECT = `SELECT id, kind, status, created_at AS createdAt, finished_at AS finishedAt, plan, result, error,
  study_id AS study, name, note, dataset_id AS dataset, whole FROM comparisons WHERE id = ?`;

/** What lists show of every comparison that can be read, or of those of a study, newest first. */
export function listComparisonRows(db: Readable, study?: string): ComparisonRow[] {
  const keys = study === undefined ? keysOf(db, 'comparisons') : keysOfStudy(db, 'comparisons', study);
  return wholeRows(keys, (id) => rowOf(db, id)).sort(newestFirst);
}

/** The plans of all comparisons that can be read. */
export function listComparisonPlans(db: Readable): { id: string; plan: ComparisonPlan }[] {
  return wholeRows(keysOf(db, 'comparisons'), (id) => ({ id, plan: planOf(columnsOf(db, id)) }));
}

function columnsOf(db: Readable, id: string): Columns {
  const row = db.prepare<[string], Columns>(SELECT).get(id);
  if (row?.id !== id) throw damagedRow(`comparison ${id}`, new Error('its index does not agree'));
  requireWhole(row.whole, `comparison ${id}`);
  return row;
}

const planOf = ({ id, plan }: Columns): ComparisonPlan => comparisonPlanFrom(plan, `plan of comparison ${id}`);

function rowOf(db: Readable, id: string): ComparisonRow {
  const columns = columnsOf(db, id);
  const { kind, status, createdAt, finishedAt, study, name, note, result, error, dataset } = columns;
  const { base } = planOf(columns);
  const records = listCells(db, id).flatMap(({ record }) => record ?? []);
  const own = error === null ? null : fromColumn(comparisonError, error, `error of comparison ${id}`);
  const found = result === null ? null : fromColumn(comparisonResult, result, `result of comparison ${id}`);
  const opened = testOpened(db, { comparison: id });
  const { given, sealed } = resultUnderSeal(found, opened);
  const errors = [own, ...records.map((record) => record.error)].filter((each) => each !== null);
  return {
    ...{ id, kind, status, createdAt, finishedAt, study, name, note, sealed, testOpened: opened },
    backbone: base.backbone,
    folder: foldersNow(db, { dataset, test: null }).moved?.data ?? base.data.folder,
    ownTest: base.test !== undefined,
    runs: records.length,
    failed: records.filter(({ status }) => status === 'failed').length,
    result: given && inShort(given),
    errors: [...new Map(errors.map(({ code, message }) => [message, { code, message }])).values()],
  };
}

function inShort(result: ComparisonResult): string | null {
  if (result.kind === 'tournament') return outcomeOf(result);
  return result.kind === 'search' ? `cut at ${result.cut}` : null;
}
