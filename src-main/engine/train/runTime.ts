import type { Estimate, TimeEstimate } from '../../contract/estimate.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { stagesOf } from '../../contract/stages.ts';
import { CALIBRATION_IMAGES } from './loop.ts';
import { isNeutral } from './frozen.ts';
import type { StepTime } from './stepTime.ts';

/**
 * Between which factors a run has taken what its measured steps say: machines are never alone, and last batches, metrics
 * and checkpoints are not timed.
 */
export const FACTOR = 1.6;

type Counts = Estimate['images'];

/** Seconds of an epoch and of a whole run, of all epochs that are planned, with its test. */
export interface RunTime {
  epoch: TimeEstimate;
  total: TimeEstimate;
}

const around = (value: number): TimeEstimate => ({ value, low: value / FACTOR, high: value * FACTOR });

/** How often an image goes through frozen layers in a whole run, to be trained on and to be measured as it is. */
export function frozenPasses(
  plan: TrainingPlan,
  { train, validation, test }: Counts,
): { trained: number; measured: number } {
  const variants = Math.min(fineTuned(plan), isNeutral(plan.augmentation) ? 1 : plan.frozenVariants);
  // An SVM is fitted to all of them.
  const calibrated = plan.classifier === 'svm' ? train : Math.min(train, CALIBRATION_IMAGES);
  return { trained: variants * train, measured: calibrated + validation + test };
}

/** What a run takes whose steps take so long. */
export function runTime(plan: TrainingPlan, { train, validation, test }: Counts, time: StepTime): RunTime {
  const batches = (images: number): number => Math.ceil(images / plan.batch);
  const calibrated = Math.min(train, CALIBRATION_IMAGES);
  const forwards = batches(validation) + batches(calibrated);
  const epoch = batches(train) * time.step + forwards * time.forward;
  const { trained, measured } = frozenPasses(plan, { train, validation, test });
  const once = time.frozen * (trained + measured) + batches(test) * time.forward;
  return withEpochs(plan, around(epoch), around(once));
}

/** What a run takes of which epochs were seen before. @param epochs seconds of each, for as many images */
export function runTimeAs(plan: TrainingPlan, epochs: readonly number[]): RunTime {
  const sorted = epochs.toSorted((a, b) => a - b);
  const epoch = { value: sorted[Math.floor(sorted.length / 2)]!, low: sorted[0]!, high: sorted.at(-1)! };
  return withEpochs(plan, epoch, { value: 0, low: 0, high: 0 });
}

const fineTuned = (plan: TrainingPlan): number =>
  stagesOf(plan).find(({ stage }) => stage === 'fine-tuning')?.epochs ?? 0;

function withEpochs(plan: TrainingPlan, epoch: TimeEstimate, once: TimeEstimate): RunTime {
  const planned = fineTuned(plan);
  const fewest = plan.earlyStopping === null ? planned : Math.min(planned, plan.earlyStopping + 1);
  return {
    epoch,
    total: {
      value: planned * epoch.value + once.value,
      low: fewest * epoch.low + once.low,
      high: planned * epoch.high + once.high,
    },
  };
}
