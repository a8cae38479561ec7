import type { MaskReason, PooledMaskFigure } from '../../../contract/masks.ts';

/** Pixels of one class by what the two masks say of them. */
export interface Overlap {
  both: number;
  onlyOther: number;
  onlyTruth: number;
  neither: number;
}

/** A figure, or why there is none. */
export type Defined = { value: number } | { value: null; reason: MaskReason };

/**
 * Figures of an overlap as a part and what it is a part of, with b pixels in both masks, o and t in the other and in the truth
 * only, and n in neither: Dice = 2b / (2b + o + t) (Dice 1945), Jaccard = b / (b + o + t) (Jaccard 1912), which is
 * Dice / (2 − Dice); sensitivity = b / (b + t), specificity = n / (n + o). With the reason where the whole is nothing.
 */
export const OVERLAP_FIGURES: Readonly<
  Record<PooledMaskFigure, { of: (counts: Overlap) => [part: number, whole: number]; reason: MaskReason }>
> = {
  dice: { of: ({ both, onlyOther, onlyTruth }) => [2 * both, 2 * both + onlyOther + onlyTruth], reason: 'BOTH_EMPTY' },
  jaccard: { of: ({ both, onlyOther, onlyTruth }) => [both, both + onlyOther + onlyTruth], reason: 'BOTH_EMPTY' },
  sensitivity: { of: ({ both, onlyTruth }) => [both, both + onlyTruth], reason: 'TRUTH_EMPTY' },
  specificity: { of: ({ neither, onlyOther }) => [neither, neither + onlyOther], reason: 'TRUTH_FULL' },
};

/** Dice and Jaccard of two empty masks are not defined; where one is empty they are 0. */
export function overlapFigure(name: PooledMaskFigure, counts: Overlap): Defined {
  const { of, reason } = OVERLAP_FIGURES[name];
  const [part, whole] = of(counts);
  return whole === 0 ? { value: null, reason } : { value: part / whole };
}
