import { evaluation as schema, type Evaluation } from '../../../contract/evaluation.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn } from '../json.ts';
import { appendLog } from './log.ts';

/** What was evaluated: the run's test split, or another dataset by its fingerprint. */
export type EvaluatedSet = 'test' | `data:${string}`;

/**
 * Stores an evaluation, replacing an earlier one on the same set.
 *
 * @throws Error (a defect) where the set and `evaluation.on` disagree.
 */
export function saveEvaluation(db: Writable, run: string, evaluation: Evaluation, set: EvaluatedSet = 'test'): void {
  if ((set === 'test') !== (evaluation.on === 'test'))
    throw new Error(`an evaluation on ${evaluation.on} is not ${set}`);
  atomically(db, () => {
    db.prepare(
      'INSERT OR REPLACE INTO evaluations (run_id, image_set, evaluation, created_at) VALUES (?, ?, ?, ?)',
    ).run(run, set, toColumn(schema, evaluation), new Date().toISOString());
    appendLog(db, 'run.evaluated', run);
  });
}

/** Null where that set was never evaluated. */
export function loadEvaluation(db: Readable, run: string, set: EvaluatedSet = 'test'): Evaluation | null {
  const text = db
    .prepare<[string, string], string>('SELECT evaluation FROM evaluations WHERE run_id = ? AND image_set = ?')
    .pluck()
    .get(run, set);
  return text === undefined ? null : fromColumn(schema, text, `evaluation of run ${run}`);
}

/** Other folders on which a run was evaluated, the newest first; those whose list of images is not stored are left out. */
export function listOtherEvaluations(
  db: Readable,
  run: string,
): { dataset: string; folder: string; images: number; at: string }[] {
  const rows = db
    .prepare<[string], { evaluation: string; at: string }>(
      `SELECT evaluation, created_at AS at FROM evaluations WHERE run_id = ? AND image_set LIKE 'data:%'
       ORDER BY created_at DESC`,
    )
    .all(run);
  const isThere = db.prepare<[string], number>('SELECT 1 FROM datasets WHERE id = ?').pluck();
  return rows.flatMap(({ evaluation, at }) => {
    const { data, images } = fromColumn(schema, evaluation, `evaluation of run ${run}`);
    return data && isThere.get(data.dataset) === 1 ? [{ ...data, images, at }] : [];
  });
}
