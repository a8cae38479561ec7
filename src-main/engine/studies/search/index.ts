import type { SearchPlan, SearchResult } from '../../../contract/study/search.ts';
import type { StudyCell } from '../../../contract/study/shared.ts';
import type { Course } from '../context.ts';
import { blockCuts, candidatesOf } from './cuts.ts';
import { deepening } from './deepening.ts';
import { fast } from './fast.ts';
import { svcca } from './svcca.ts';
import { cellOf, fullCell } from './trials.ts';
import { twoStage } from './twoStage.ts';

interface SearchMethod {
  course: Course<SearchPlan, SearchResult>;
  /** The runs that are known before the first result. */
  cells(plan: SearchPlan): StudyCell[];
}

const atBlocks = (plan: SearchPlan): StudyCell[] =>
  blockCuts(candidatesOf(plan).points).flatMap(({ name }) => plan.seeds.map((seed) => cellOf(plan, name, seed)));

const METHODS: Record<SearchPlan['method'], SearchMethod> = {
  'two-stage': { course: twoStage, cells: atBlocks },
  // Which cuts are worth a run only the probes will say.
  fast: { course: fast, cells: () => [] },
  svcca: { course: svcca, cells: (plan) => [fullCell(plan)] },
  // It begins with the deepest of these and may end long before the last.
  deepening: { course: deepening, cells: (plan) => atBlocks(plan).slice(-plan.seeds.length) },
};

/** The search for the cut, by the plan's method. */
export const search: Course<SearchPlan, SearchResult> = (study) => METHODS[study.plan.method].course(study);

/** The runs of a search that are known beforehand. */
export const searchCells = (plan: SearchPlan): StudyCell[] => METHODS[plan.method].cells(plan);
