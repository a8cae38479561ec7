import { CutpointError } from '../../contract/errors.ts';
import { ONE_CLASS_ONLY } from '../../contract/oneClass.ts';
import { isMultiLabel } from '../../contract/task/index.ts';
import type { TrainingPlan } from '../../contract/plan.ts';

/**
 * Refuses what several labels an image have none of.
 * @throws CutpointError INPUT_INVALID
 */
export function requireOneClass(plan: Pick<TrainingPlan, 'task'>, what: keyof typeof ONE_CLASS_ONLY): void {
  if (!isMultiLabel(plan)) return;
  throw new CutpointError('INPUT_INVALID', ONE_CLASS_ONLY[what], {
    remedy: 'Train a run on one of the labels alone: its column as the class.',
  });
}
