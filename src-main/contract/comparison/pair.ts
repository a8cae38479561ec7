import { z } from 'zod';
import { interval } from './shared.ts';

/** A number with its interval, each null where it is not defined. */
const slope = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /**
   * Why there is none: only images of one class; all probabilities equal; no error of ranking, so that no slope is the
   * steepest.
   */
  reason: z.enum(['one-class', 'constant', 'separated']).nullable(),
});
export type Slope = z.infer<typeof slope>;

/** One class of two models that were tested on the same images, against all other classes. */
export const pairedClass = z.object({
  class: z.string(),
  /** Of it, tested by both, each counted once. */
  images: z.int(),
  /** Groups, of the kind that the result names. */
  patients: z.int(),
  /** The reference's by its own decision, the most probable class; at it both sensitivities are read off the ROC curves. */
  specificity: z.number().nullable(),
  own: z.number().nullable(),
  reference: z.number().nullable(),
  /** Sensitivity minus that of the reference, by paired bootstrap over patients; null also where no resample differs. */
  difference: interval.nullable(),
  /** Two-sided, of no difference; whether Holm's procedure rejects that over all classes of all comparisons. */
  p: z.number().nullable(),
  afterHolm: z.boolean(),
  /** Calibration slopes, pooled within runs, and their difference; normal intervals, clustered by patient. */
  slopes: z.object({
    own: slope,
    reference: slope,
    difference: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  }),
});
export type PairedClass = z.infer<typeof pairedClass>;

/** Two models on the images that both were tested on, an image once for each seed. */
export const pairDetail = z.object({
  classes: z.array(pairedClass),
  decisions: z.object({
    /** Tests in which both called the image rightly, only one of them, none. */
    both: z.int(),
    onlyOwn: z.int(),
    onlyReference: z.int(),
    neither: z.int(),
    /** Images that the two called differently under one seed at least, and of how many groups they are. */
    differ: z.object({ images: z.int(), patients: z.int() }),
    /** McNemar's test: exact with its mid-p value, clustered by patient, or by patient where few tip to one side. */
    method: z.enum(['mid-p', 'clustered', 'sign']),
    p: z.number(),
    /** Over all comparisons. */
    afterHolm: z.boolean(),
  }),
  /** Of AUROC, where one run tested one image of each patient in two classes: its difference by DeLong's paired test. */
  delong: z
    .object({ value: z.number(), low: z.number(), high: z.number(), p: z.number(), afterHolm: z.boolean() })
    .nullable(),
  /** Over how many classes of all comparisons, and over how many comparisons, Holm's procedure went. */
  corrected: z.object({ classes: z.int(), comparisons: z.int() }),
});
export type PairDetail = z.infer<typeof pairDetail>;

/** An image that two models called differently. */
export const disagreement = z.object({
  file: z.string(),
  class: z.string(),
  /** Number of its group; images with the same number are of one. */
  group: z.int(),
  own: z.string(),
  reference: z.string(),
  /** What each gave the class that it called. */
  ownProbability: z.number(),
  referenceProbability: z.number(),
  /** The runs that did: under the first seed of those in which they differ. */
  runs: z.object({ own: z.string(), reference: z.string() }),
  /** Tests in which the two differ, of all that the image had. */
  times: z.int(),
  of: z.int(),
});
export type Disagreement = z.infer<typeof disagreement>;

/** Classes of which a model is shown to find less than the reference, the greatest loss first. */
export const lossesOf = ({ classes }: Pick<PairDetail, 'classes'>): PairedClass[] =>
  classes
    .filter(({ difference }) => difference !== null && difference.high < 0)
    .toSorted((a, b) => a.difference!.value - b.difference!.value);
