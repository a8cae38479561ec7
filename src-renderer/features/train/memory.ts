import type { MemoryEstimate } from '../../../src-main/contract/run.ts';
import { bytes } from '../../logic/format.ts';

/** Why training cannot be started for lack of memory, and what would fit; null where it can. */
export function memoryProblem(estimate: MemoryEstimate | null, batch: number): string | null {
  if (!estimate || estimate.fits) return null;
  const needed = `Batches of ${batch} need about ${bytes(estimate.bytes)} of ${bytes(estimate.room)} of memory`;
  return estimate.batch === null
    ? `${needed}, and not even one image fits: choose a smaller input size or an earlier cut, or close other programs.`
    : `${needed}; a batch of ${estimate.batch} fits.`;
}
