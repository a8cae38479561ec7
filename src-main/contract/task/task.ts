import type { Graph } from '../../backbone/graph.ts';
import type { HeadOptions } from '../../backbone/head.ts';
import type { EpochRecord } from '../run.ts';

/** A figure of the validation images, taken after each epoch. */
export interface Score {
  /** `AUROC`. */
  title: string;
  /** In [0, 1], higher is better; null where the data do not define it. */
  of(record: EpochRecord): number | null;
}

/** What a network learns to do, as far as no tensor is needed to say it: for the window and the command line too. */
export interface TaskDescription {
  title: string;
  /** Puts on a trunk what the task asks of it; ends in what its loss takes. */
  head(trunk: Graph, options: HeadOptions): Graph;
  /** In the order in which they are shown; the first stands for all where there is room for one. */
  scores: readonly [Score, ...Score[]];
  /** Of the scores, those that are drawn over the epochs. */
  curves: readonly Score[];
  /** Of the scores, that by which the best epoch is chosen; schedule and early stopping watch it too. */
  selection: Score;
}
