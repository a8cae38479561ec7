import { z } from 'zod';
import { grouping } from '../groups.ts';
import { STRATEGY_NAMES } from '../strategies.ts';
import { pairDetail } from './pair.ts';
import { base, seeds, folds, meanAndDeviation, interval, correctedMean } from './shared.ts';

export const tournamentPlan = z.object({
  kind: z.literal('tournament'),
  base,
  strategies: z.array(z.enum(STRATEGY_NAMES)).min(1),
  /** Cuts for the strategies that take one. */
  cuts: z.array(z.string()).default([]),
  /** Pretrained sources; left out: that of `base`. */
  sources: z.array(z.string()).default([]),
  seeds: seeds.default([0]),
  folds: folds.prefault({ kind: 'groups' }),
  /** What the others are compared with. */
  reference: z.enum(STRATEGY_NAMES).default('full'),
  /** Largest loss of AUROC that still counts as non-inferior; chosen before the numbers are known. */
  margin: z.number().gt(0, 'a margin of zero asks for proof of superiority').lt(0.5).default(0.02),
  /** Of the intervals, e.g. 0.95. */
  confidence: z.number().gt(0.5).lt(1).default(0.95),
});
export type TournamentPlan = z.infer<typeof tournamentPlan>;

export const tournamentRow = z.object({
  strategy: z.enum(STRATEGY_NAMES),
  cut: z.string().nullable(),
  source: z.string().nullable(),
  parameters: z.int(),
  macs: z.int(),
  /** Milliseconds for one image on this machine, median. */
  latency: z.number().nullable(),
  /** Over folds and seeds. */
  auroc: meanAndDeviation.nullable(),
  auprc: meanAndDeviation.nullable(),
  /**
   * The mean over folds and seeds, and that of the difference from the reference fold by fold, with the corrected resampled t
   * interval of Nadeau and Bengio 2003; null with one run, where all are equal, and where a folder of its own is tested.
   * Left out in results of earlier versions.
   */
  corrected: z
    .object({
      auroc: correctedMean.nullable(),
      auprc: correctedMean.nullable(),
      difference: correctedMean.extend({ p: z.number() }).nullable(),
    })
    .optional(),
  /** All test patients, folds and seeds together, each image ranked among those tested by the same network. */
  aurocInterval: interval.nullable(),
  auprcInterval: interval.nullable(),
  /**
   * AUROC minus that of the reference with the same source, over folds and seeds that both have, by paired bootstrap over
   * patients; null for the reference itself.
   */
  difference: interval.nullable(),
  /**
   * Groups that both were tested on, of the kind that the result names; one-sided p-value of a loss of the margin or more; whether that is rejected by
   * Holm's procedure over all comparisons.
   */
  comparison: z.object({ patients: z.int(), p: z.number(), afterHolm: z.boolean() }).nullable(),
  /** What it gains and loses against the reference; null without one. Left out in results of earlier versions. */
  against: pairDetail.nullable().optional(),
  /** From the interval of the difference and the margin; where runs of this row failed, it is not called non-inferior. */
  verdict: z.enum(['reference', 'not-inferior', 'superior', 'inferior', 'inconclusive', 'failed']),
  /** On the Pareto front of parameters against AUROC. */
  pareto: z.boolean(),
  runs: z.int(),
  failures: z.int(),
  /** To 95 % of the best validation AUROC, mean over the runs. */
  convergence: z.object({ epochs: z.number(), seconds: z.number() }).nullable(),
});
export type TournamentRow = z.infer<typeof tournamentRow>;

export const tournamentResult = z.object({
  kind: z.literal('tournament'),
  rows: z.array(tournamentRow),
  /** The smallest model that is non-inferior, in one sentence with its numbers. */
  verdict: z.string(),
  /** What the groups are that `patients` counts; left out in results of earlier versions. */
  grouping: grouping.optional(),
  /** Tested. */
  images: z.int(),
  patients: z.int(),
  /** Of the class with the fewest: with few the intervals are too narrow. */
  patientsOfRarestClass: z.int(),
  /** Rows compared with a reference. */
  comparisons: z.int(),
  resamples: z.int(),
});
export type TournamentResult = z.infer<typeof tournamentResult>;
