import { correctedMean, type CorrectedMean } from '../metrics/correctedResampled.ts';

export interface FoldOptions {
  confidence: number;
  /** Tested for each trained image; left out: one part of the folds against the others, 1 / (k − 1). */
  ratio?: number | undefined;
}

/**
 * Mean over the folds of a cross-validation, see `correctedMean`; null with fewer than two folds: seeds on the same images
 * do not show how far other images would take it.
 * @param folds how many there are
 */
export function overFolds(
  values: readonly number[],
  folds: number,
  { confidence, ratio }: FoldOptions,
): CorrectedMean | null {
  if (folds < 2) return null;
  return correctedMean(values, ratio ?? 1 / (folds - 1), confidence);
}

/** With few folds t reaches beyond what there can be. */
export const within = (found: CorrectedMean | null, least: number, most: number) =>
  found && { low: Math.max(least, found.low), high: Math.min(most, found.high) };
