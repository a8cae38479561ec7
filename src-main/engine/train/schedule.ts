import type { Schedule } from '../../contract/plan.ts';
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
 * @param updates optimiser updates done in this epoch
 */
export function advance(
  before: Progress,
  result: { score: number; loss: number; updates: number },
  plan: { schedule: Schedule; learningRate: number; epochs: number },
): Progress {
  const epoch = before.epoch + 1;
  const better =
    result.score > before.bestScore || (result.score === before.bestScore && result.loss < before.bestLoss);
  const after: Progress = {
    ...before,
    epoch,
    updates: before.updates + result.updates,
    sinceBest: better ? 0 : before.sinceBest + 1,
    sinceReduction: better ? 0 : before.sinceReduction + 1,
    ...(better ? { bestEpoch: epoch, bestScore: result.score, bestLoss: result.loss } : {}),
  };
  return { ...after, ...nextRate(after, plan) };
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
      // A minimum above the rate that training began with must not raise it.
      return {
        learningRate: Math.min(learningRate, Math.max(schedule.minimum, learningRate * schedule.factor)),
        sinceReduction: 0,
      };
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
