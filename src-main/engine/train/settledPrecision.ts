import type { TrainingPlan } from '../../contract/plan.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Reader } from '../store/store.ts';

/**
 * The precision of a run's plan; where it is left open, the one that another run of the same comparison was trained in. Runs
 * that are compared differ in nothing else, and one that is resumed goes on as it began: on another day, or another machine,
 * the other precision may be the faster one.
 */
export function settledPrecision(
  { comparisons, runs }: Pick<Reader, 'comparisons' | 'runs'>,
  { id, plan, comparison }: Pick<RunSummary, 'id' | 'plan' | 'comparison'>,
): TrainingPlan['precision'] {
  if (plan.precision !== 'auto' || comparison === null) return plan.precision;
  for (const { run } of comparisons.get(comparison).cells) {
    if (run === null || run === id) continue;
    const { precision } = runs.get(run).plan;
    if (precision !== 'auto') return precision;
  }
  return 'auto';
}
