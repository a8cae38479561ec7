import * as tf from '@tensorflow/tfjs-core';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { SmallerBatch } from '../../contract/smallerBatch.ts';
import type { Network } from '../execute/run.ts';
import { generator } from '../random.ts';
import type { BatchLoss } from '../task/task.ts';
import type { EpochBatches } from './batches.ts';
import type { TrainingImages } from './loop.ts';
import { isNoMemory, noMemoryFor } from './noMemory.ts';
import { gradientsOf, type Gradients } from './step.ts';

interface Step {
  plan: Pick<TrainingPlan, 'seed'>;
  /** Of a batch of images, by their indices. */
  lossOf(batch: readonly number[]): BatchLoss;
  /** The smallest batch that the network can be trained on. */
  leastBatch: number;
  /** Both counted from 1. */
  epoch: number;
  step: number;
  /** Of the epoch; they become smaller from this step on where that is needed. */
  batches: EpochBatches;
}

/**
 * The gradients of a step: of its batch, or where that does not fit into memory, of half of it, or of half of that. A whole
 * batch in parts would not give its numbers: batch normalisation is by the images that are there together. So the halves are
 * batches of their own, in this step and in all that follow.
 * @returns with it the batch that was found to fit; null: it fitted as it was
 * @throws CutpointError OUT_OF_MEMORY where not even the smallest batch fits
 */
export function fittingGradients(
  network: Network,
  images: Pick<TrainingImages, 'inputs'>,
  { plan, lossOf, leastBatch, epoch, step, batches }: Step,
): { gradients: Gradients; found: SmallerBatch | null } {
  const before = batches.at(step).length;
  for (;;) {
    const batch = batches.at(step);
    try {
      const gradients = gradientsOfImages(network, images, { plan, lossOf, epoch, step, batch });
      const found = batch.length < before ? { epoch, step, batch: batch.length, before } : null;
      return { gradients, found };
    } catch (thrown) {
      if (!isNoMemory(thrown)) throw thrown;
      if (batch.length <= leastBatch) throw noMemoryFor(batch.length, thrown);
      batches.shrink(step, Math.max(leastBatch, Math.floor(batch.length / 2)));
    }
  }
}

function gradientsOfImages(
  network: Network,
  { inputs }: Pick<TrainingImages, 'inputs'>,
  { plan, lossOf, epoch, step, batch }: Omit<Step, 'leastBatch' | 'batches'> & { batch: readonly number[] },
): Gradients {
  const x = tf.tidy(() => inputs.training(batch, { epoch, step }));
  try {
    return gradientsOf(network, x, {
      from: inputs.from,
      loss: lossOf(batch),
      random: generator(plan.seed, 'dropout', epoch, step),
    });
  } finally {
    x.dispose();
  }
}
