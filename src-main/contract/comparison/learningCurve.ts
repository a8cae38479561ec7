import { z } from 'zod';
import { grouping } from '../groups.ts';
import { STRATEGY_NAMES } from '../strategies.ts';
import { base, seeds, meanAndDeviation, interval } from './shared.ts';

/** AUROC against the number of training patients, for several initialisations (Raghu et al. 2019, small-data regime). */
export const learningCurvePlan = z.object({
  kind: z.literal('learning-curve'),
  base,
  strategies: z.array(z.enum(STRATEGY_NAMES)).min(1).default(['full', 'mean-var', 'scratch']),
  cuts: z.array(z.string()).default([]),
  /** Of the training patients; under one seed smaller shares are inside larger ones. */
  shares: z.array(z.number().gt(0).max(1)).min(1).default([0.05, 0.1, 0.25, 0.5, 1]),
  seeds: seeds.default([0]),
  /** Of the intervals. */
  confidence: z.number().gt(0.5).lt(1).default(0.95),
});
export type LearningCurvePlan = z.infer<typeof learningCurvePlan>;

export const learningCurvePoint = z.object({
  strategy: z.enum(STRATEGY_NAMES),
  cut: z.string().nullable(),
  source: z.string().nullable(),
  share: z.number(),
  /** Groups trained on, of the kind that the result names; mean over the seeds, rounded. */
  patients: z.int(),
  /** Over seeds, on the test part, which is the same for every share. */
  auroc: meanAndDeviation.nullable(),
  auprc: meanAndDeviation.nullable(),
  /** As in a tournament. */
  aurocInterval: interval.nullable(),
  auprcInterval: interval.nullable(),
  runs: z.int(),
  failures: z.int(),
  /** To 95 % of the best validation AUROC, mean over the runs. */
  convergence: z.object({ epochs: z.number(), seconds: z.number() }).nullable(),
});
export type LearningCurvePoint = z.infer<typeof learningCurvePoint>;

export const learningCurveResult = z.object({
  kind: z.literal('learning-curve'),
  points: z.array(learningCurvePoint),
  /** What the groups are that `patients` counts; left out in results of earlier versions. */
  grouping: grouping.optional(),
  /** The same of those trained on, where the test folder has others. */
  trainGrouping: grouping.optional(),
  /** Tested. */
  images: z.int(),
  patients: z.int(),
  patientsOfRarestClass: z.int(),
  resamples: z.int(),
});
export type LearningCurveResult = z.infer<typeof learningCurveResult>;
