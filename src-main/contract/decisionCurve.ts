import { z } from 'zod';
import { measuredPart } from './evaluation.ts';
import { grouping } from './groups.ts';
import { method } from './method.ts';

/**
 * Net benefit (Vickers and Elkin 2006): true positives less false positives at the odds of the threshold, per image. Lists
 * are in the order of `thresholds`. That of treating nobody is 0 everywhere.
 */
export const decisionCurve = z.object({
  run: z.string(),
  on: z.enum(['validation', 'test', 'data']),
  images: z.int(),
  groups: z.int(),
  grouping,
  positive: z.string(),
  /** Images of the class. */
  positives: z.int(),
  /** The share of the class that net benefits are of, and whether it was named and is not that of the images. */
  prevalence: z.number().nullable(),
  assumed: z.boolean(),
  /** Probabilities from which on somebody would act; in (0, 1), ascending. */
  thresholds: z.array(z.number()),
  model: z.array(z.number()),
  /** 95 % percentiles of the bootstrap over patients, threshold by threshold; null where no draw defines it. */
  low: z.array(z.number().nullable()),
  high: z.array(z.number().nullable()),
  all: z.array(z.number()),
  /** That of the model as a share of the largest that there can be, which is the prevalence. */
  standardised: z.array(z.number()),
  /** Stretches of thresholds at which the model does better than treating all and treating none. */
  better: z.array(z.object({ from: z.number(), to: z.number() })),
  confidence: z.number(),
  resamples: z.int(),
  /** Why there is no curve; the lists are empty then. */
  why: z.string().nullable(),
});
export type DecisionCurve = z.infer<typeof decisionCurve>;

const probability = z.number().gt(0).lt(1);
export const decisionCurveInput = z.object({
  id: z.string().min(1),
  part: measuredPart.default('validation'),
  /** Of more than two classes, the one that somebody would act on; of two it is the positive one. */
  positive: z.string().min(1).optional(),
  from: probability.default(0.01),
  to: probability.default(0.99),
  step: z.number().min(0.001).max(0.5).default(0.01),
  /** Of the class where the model is to be used; left out: that of the images. */
  prevalence: probability.optional(),
});

export const decisionCurveMethods = {
  'run.decisionCurve': method({ input: decisionCurveInput, output: decisionCurve }),
};
