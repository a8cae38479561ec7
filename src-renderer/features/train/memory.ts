import type { MemoryEstimate } from '../../../src-main/contract/run.ts';
import { bytes } from '../../logic/format.ts';
import { t } from '../../text/index.ts';

/** Why training cannot be started for lack of memory, and what would fit; null where it can. */
export function memoryProblem(estimate: MemoryEstimate | null, batch: number): string | null {
  if (!estimate || estimate.fits) return null;
  const needed = { n: batch, needed: bytes(estimate.bytes), room: bytes(estimate.room) };
  const problem =
    estimate.batch === null
      ? t('train.memory.nothing', needed)
      : t('train.memory.fitting', { ...needed, fitting: estimate.batch });
  const { limit, room } = estimate;
  return limit === null || limit > room ? problem : `${problem} ${t('train.memory.limited', { limit: bytes(limit) })}`;
}
