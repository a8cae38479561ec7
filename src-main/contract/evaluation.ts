import { z } from 'zod';
import { figures } from './figures.ts';
import { grouping } from './groups.ts';
import { interval } from './comparison/shared.ts';

/**
 * Metrics in [0, 1]; null where the data do not define them (one class only). Several classes: macro one-versus-rest. Several
 * labels an image: each against not having it, on the images of which that is known, and their plain means; `accuracy` is
 * the share of what is known that was called rightly. `auprc` is average precision.
 */
export const metrics = z.object({
  auroc: z.number().nullable(),
  auprc: z.number().nullable(),
  accuracy: z.number(),
  balancedAccuracy: z.number(),
  /** Two classes: of the positive class (the second); several: macro average. */
  sensitivity: z.number().nullable(),
  specificity: z.number().nullable(),
  loss: z.number(),
  perClass: z.array(
    z.object({
      name: z.string(),
      /** Of the class, or with the label. */
      images: z.int(),
      /** Of several labels an image: of how many images it is known whether they have this one. */
      known: z.int().optional(),
      auroc: z.number().nullable(),
      auprc: z.number().nullable(),
      sensitivity: z.number().nullable(),
      specificity: z.number().nullable(),
    }),
  ),
  /** Rows: true class; columns: predicted class. Empty with several labels an image, of which none excludes another. */
  confusionMatrix: z.array(z.array(z.int())),
});
export type Metrics = z.infer<typeof metrics>;

/** A share of counted images with its interval by Wilson 1927, which takes images as independent. */
export const proportion = z.object({ count: z.int(), of: z.int(), low: z.number(), high: z.number() });
export type Proportion = z.infer<typeof proportion>;

const classIntervals = z.object({
  /** Null where the data do not define the value, and where it is 0 or 1: there is no variance to be seen then. */
  auroc: interval.nullable(),
  auprc: interval.nullable(),
  /** Null where there are no images to take a share of. */
  sensitivity: proportion.nullable(),
  specificity: proportion.nullable(),
});

/**
 * How sure the metrics are. Of two classes, those without a class are of the positive one; of several, and of several labels
 * an image, AUROC and AUPRC are those of the mean, and sensitivity and specificity are null: a mean of shares is no share.
 */
export const intervals = classIntervals.extend({
  /** Two-sided, for all of them. */
  confidence: z.number(),
  /** Draws of patients for those by bootstrap. */
  resamples: z.int(),
  /** Some group has several images: Wilson's intervals are too narrow then. */
  clustered: z.boolean(),
  /** Of several labels an image: of what is known; its interval takes what is known of one image as independent, too. */
  accuracy: proportion,
  /** Each against the rest, in the order of the classes. */
  perClass: z.array(classIntervals),
});
export type Intervals = z.infer<typeof intervals>;

/** Points by descending thresholds on the probability of the class. */
export const measuredCurves = z.object({
  class: z.string(),
  /** From (0, 0), above every threshold, on; where nothing but the threshold changes along a line, its ends. */
  roc: z.object({
    threshold: z.array(z.number().nullable()),
    falsePositiveRate: z.array(z.number()),
    truePositiveRate: z.array(z.number()),
  }),
  /** Precision holds for recalls from that of the point before, 0 at first, to its own. */
  precisionRecall: z.object({
    threshold: z.array(z.number()),
    recall: z.array(z.number()),
    precision: z.array(z.number()),
  }),
});
export type MeasuredCurves = z.infer<typeof measuredCurves>;

/** What a run predicted on: its validation or test images, or another folder by the list of its images. */
export const measuredPart = z.union([z.enum(['validation', 'test']), z.strictObject({ dataset: z.string().min(1) })]);
export type MeasuredPart = z.infer<typeof measuredPart>;

export const splitCounts = z.object({ images: z.int(), groups: z.int() });

export const evaluation = z.object({
  run: z.string(),
  /** What was evaluated: images of the run's own, or another folder. */
  on: z.enum(['validation', 'test', 'data']),
  /** The other folder; left out in evaluations of earlier versions. */
  data: z.object({ dataset: z.string(), folder: z.string() }).optional(),
  images: z.int(),
  groups: z.int(),
  /** What the groups are; left out in evaluations of earlier versions. */
  grouping: grouping.optional(),
  classes: z.array(z.string()),
  /** An image may have several of the classes, each told from not having it; left out: it has one. */
  several: z.literal(true).optional(),
  metrics,
  /** Made of the stored predictions whenever they are asked for; not part of the summary of a run. */
  intervals: intervals.optional(),
  /** All figures of the task with their intervals, of images and of patients; made as the intervals are. */
  figures: figures.optional(),
  /** Of two classes, of the positive one; of several, of each that the data define. */
  curves: z.array(measuredCurves).optional(),
  problems: z.array(z.object({ file: z.string(), code: z.string(), message: z.string() })),
  /** Why the numbers may look better than they are; absent where nothing is known against them. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).optional(),
});
export type Evaluation = z.infer<typeof evaluation>;
