import type { ComparisonKind, ComparisonPlan, ComparisonResult } from '../../contract/comparison/index.ts';
import type { ComparisonCell } from '../../contract/comparison/shared.ts';
import type { Course } from './context.ts';
import { learningCurve, learningCurveCells } from './learningCurve.ts';
import { checkSearch } from './search/checks.ts';
import { search, searchCells } from './search/index.ts';
import { tournament, tournamentCells } from './tournament.ts';

type PlanOf<K extends ComparisonKind> = Extract<ComparisonPlan, { kind: K }>;

/** What there is to know about one kind of comparison. */
export interface CourseEntry<P extends ComparisonPlan> {
  /** The runs that are known beforehand; each of them is checked before anything is stored. */
  cells(plan: P): ComparisonCell[];
  /** What else of the plan can be wrong. @throws CutpointError */
  check?(plan: P): void;
  course: Course<P, ComparisonResult>;
}

const COURSES: { [K in ComparisonKind]: CourseEntry<PlanOf<K>> } = {
  tournament: { cells: tournamentCells, course: tournament },
  'learning-curve': { cells: learningCurveCells, course: learningCurve },
  search: { cells: searchCells, check: checkSearch, course: search },
};

/** The entry of a plan's kind, which takes that plan. */
export const courseOf = (plan: ComparisonPlan): CourseEntry<ComparisonPlan> =>
  COURSES[plan.kind] as CourseEntry<ComparisonPlan>;
