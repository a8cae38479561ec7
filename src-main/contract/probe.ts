import { z } from 'zod';
import { cutPoint } from './backbone.ts';
import { meanAndDeviation } from './study.ts';

/** What a linear classifier finds at one cut, without any fine-tuning. */
export const probedCut = cutPoint.extend({
  /** Over the folds, each tested by a probe that saw none of its patients; standard deviation with n − 1. */
  auroc: meanAndDeviation,
  auprc: meanAndDeviation,
  /** LogME (You et al. 2021, arXiv:2102.11005), per image; without folds. */
  logMe: z.number(),
  /** H-score (Bao et al. 2019) with shrinkage (Ibrahim et al. 2021, arXiv:2110.06893); without folds. */
  hScore: z.number(),
});
export type ProbedCut = z.infer<typeof probedCut>;

export const probeSweep = z.object({
  /** In the order of the network; parameters and multiply-accumulates without the head. */
  cuts: z.array(probedCut),
  images: z.int(),
  patients: z.int(),
  folds: z.int(),
  /** Of the one pass of the images through the network, and of all that was computed from its features. */
  seconds: z.object({ pass: z.number(), probes: z.number() }),
});
export type ProbeSweep = z.infer<typeof probeSweep>;
