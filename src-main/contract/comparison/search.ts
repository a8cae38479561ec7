import { z } from 'zod';
import { FIRST_STRATEGY, strategies, type CutStrategy } from '../../backbone/strategy/index.ts';
import { base, seeds, meanAndDeviation } from './shared.ts';

export const searchMethod = z.enum(['two-stage', 'fast', 'svcca', 'deepening']);

const CUT_STRATEGIES = Object.entries(strategies).flatMap(([name, { cut }]) =>
  cut?.needed ? [name as CutStrategy] : [],
);

/**
 * The search for the cut of one strategy. `two-stage`: block cuts, then the layer cuts next to the best (Peng et al. 2023,
 * section 3.2). `fast`: linear probes, then successive halving. `svcca`: the cut where feature reuse ends (appendix C.1).
 * `deepening`: of `layerwise` only, ever more layers are fine-tuned until validation no longer gains (Tajbakhsh et al. 2016).
 */
export const searchPlan = z.object({
  kind: z.literal('search'),
  method: searchMethod,
  base,
  strategy: z.enum(CUT_STRATEGIES).default(FIRST_STRATEGY),
  seeds: seeds.default([0, 1, 2]),
});
export type SearchPlan = z.infer<typeof searchPlan>;

/** One cut that a search looked at. */
export const searchTrial = z.object({
  cut: z.string(),
  /** Where in the search: e.g. `blocks`, `layers`, `probe`, `rung 1`, `seed 2`. */
  stage: z.string(),
  validationAuprc: meanAndDeviation.nullable(),
  parameters: z.int(),
  macs: z.int(),
  trainingSeconds: z.number(),
});
export type SearchTrial = z.infer<typeof searchTrial>;

/** How sure a choice among cuts is. Only cuts that were trained to the end are judged, with their runs under whole epochs. */
export const searchCertainty = z.object({
  /** Which cuts are not worse than the chosen one beyond the noise of the seeds; null where that noise is not known. */
  band: z
    .object({
      /** `paired`: what cut and seed leave unexplained; `pooled`: each cut's own spread over its seeds, which is larger. */
      noise: z.enum(['paired', 'pooled']),
      /** Standard deviation of one run, and its degrees of freedom. */
      deviation: z.number(),
      degrees: z.int(),
      /** One-sided, over all cuts together. */
      level: z.number(),
      /** Chosen minus this cut, as if both had every seed; what of it noise could be. */
      cuts: z.array(z.object({ cut: z.string(), difference: z.number(), reach: z.number(), within: z.boolean() })),
      /** The smallest cut within; of equal ones that which trains least. */
      smallest: z.string(),
    })
    .nullable(),
  /** The score of the chosen cut, and after correction for having been the best; null where it cannot be corrected. */
  optimism: z
    .object({
      apparent: z.number(),
      corrected: z.number(),
      /** Share of the draws that chose the same cut. */
      again: z.number(),
      draws: z.int(),
      cuts: z.int(),
      /** Validation groups that were drawn from. */
      patients: z.int(),
    })
    .nullable(),
  /** The same in sentences, and why there is nothing where there is not. */
  sentences: z.array(z.string()),
});
export type SearchCertainty = z.infer<typeof searchCertainty>;

export const searchResult = z.object({
  kind: z.literal('search'),
  cut: z.string(),
  validationAuprc: meanAndDeviation.nullable(),
  trials: z.array(searchTrial),
  /** All training that the search did, and of it the runs at the chosen cut. */
  trainingSeconds: z.number(),
  /** Fast search only: what the two-stage search would have taken at least, by its multiply-accumulates at the pace of this one. */
  exhaustiveSeconds: z.number().optional(),
  /** Why this cut, in one sentence with its numbers. */
  reason: z.string(),
  /** How sure that is; left out where the score did not choose, and in results of earlier versions. */
  certainty: searchCertainty.optional(),
  /** SVCCA detector only: per cut the overlap with random features, and how often each cut was chosen over bootstrap samples. */
  detector: z
    .array(
      z.object({
        cut: z.string(),
        meanSvcca: z.number(),
        randomSvcca: z.number(),
        overlap: z.number(),
        chosen: z.number(),
      }),
    )
    .nullable(),
});
export type SearchResult = z.infer<typeof searchResult>;
