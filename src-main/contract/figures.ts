import { z } from 'zod';

/** How several images of a patient become one prediction. */
export const AGGREGATIONS = ['mean', 'max', 'noisy-or'] as const;
export const aggregation = z.enum(AGGREGATIONS);
/**
 * - `mean`: of each class the mean of its probabilities.
 * - `max`: the largest, of two classes that of the positive one, whose complement the other gets; of several that of each
 *   class, divided by their sum.
 * - `noisy-or`: 1 − Π (1 − p), of two classes and of several as `max` (Pearl 1988, section 4.3.2). Of many images of
 *   several classes each class comes near 1, and what is divided by the sum says little.
 */
export type Aggregation = z.infer<typeof aggregation>;

/** Why there is no number, or no interval. */
export const FIGURE_REASONS = {
  ABSENT: 'The class does not occur.',
  ALONE: 'No other class occurs.',
  NEVER_PREDICTED: 'The class was never predicted.',
  ALWAYS_PREDICTED: 'No other class was ever predicted.',
  ONE_PREDICTED: 'Only one class occurs, or only one was predicted.',
  ONLY_ONE: 'Only one class occurs, and no other was predicted.',
  LABEL_ABSENT: 'None is known to have the label.',
  LABEL_EVERYWHERE: 'None is known to lack the label.',
  LABEL_NEVER_CALLED: 'None was called as having the label.',
  LABEL_ALWAYS_CALLED: 'All were called as having the label.',
  LABEL_ALIKE: 'All have the label, or none has it, or all were called alike.',
  LABEL_UNKNOWN: 'It is known of none whether it has the label.',
  NONE_JUDGED: 'There is no label that some are known to have and some to lack.',
  NOTHING_TO_RANK: 'None is known to have one label and lack another.',
  NOT_ORDERED: 'The classes are in no known order.',
  NO_VARIANCE: 'There is no variance to be seen.',
  TOO_FEW: 'It rests on too few cases: there would be no value without one of them.',
} as const;
export type FigureReason = keyof typeof FIGURE_REASONS;
const figureReason = z.object({ code: z.string(), message: z.string() });

export const figureInterval = z.object({
  /**
   * `wilson`: 1927, takes cases as independent; `delong`: 1988, on the logit scale; `percentile` and `bca` (Efron 1987): of
   * the bootstrap over patients, each with all its cases.
   */
  method: z.enum(['wilson', 'delong', 'percentile', 'bca']),
  low: z.number(),
  high: z.number(),
});
export type FigureInterval = z.infer<typeof figureInterval>;

/** A figure that was measured. Its name is in the list of figures of the task. */
export const measuredFigure = z.object({
  name: z.string(),
  /** Null where the data do not define it, with the reason. */
  value: z.number().nullable(),
  reason: figureReason.optional(),
  /** Of averages that are not defined: the class for which this figure is not. */
  reasonOf: z.string().optional(),
  /** Of shares: the cases counted, and of how many. */
  share: z.object({ count: z.int(), of: z.int() }).optional(),
  /** The first is the one to be shown where there is room for one; none where there is no value, or for a reason. */
  intervals: z.array(figureInterval),
  noInterval: figureReason.optional(),
  /** Draws of the bootstrap that did not define it, and were left out. */
  undefinedResamples: z.int(),
});
export type MeasuredFigure = z.infer<typeof measuredFigure>;

/** All figures of some cases, each case a prediction with its true class, or with what is known of its labels. */
export const figureSet = z.object({
  cases: z.int(),
  /** Patients, or what else was drawn by the bootstrap: as many as cases, where each has one. */
  drawn: z.int(),
  /** Figures of which there is one. */
  whole: z.array(measuredFigure),
  /** Each class against the rest, in the order of the classes; or each label against not having it. */
  perClass: z.array(
    z.object({
      name: z.string(),
      /** Of the class, or with the label. */
      cases: z.int(),
      /** Of several labels an image: of how many cases it is known whether they have this one. */
      known: z.int().optional(),
      figures: z.array(measuredFigure),
    }),
  ),
  /** Of several classes, the plain mean over those that occur; empty for two. Of labels, over those that some have and some lack. */
  macro: z.array(measuredFigure),
  /** The mean weighted by the share of the cases that are of the class, or of what is known that has the label; empty for two classes. */
  weighted: z.array(measuredFigure),
});
export type FigureSet = z.infer<typeof figureSet>;

/** The order of the classes, by which weighted kappas are, and how it is known; classes null: there is none. */
export const classOrder = z.object({
  classes: z.array(z.string()).nullable(),
  /** `person`: somebody said so; `names`: they are numbers, grades or degrees; `unknown`: nothing says so. */
  by: z.enum(['person', 'names', 'unknown']),
});
export type ClassOrder = z.infer<typeof classOrder>;

export const figures = z.object({
  /** Two-sided, of all intervals. */
  confidence: z.number(),
  /** Draws of the bootstrap. */
  resamples: z.int(),
  order: classOrder,
  /** Each image a case. */
  images: figureSet,
  /** Each patient (lesion, study, …) a case; null where none has several images. */
  groups: z
    .object({
      /**
       * Left out, because their images are of several classes, and nothing says which of them is theirs; of several labels an
       * image, left out of one label or more, of which they have images with and without it.
       */
      mixed: z.int(),
      /** By how their images become one prediction; empty where all are left out. */
      sets: z.array(figureSet.extend({ aggregation })),
    })
    .nullable(),
});
export type Figures = z.infer<typeof figures>;
