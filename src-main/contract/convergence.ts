import type { EpochRecord } from './run.ts';

/** Of the best validation AUROC of the run. */
export const CONVERGED = 0.95;

/**
 * Epochs and seconds, validation included, until validation AUROC first reached 95 % of the best that this run reached at
 * any epoch. Null where validation defines no AUROC, or nothing was trained.
 */
export function convergence(epochs: readonly Pick<EpochRecord, 'epoch' | 'validationAuroc' | 'seconds'>[]): {
  epochs: number;
  seconds: number;
} | null {
  const best = Math.max(...epochs.map(({ validationAuroc }) => validationAuroc ?? -Infinity));
  const first = epochs.findIndex(({ validationAuroc }) => (validationAuroc ?? -Infinity) >= CONVERGED * best);
  if (!Number.isFinite(best) || first < 0) return null;
  const seconds = epochs.slice(0, first + 1).reduce((sum, record) => sum + record.seconds, 0);
  return { epochs: epochs[first]!.epoch, seconds };
}
