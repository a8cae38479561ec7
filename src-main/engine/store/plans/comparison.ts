import { storedComparisonPlan, type ComparisonPlan } from '../../../contract/comparison/index.ts';
import { withChecksum } from '../json.ts';
import { numbered, upgradeTraining } from './training.ts';
import { planFrom, upgraded, type Stored, type Upgrade } from './versions.ts';

/** Upgrades of the plan of a comparison; what its runs have in common is a plan with a version of its own. */
export const COMPARISON_UPGRADES: readonly Upgrade[] = [
  // Plans without a number: what was read where one left something out.
  (plan) => ({ ...LEFT_OUT[String(plan.kind)], ...plan }),
];

const LEFT_OUT: Readonly<Record<string, Stored>> = {
  tournament: {
    ...{ cuts: [], sources: [], seeds: [0], folds: { kind: 'groups', k: 5 } },
    ...{ reference: 'full', margin: 0.02, confidence: 0.95 },
  },
  search: { strategy: 'truncated', seeds: [0, 1, 2] },
  'learning-curve': {
    ...{ strategies: ['full', 'mean-var', 'scratch'], cuts: [], shares: [0.05, 0.1, 0.25, 0.5, 1] },
    ...{ seeds: [0], confidence: 0.95 },
  },
};

/**
 * The plan of a comparison as text for its column. Throws ZodError (a defect) where it is not what the contract says.
 */
export function comparisonPlanColumn(plan: ComparisonPlan): string {
  const { base, ...rest } = storedComparisonPlan.parse(plan);
  return withChecksum(JSON.stringify({ version: COMPARISON_UPGRADES.length, ...rest, base: numbered(base) }));
}

/** @param what names it in the sentence. @throws CutpointError PLAN_NEWER, STORE_CORRUPT */
export const comparisonPlanFrom = (column: string, what: string): ComparisonPlan =>
  planFrom(storedComparisonPlan, column, upgradeComparison, what);

function upgradeComparison(stored: Stored, what: string): Stored {
  const { base, ...plan } = upgraded(stored, COMPARISON_UPGRADES, what);
  return { ...plan, base: typeof base === 'object' && base !== null ? upgradeTraining(base as Stored, what) : base };
}
