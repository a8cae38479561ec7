import type { SearchPlan, SearchResult } from '../../../contract/comparison/search.ts';
import type { ComparisonCell } from '../../../contract/comparison/shared.ts';
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
  cells(plan: SearchPlan): ComparisonCell[];
}

const atBlocks = (plan: SearchPlan): ComparisonCell[] =>
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
export const search: Course<SearchPlan, SearchResult> = (comparison) =>
  METHODS[comparison.plan.method].course(comparison);

/** The runs of a search that are known beforehand. */
export const searchCells = (plan: SearchPlan): ComparisonCell[] => METHODS[plan.method].cells(plan);
