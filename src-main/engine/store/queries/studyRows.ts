import { studyResult, type StudyPlan, type StudyResult, type StudyRow } from '../../../contract/study/index.ts';
import { damagedRow, requireWhole } from '../checksum.ts';
import { keysOf, newestFirst, type Readable } from '../database.ts';
import { fromColumn, wholeRows } from '../json.ts';
import { studyPlanFrom } from '../plans/study.ts';
import { foldersNow } from './datasets.ts';
import { studyError } from './studies.ts';
import { listCells } from './studyCells.ts';

type Columns = Pick<StudyRow, 'id' | 'kind' | 'status' | 'createdAt' | 'finishedAt'> & {
  plan: string;
  result: string | null;
  error: string | null;
  dataset: string;
  whole: number;
};

const SELECT = `SELECT id, kind, status, created_at AS createdAt, finished_at AS finishedAt, plan, result, error,
  dataset_id AS dataset, whole FROM studies WHERE id = ?`;

/** What lists show of every study that can be read, newest first. */
export function listStudyRows(db: Readable): StudyRow[] {
  return wholeRows(keysOf(db, 'studies'), (id) => rowOf(db, id)).sort(newestFirst);
}

/** The plans of all studies that can be read. */
export function listStudyPlans(db: Readable): { id: string; plan: StudyPlan }[] {
  return wholeRows(keysOf(db, 'studies'), (id) => ({ id, plan: planOf(columnsOf(db, id)) }));
}

function columnsOf(db: Readable, id: string): Columns {
  const row = db.prepare<[string], Columns>(SELECT).get(id);
  if (row?.id !== id) throw damagedRow(`study ${id}`, new Error('its index does not agree'));
  requireWhole(row.whole, `study ${id}`);
  return row;
}

const planOf = ({ id, plan }: Columns): StudyPlan => studyPlanFrom(plan, `plan of study ${id}`);

function rowOf(db: Readable, id: string): StudyRow {
  const columns = columnsOf(db, id);
  const { kind, status, createdAt, finishedAt, result, error, dataset } = columns;
  const { base } = planOf(columns);
  const records = listCells(db, id).flatMap(({ record }) => record ?? []);
  const own = error === null ? null : fromColumn(studyError, error, `error of study ${id}`);
  const errors = [own, ...records.map((record) => record.error)].filter((each) => each !== null);
  return {
    ...{ id, kind, status, createdAt, finishedAt },
    backbone: base.backbone,
    folder: foldersNow(db, { dataset, test: null }).moved?.data ?? base.data.folder,
    ownTest: base.test !== undefined,
    runs: records.length,
    failed: records.filter(({ status }) => status === 'failed').length,
    result: result === null ? null : inShort(fromColumn(studyResult, result, `result of study ${id}`)),
    errors: [...new Map(errors.map(({ code, message }) => [message, { code, message }])).values()],
  };
}

function inShort(result: StudyResult): string | null {
  if (result.kind === 'tournament') return result.verdict;
  return result.kind === 'search' ? `cut at ${result.cut}` : null;
}
