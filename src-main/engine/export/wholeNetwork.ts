import type { RunSummary } from '../../contract/run.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { truncatedAt } from '../../contract/strategies.ts';
import { architectureOf } from '../../backbone/architecture.ts';

/** The backbone of a run whole and at full width, with a head for the same classes. */
export const wholeOf = ({ plan, classes }: RunSummary) =>
  architectureOf({ ...plan, strategy: 'full', classifier: 'softmax' }, classes);

export const isReduced = (plan: TrainingPlan): boolean => truncatedAt(plan) !== null || plan.strategy === 'transfusion';
