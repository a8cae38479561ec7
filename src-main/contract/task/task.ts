import type { Graph } from '../../backbone/graph.ts';
import type { HeadOptions } from '../../backbone/head.ts';
import type { Outputs } from '../../backbone/model.ts';
import type { EpochRecord } from '../run.ts';
import type { FigureDescription } from './figure.ts';
import type { Selection } from './selection.ts';

/** A figure of the validation images, taken after each epoch. */
export interface Score {
  /** `AUROC`. */
  title: string;
  /** Null where the data do not define it, and in epochs of versions that did not keep it. */
  of(record: EpochRecord): number | null;
}

/** What a network learns to do, as far as no tensor is needed to say it: for the window and the command line too. */
export interface TaskDescription {
  title: string;
  /** Puts on a trunk what the task asks of it; ends in what its loss takes. */
  head(trunk: Graph, options: HeadOptions): Graph;
  /** What makes probabilities of the head's logits. */
  outputs: Outputs;
  /** In the order in which they are shown; the first stands for all where there is room for one. */
  scores: readonly [Score, ...Score[]];
  /** Of the scores, those that are drawn over the epochs. */
  curves: readonly Score[];
  /** Figures by which the best epoch can be chosen, the usual one first; plateau schedule and early stopping watch it too. */
  selections: readonly [Selection, ...Selection[]];
  /** What an evaluation measures, in the order in which it is shown. */
  figures: readonly FigureDescription[];
}
