import type { DataSelection } from '../../../contract/data.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { damageOf } from '../json.ts';
import { comparisonPlanFrom } from '../plans/comparison.ts';
import { trainingPlanFrom } from '../plans/training.ts';
import { createStudy, listStudies, requireStudy, selectionKey, studyFor, withoutScale } from './studies.ts';

/** Says which study a job belongs to; it may belong to several that asked the same. @throws CutpointError STUDY_UNKNOWN */
export function linkJob(db: Writable, study: string, job: string): void {
  requireStudy(db, study);
  db.prepare('INSERT OR IGNORE INTO study_jobs (study_id, job_id) VALUES (?, ?)').run(study, job);
}

/** Ids of the jobs of a study, the newest first. */
export function jobsOfStudy(db: Readable, study: string): string[] {
  return db
    .prepare<[string], string>('SELECT job_id FROM study_jobs WHERE study_id = ? ORDER BY job_id DESC')
    .pluck()
    .all(study);
}

/** Ids of the jobs that belong to a study and to no other. */
export function jobsOfStudyAlone(db: Readable, study: string): string[] {
  return db
    .prepare<[string, string], string>(
      `SELECT job_id FROM study_jobs AS own WHERE study_id = ? AND NOT EXISTS
         (SELECT 1 FROM study_jobs WHERE job_id = own.job_id AND study_id <> ?)`,
    )
    .pluck()
    .all(study, study);
}

/** Ids of the exports of the runs of a study, the newest first. */
export function exportsOfStudy(db: Readable, study: string): string[] {
  return db
    .prepare<[string], string>(
      `SELECT CAST(exports.id AS TEXT) FROM exports JOIN runs ON runs.id = run_id WHERE study_id = ?
       ORDER BY exports.id DESC`,
    )
    .pluck()
    .all(study);
}

/** Gives runs and comparisons of earlier versions, which have none, a study; those that cannot be read stay without. */
export function adoptIntoStudies(db: Writable): void {
  const without = db
    .prepare<[], { table: 'runs' | 'comparisons'; id: string; at: string; plan: string; comparison: string | null }>(
      `SELECT 'comparisons' AS "table", id, created_at AS at, plan, NULL AS comparison FROM comparisons WHERE study_id IS NULL
       UNION ALL SELECT 'runs', id, created_at, plan, comparison_id FROM runs WHERE study_id IS NULL ORDER BY at`,
    )
    .all();
  if (without.length === 0) return;
  const known = new Map(
    listStudies(db)
      .toReversed()
      .flatMap(({ id, data }) => (data === null ? [] : [[selectionKey(data), id] as const])),
  );
  const studyOn = (data: DataSelection, at: string): string => {
    const key = selectionKey(data);
    const id = known.get(key) ?? createStudy(db, { data, at });
    known.set(key, id);
    return id;
  };
  atomically(db, () => {
    // Runs of a comparison go with it.
    for (const { table, id, at, plan, comparison } of [
      ...without.filter((each) => each.comparison === null),
      ...without.filter((each) => each.comparison !== null),
    ]) {
      try {
        const own = comparison === null ? undefined : studyOfComparison(db, comparison);
        const study = own ?? studyOn(dataOf({ table, id, plan }), at);
        db.prepare(`UPDATE ${table} SET study_id = ? WHERE id = ?`).run(study, id);
        db.prepare('UPDATE studies SET opened_at = max(opened_at, ?) WHERE id = ?').run(at, study);
      } catch (thrown) {
        if (damageOf(thrown) === null) throw thrown;
      }
    }
  });
}

function dataOf({ table, id, plan }: { table: 'runs' | 'comparisons'; id: string; plan: string }): DataSelection {
  const what = `plan of ${table === 'runs' ? 'run' : 'comparison'} ${id}`;
  const { data } = table === 'runs' ? trainingPlanFrom(plan, what) : comparisonPlanFrom(plan, what).base;
  return withoutScale(data);
}

/** The study of a comparison; undefined where it has none that can be told. */
export const studyOfComparison = (db: Readable, comparison: string): string | undefined =>
  db.prepare<[string], string | null>('SELECT study_id FROM comparisons WHERE id = ?').pluck().get(comparison) ??
  undefined;

/** The study of a run; undefined where there is no such run, or where it has none that can be told. */
export const studyOfRun = (db: Readable, run: string): string | undefined =>
  db.prepare<[string], string | null>('SELECT study_id FROM runs WHERE id = ?').pluck().get(run) ?? undefined;

/** The study of a new run: that of its comparison, or the one for its data. */
export function studyForRun(
  db: Writable,
  { data, comparison, study }: { data: Parameters<typeof studyFor>[1]; comparison?: string; study?: string },
): string {
  return (comparison === undefined ? undefined : studyOfComparison(db, comparison)) ?? studyFor(db, data, study);
}
