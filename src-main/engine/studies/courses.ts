import { CutpointError } from '../../contract/errors.ts';
import type { StudyCell, StudyKind, StudyPlan, StudyResult } from '../../contract/study.ts';
import type { Course } from './context.ts';
import { learningCurve, learningCurveCells } from './learningCurve.ts';
import { tournament, tournamentCells } from './tournament.ts';

type PlanOf<K extends StudyKind> = Extract<StudyPlan, { kind: K }>;

/** What there is to know about one kind of study. */
export interface CourseEntry<P extends StudyPlan> {
  /** The runs that are known beforehand; each of them is checked before anything is stored. */
  cells(plan: P): StudyCell[];
  /** What else of the plan can be wrong. @throws CutpointError */
  check?(plan: P): void;
  course: Course<P, StudyResult>;
}

const COURSES: { [K in StudyKind]?: CourseEntry<PlanOf<K>> } = {
  tournament: { cells: tournamentCells, course: tournament },
  'learning-curve': { cells: learningCurveCells, course: learningCurve },
};

/** The entry of a plan's kind, which takes that plan. */
export function courseOf(plan: StudyPlan): CourseEntry<StudyPlan> {
  const entry = COURSES[plan.kind] as CourseEntry<StudyPlan> | undefined;
  if (entry) return entry;
  throw new CutpointError('INPUT_INVALID', `Studies of the kind '${plan.kind}' are not there yet.`);
}
