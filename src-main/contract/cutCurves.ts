import { z } from 'zod';
import { grouping } from './groups.ts';
import { latencyReport } from './latency.ts';
import { method } from './method.ts';
import { initialisation, strategy } from './plan.ts';

const pair = z.tuple([z.number(), z.number()]);

/** A curve over cuts says where it was measured: nothing is drawn between networks or data that differ. */
export const probeCurve = z.object({
  /** The job or the search that measured it, and when, ISO 8601. */
  from: z.object({ kind: z.enum(['job', 'comparison']), id: z.string() }),
  at: z.string(),
  source: z.string().nullable(),
  images: z.int(),
  patients: z.int(),
  folds: z.int(),
  /** What the groups are that `patients` counts; left out where it is not stored. */
  grouping: grouping.optional(),
  points: z.array(
    z.object({
      cut: z.string(),
      /** Mean over the folds with its 95 % interval, see `foldInterval`; null where they have one class. */
      auroc: z.number(),
      interval: pair.nullable(),
      auprc: z.number(),
      logMe: z.number().nullable(),
      hScore: z.number().nullable(),
      /** Null where the probe was not asked for them, and where they cannot be had. */
      nLeep: z.number().nullable(),
      parc: z.number().nullable(),
    }),
  ),
});
export type ProbeCurve = z.infer<typeof probeCurve>;

export const similarityCurve = z.object({
  job: z.string(),
  at: z.string(),
  run: z.string(),
  images: z.int(),
  points: z.array(
    z.object({
      cut: z.string(),
      /** Mean SVCCA coefficient of the layer before against after training. */
      svcca: z.number(),
      /** The same of independent random features, and its least and greatest draw. */
      random: z.number(),
      band: pair.nullable(),
    }),
  ),
});
export type SimilarityCurve = z.infer<typeof similarityCurve>;

/** A run as a point at its cut; one that takes the network as a whole lies at its end. */
export const runPoint = z.object({
  run: z.string(),
  comparison: z.string().nullable(),
  cut: z.string(),
  strategy,
  initialisation,
  source: z.string().nullable(),
  epochs: z.int(),
  /** On the validation images, of the best epoch. */
  auroc: z.number(),
  parameters: z.int(),
});
export type RunPoint = z.infer<typeof runPoint>;

export const cutCurves = z.object({
  backbone: z.string(),
  /** The newest first. */
  probes: z.array(probeCurve),
  similarities: z.array(similarityCurve),
  runs: z.array(runPoint),
  /** Whatever the images: time does not depend on them. The newest first. */
  latencies: z.array(latencyReport.extend({ job: z.string(), at: z.string() })),
});
export type CutCurves = z.infer<typeof cutCurves>;

export const cutCurveMethods = {
  /** What was measured of a backbone at its cuts, from all that is stored. */
  'backbone.curves': method({
    input: z.object({
      backbone: z.string(),
      /** Only what was measured on images that lie there. */
      folder: z.string().optional(),
      /** Only what belongs to this study. */
      study: z.string().optional(),
    }),
    output: cutCurves,
  }),
};
