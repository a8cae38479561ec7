import { z } from 'zod';

/** A training step whose images did not fit into memory: from it on a run takes fewer at a time. */
export const smallerBatch = z.object({
  /** Both counted from 1; the step is of this epoch, and was repeated. */
  epoch: z.int(),
  step: z.int(),
  /** Images of a step from there on, and before. */
  batch: z.int(),
  before: z.int(),
});
export type SmallerBatch = z.infer<typeof smallerBatch>;

/** What a run trains with, as far as its batches go. */
interface Batched {
  plan: { batch: number };
  smallerBatches?: readonly SmallerBatch[] | undefined;
}

/** Images of a step: those of the plan, or as many as were found to fit. @param epoch at whose end; left out: now */
export const batchInForce = ({ plan, smallerBatches = [] }: Batched, epoch = Infinity): number =>
  smallerBatches.filter((each) => each.epoch <= epoch).at(-1)?.batch ?? plan.batch;

export const smallerBatchSentence = ({ epoch, step, batch, before }: SmallerBatch): string =>
  `From epoch ${epoch}, step ${step} on the batch is ${batch}: ${before} did not fit into memory.`;
