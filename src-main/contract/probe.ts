import { z } from 'zod';
import { cutPoint } from './backbone.ts';
import { dataSelection } from './data.ts';
import { askedEstimates } from './transferEstimates.ts';
import { grouping } from './groups.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { trainingPlan } from './plan.ts';
import { networkState } from './similarity.ts';
import { meanAndDeviation } from './comparison/shared.ts';

/** What a linear classifier finds at one cut, without any fine-tuning. */
export const probedCut = cutPoint.extend({
  /** Over the folds, each tested by a probe that saw none of its patients. */
  auroc: meanAndDeviation,
  auprc: meanAndDeviation,
  /** LogME (You et al. 2021, arXiv:2102.11005), per image; without folds. Null where an image may have several labels. */
  logMe: z.number().nullable(),
  /** H-score (Bao et al. 2019) with shrinkage (Ibrahim et al. 2021, arXiv:2110.06893); without folds. */
  hScore: z.number().nullable(),
  /** Left out where they were not asked for. */
  estimates: askedEstimates.optional(),
});
export type ProbedCut = z.infer<typeof probedCut>;

export const probeSweep = z.object({
  /** In the order of the network; parameters and multiply-accumulates without the head. */
  cuts: z.array(probedCut),
  images: z.int(),
  /** Groups of the kind that the report names. */
  patients: z.int(),
  folds: z.int(),
  /**
   * Of the one pass of the images through the network, of all that was computed from its features, and of that the estimates
   * that were asked for.
   */
  seconds: z.object({ pass: z.number(), probes: z.number(), estimates: z.number().optional() }),
});
export type ProbeSweep = z.infer<typeof probeSweep>;

export const probeInput = z.object({
  network: networkState,
  /** Left out: the images of the run that it was not trained on, i.e. of its validation and its test. */
  data: dataSelection.optional(),
  /** Of a backbone; a run has its own. */
  input: trainingPlan.shape.input,
  fit: trainingPlan.shape.fit,
  channels: trainingPlan.shape.channels,
  folds: z.int().min(2).max(20).default(5),
  /** Largest number of images, whole groups drawn at random, stratified by class. */
  limit: z.int().min(10).max(100_000).default(1000),
  /**
   * Of a backbone: shares as those of a run. The test part that a run with this seed sets aside is left out, so that a cut
   * chosen here can be tested on it; with a share of 0 none is.
   */
  split: trainingPlan.shape.split,
  /** Of a backbone, as for a run. */
  positive: trainingPlan.shape.positive,
  /** Of a backbone, as for a run. */
  accept: trainingPlan.shape.accept,
  /** Measures N-LEEP, PARC and, of a run, LEEP beside LogME and H-score. */
  estimates: z.boolean().default(false),
  batch: trainingPlan.shape.batch,
  /** Of the test part, the images drawn, the folds and the estimates. */
  seed: z.int().min(0).default(0),
  engine: trainingPlan.shape.engine,
});
export type ProbeInput = z.infer<typeof probeInput>;

export const probeReport = probeSweep.extend({
  /** What the groups of the images are. */
  grouping,
  network: networkState,
  classes: z.array(z.string()),
  /** Of the images that were chosen, of which some are left out; left out in answers of earlier versions. */
  fingerprint: z.string().optional(),
  /** The first cut whose AUPRC is within one standard error of the best (Breiman et al. 1984), and the best. */
  first: z.string(),
  best: z.string(),
  /** Images of the test part, which were left out, and those beyond the limit. */
  leftOut: z.object({ test: z.int(), limit: z.int() }),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type ProbeReport = z.infer<typeof probeReport>;

export const probeMethods = {
  /** What is linearly there at each cut of a network: one pass over the images, then probes on the pooled features. */
  'probe.sweep': method({
    input: probeInput.extend(asked),
    output: probeReport.extend(answered),
    progress: z.object({ doing: z.enum(['reading', 'pass', 'probing']), done: z.int(), total: z.int() }),
  }),
};
