import { z } from 'zod';
import { method } from './method.ts';
import { trainingPlan } from './plan.ts';
import { memoryEstimate } from './run.ts';
import { comparisonPlan } from './comparison/index.ts';

/** Seconds that something will take, and between which it should lie. */
export const timeEstimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type TimeEstimate = z.infer<typeof timeEstimate>;

/** Why no time is said. */
export const NO_TIME = {
  memory: 'It does not fit into the memory that there is, and was not tried.',
  busy: 'The engine computes something else just now, beside which a step takes longer than it would alone.',
  open: 'Which networks are trained follows from the first results of the search.',
} as const;

/** What training will take, before it starts. */
export const estimate = z.object({
  /** Runs that are known beforehand, and whether others may follow from their results. */
  runs: z.int(),
  more: z.boolean(),
  /** Images of a run by part; in a comparison, of its first run. */
  images: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  /** An epoch of a run, validation included; in a comparison, the mean over its runs. */
  epoch: timeEstimate.nullable(),
  /**
   * All epochs of all these runs with their tests, once the images are decoded; without the fit of a support vector
   * machine. `low` counts on the earliest end by early stopping.
   */
  total: timeEstimate.nullable(),
  /**
   * Where the times come from. `measured`: steps of these very networks, timed now on images that were drawn. `earlier`:
   * epochs of earlier runs of the same network with the same settings.
   */
  basis: z.enum(['measured', 'earlier']).nullable(),
  /** Why there are no times. */
  reason: z.enum(Object.keys(NO_TIME) as [keyof typeof NO_TIME, ...(keyof typeof NO_TIME)[]]).nullable(),
  /** Of the run that needs most; null on a GPU. */
  memory: memoryEstimate.nullable(),
  /** Bytes: decoded images and stored activations, of which there may be some already; checkpoints that stay; what is free. */
  disk: z.object({ cache: z.number(), checkpoints: z.number(), free: z.number().nullable() }),
});
export type Estimate = z.infer<typeof estimate>;

/** Images of the data by part, where they are known: then nothing is read. */
const images = estimate.shape.images.optional();
const progress = z.object({ doing: z.enum(['reading', 'measuring']), done: z.int(), total: z.int() });

export const estimateMethods = {
  /** Time, memory and disk that a run will take. */
  'run.estimate': method({ input: z.object({ plan: trainingPlan, images }), output: estimate, progress }),
  /** The same of all runs of a comparison that are known beforehand. */
  'comparison.estimate': method({ input: z.object({ plan: comparisonPlan, images }), output: estimate, progress }),
};
