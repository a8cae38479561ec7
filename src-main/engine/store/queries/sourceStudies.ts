import { CutpointError } from '../../../contract/errors.ts';
import { studyChecks, type SourceStudyPlan, type StudyChecks } from '../../../contract/sourceStudy.ts';
import { atomically, keysOf, newestFirst, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRows } from '../json.ts';
import { sourceStudyPlanColumn, sourceStudyPlanFrom } from '../plans/sourceStudy.ts';
import { withNewId } from '../run-id.ts';
import { appendLog } from './log.ts';

/** A source study with the tournaments that it is made of, in the order in which they were begun. */
export interface StoredSourceStudy {
  id: string;
  createdAt: string;
  plan: SourceStudyPlan;
  checks: StudyChecks;
  members: { target: string; comparison: string }[];
}

/** A source study with a new id, without members. */
export function createSourceStudy(db: Writable, plan: SourceStudyPlan, checks: StudyChecks): string {
  return atomically(db, () => {
    const now = new Date();
    const insert = db.prepare(
      'INSERT INTO source_studies (id, created_at, plan, checks) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    );
    const row = [now.toISOString(), sourceStudyPlanColumn(plan), toColumn(studyChecks, checks)] as const;
    const id = withNewId(now, (id) => insert.run(id, ...row));
    appendLog(db, 'source-study.created', id);
    return id;
  });
}

/** Takes a stored tournament into a study. */
export function addMember(db: Writable, id: string, member: { target: string; comparison: string }): void {
  db.prepare(
    `INSERT INTO source_study_members (source_study_id, comparison_id, position, target)
     VALUES (@id, @comparison, (SELECT 1 + count(*) FROM source_study_members WHERE source_study_id = @id), @target)`,
  ).run({ id, ...member });
}

/** Forgets a study; its tournaments stay. @throws CutpointError SOURCE_STUDY_UNKNOWN */
export function removeSourceStudy(db: Writable, id: string): void {
  atomically(db, () => {
    if (db.prepare('DELETE FROM source_studies WHERE id = ?').run(id).changes === 0) throw unknownStudy(db, id);
    appendLog(db, 'source-study.removed', id);
  });
}

/** @throws CutpointError SOURCE_STUDY_UNKNOWN, naming the newest; STORE_CORRUPT, PLAN_NEWER */
export function getSourceStudy(db: Readable, id: string): StoredSourceStudy {
  const row = db
    .prepare<[string], { id: string; createdAt: string; plan: string; checks: string }>(
      'SELECT id, created_at AS createdAt, plan, checks FROM source_studies WHERE id = ?',
    )
    .get(id);
  if (row === undefined) throw unknownStudy(db, id);
  const what = `source study ${id}`;
  return {
    ...{ id: row.id, createdAt: row.createdAt },
    plan: sourceStudyPlanFrom(row.plan, `plan of ${what}`),
    checks: fromColumn(studyChecks, row.checks, `checks of ${what}`),
    members: db
      .prepare<[string], { target: string; comparison: string }>(
        `SELECT target, comparison_id AS comparison FROM source_study_members
         WHERE source_study_id = ? ORDER BY position, comparison_id`,
      )
      .all(id),
  };
}

/** All that can be read, newest first. */
export const listSourceStudies = (db: Readable): StoredSourceStudy[] =>
  wholeRows(keysOf(db, 'source_studies'), (id) => getSourceStudy(db, id)).sort(newestFirst);

function unknownStudy(db: Readable, id: string): CutpointError {
  const valid = db
    .prepare<[], string>('SELECT id FROM source_studies ORDER BY created_at DESC, id DESC LIMIT 5')
    .pluck()
    .all();
  return new CutpointError('SOURCE_STUDY_UNKNOWN', `There is no source study '${id}' in this workspace.`, {
    remedy:
      valid.length === 0
        ? 'No source study was started here yet.'
        : `The newest source studies are ${valid.join(', ')}.`,
    details: { valid },
  });
}
