import type { z } from 'zod';
import type { ComparisonPlan } from '../../contract/comparison/index.ts';
import type { CellRecord, ComparisonCell } from '../../contract/comparison/shared.ts';
import type { Dataset, SplitName } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';

/**
 * What the course of a comparison works with. A course is an ordinary asynchronous function from this to the
 * comparison's result; everything it does that takes time goes through `train` and `remember`, which answer from the
 * store what was done before. So a comparison that was killed is resumed by calling its course again from the start. A
 * course must therefore be deterministic: its decisions follow from the plan and from answers only, never from the
 * clock.
 */
export interface ComparisonContext<P extends ComparisonPlan = ComparisonPlan> {
  id: string;
  plan: P;
  workspace: Workspace;
  classes: readonly string[];
  dataset: Dataset;
  /** Split of every image of the dataset under a seed (fold null: as `base` says), in its order. */
  splitOf(seed: number, fold: number | null): readonly SplitName[];
  /**
   * Trains these cells one after another, or recalls them; one that fails says so in its record and does not stop the
   * rest. A cell that differs from an earlier one by more epochs only continues where that one has ended, with the
   * numbers of training it in one go; its `trainingSeconds` count the epochs taken over too. With a cosine schedule it
   * starts anew.
   */
  train(cells: readonly ComparisonCell[]): Promise<CellRecord[]>;
  /** Computes once, and recalls afterwards. `name` says what, including all it depends on. */
  remember<T>(name: string, schema: z.ZodType<T>, compute: () => Promise<T>): Promise<T>;
  say(message: string): void;
  /** Aborted when the comparison is ended from outside; `train` and `remember` then throw CANCELLED. */
  signal: AbortSignal;
}

/** How a kind of comparison runs from start to result. */
export type Course<P extends ComparisonPlan, R> = (comparison: ComparisonContext<P>) => Promise<R>;
