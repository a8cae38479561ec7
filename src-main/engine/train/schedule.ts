import type { Schedule, TrainingPlan } from '../../contract/plan.ts';
import type { Progress } from '../network/checkpoint.ts';

export function firstProgress(learningRate: number): Progress {
  return {
    epoch: 0,
    updates: 0,
    learningRate,
    bestEpoch: 0,
    bestScore: Number.NEGATIVE_INFINITY,
    bestLoss: Number.POSITIVE_INFINITY,
    sinceBest: 0,
    sinceReduction: 0,
  };
}

/**
 * Takes in one finished epoch. Better is a higher score on the validation images; of equal ones the lower validation loss.
 * A plateau schedule with a threshold counts as ReduceLROnPlateau of PyTorch 2.13 does, but for its `eps`, below which that
 * leaves the rate as it is.
 * @param result.score in [0, 1], or −loss
 * @param result.updates optimiser updates done in this epoch
 */
export function advance(
  before: Progress,
  result: { score: number; loss: number; updates: number },
  plan: { schedule: Schedule; learningRate: number; epochs: number },
): Progress {
  const epoch = before.epoch + 1;
  const better =
    result.score > before.bestScore || (result.score === before.bestScore && result.loss < before.bestLoss);
  const bar = plateauBar(before, plan.schedule);
  const gained = bar === null ? better : result.score > bar;
  const after: Progress = {
    ...before,
    epoch,
    updates: before.updates + result.updates,
    sinceBest: better ? 0 : before.sinceBest + 1,
    sinceReduction: gained ? 0 : before.sinceReduction + 1,
    ...(bar !== null && gained ? { plateauScore: result.score } : {}),
    ...(better ? { bestEpoch: epoch, bestScore: result.score, bestLoss: result.loss } : {}),
  };
  return { ...after, ...nextRate(after, plan) };
}

/** Whether the plan ends training here, before its last epoch. */
export function isOver(
  { learningRate, sinceBest }: Progress,
  { earlyStopping, schedule, learningRate: first }: Pick<TrainingPlan, 'earlyStopping' | 'schedule' | 'learningRate'>,
): boolean {
  if (earlyStopping !== null && sinceBest >= earlyStopping) return true;
  // A rate that training began with has not fallen.
  const ends = schedule.kind === 'plateau' && schedule.atMinimum === 'end';
  return ends && learningRate < Math.min(schedule.minimum, first);
}

type Plateau = Extract<Schedule, { kind: 'plateau' }>;

/** What a score must exceed to be a gain; null: no threshold, so what makes an epoch the best is one. */
function plateauBar({ plateauScore: best }: Progress, schedule: Schedule): number | null {
  if (schedule.kind !== 'plateau' || schedule.threshold === 0) return null;
  if (best === undefined) return Number.NEGATIVE_INFINITY;
  // For a loss, whose score is negative: a share less than the lowest.
  return best + schedule.threshold * (schedule.thresholdMode === 'rel' ? Math.abs(best) : 1);
}

/** Learning rate of the epoch that follows. */
function nextRate(
  { epoch, learningRate, sinceReduction }: Progress,
  { schedule, learningRate: base, epochs }: { schedule: Schedule; learningRate: number; epochs: number },
): Partial<Progress> {
  switch (schedule.kind) {
    case 'constant':
      return {};
    case 'plateau':
      if (sinceReduction <= schedule.patience) return {};
      return { learningRate: reduced(learningRate, schedule), sinceReduction: 0 };
    case 'step':
      return { learningRate: base * schedule.factor ** Math.floor(epoch / schedule.every) };
    case 'cosine': {
      // Loshchilov and Hutter 2017, without restarts.
      const share = (1 + Math.cos((Math.PI * Math.min(epoch, epochs)) / epochs)) / 2;
      const least = Math.min(schedule.minimum, base);
      return { learningRate: least + (base - least) * share };
    }
  }
}

function reduced(rate: number, { factor, minimum, atMinimum }: Plateau): number {
  const next = rate * factor;
  // A minimum above the rate that training began with must not raise it.
  return atMinimum === 'end' ? next : Math.min(rate, Math.max(minimum, next));
}
