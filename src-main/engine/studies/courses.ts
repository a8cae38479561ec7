import type { StudyKind, StudyPlan, StudyResult } from '../../contract/study/index.ts';
import type { StudyCell } from '../../contract/study/shared.ts';
import type { Course } from './context.ts';
import { learningCurve, learningCurveCells } from './learningCurve.ts';
import { checkSearch } from './search/checks.ts';
import { search, searchCells } from './search/index.ts';
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

const COURSES: { [K in StudyKind]: CourseEntry<PlanOf<K>> } = {
  tournament: { cells: tournamentCells, course: tournament },
  'learning-curve': { cells: learningCurveCells, course: learningCurve },
  search: { cells: searchCells, check: checkSearch, course: search },
};

/** The entry of a plan's kind, which takes that plan. */
export const courseOf = (plan: StudyPlan): CourseEntry<StudyPlan> => COURSES[plan.kind] as CourseEntry<StudyPlan>;
