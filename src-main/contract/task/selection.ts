import type { Score } from './task.ts';

/** By what an epoch can be the best; which of them a task offers, it says itself. */
export const SELECTION_NAMES = ['auprc', 'auroc', 'loss', 'balanced-accuracy'] as const;
export type SelectionName = (typeof SELECTION_NAMES)[number];

/** A figure of the validation images by which the best epoch can be chosen. */
export interface Selection extends Score {
  name: SelectionName;
  /** Which of two values is the better one. */
  better: 'higher' | 'lower';
}
