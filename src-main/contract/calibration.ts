import { z } from 'zod';
import { measuredPart } from './evaluation.ts';
import { grouping } from './groups.ts';
import { method } from './method.ts';
import { calibrationMethod } from './runChoices.ts';

/**
 * How the probabilities of a network are changed, fitted on the validation images. Temperature scaling (Guo et al. 2017)
 * divides the logarithms of the probabilities by `temperature` and normalises. Platt scaling (Platt 1999), for two classes:
 * the log odds of the positive class become `slope` · log odds + `intercept`.
 */
export const scaling = z.discriminatedUnion('method', [
  z.object({ method: z.literal('temperature'), temperature: z.number().positive() }),
  z.object({ method: z.literal('platt'), slope: z.number().positive(), intercept: z.number() }),
]);
export type Scaling = z.infer<typeof scaling>;

/** A number with its interval by bootstrap over patients. */
export const calibrationFigure = z.object({
  /** Null where the images do not define it. */
  value: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Why there is no number, or no interval; null where both are there. */
  why: z.string().nullable(),
});
export type CalibrationFigure = z.infer<typeof calibrationFigure>;

/** Images of about the same probability, as many in each bin; equal probabilities are in one. */
export const reliabilityBin = z.object({
  /** Probabilities in it are above the first (at least it in the first bin) and at most the second. */
  from: z.number(),
  to: z.number(),
  count: z.int(),
  mean: z.number(),
  /** Share of the images that are of the class, with its interval by Wilson 1927, which takes images as independent. */
  observed: z.number(),
  low: z.number(),
  high: z.number(),
});
export type ReliabilityBin = z.infer<typeof reliabilityBin>;

/** How far the bins are from the diagonal. */
export const binnedError = z.object({
  bins: z.array(reliabilityBin),
  /**
   * Expected calibration error: mean distance of the bins from the diagonal, weighted by their images. Biased upward: the
   * fewer images a bin has, the further chance takes it. It has no interval: where probabilities are right, resampling adds
   * to that bias, and 95 % intervals made of it were seen to hold the truth in half of the studies of 100 images.
   */
  ece: z.number().nullable(),
  /**
   * What the same bins show if every probability is right: on average, and in 95 of 100 studies at most. Normal
   * approximation, which takes images as independent.
   */
  chance: z.object({ mean: z.number(), high: z.number() }).nullable(),
  /** Root of the mean squared calibration error of the bins, without that bias (Kumar et al. 2019); at least 0. */
  debiased: z.number().nullable(),
  /** Why there are no bins. */
  eceWhy: z.string().nullable(),
});
export type BinnedError = z.infer<typeof binnedError>;

/** How well the probability of one class against the rest is calibrated. */
export const classCalibration = binnedError.extend({
  class: z.string(),
  /** Images of the class. */
  images: z.int(),
  /** Logistic recalibration (Cox 1958): the log odds of the truth on those predicted. 1 is right; below, too extreme. */
  slope: calibrationFigure,
  /** The intercept at a slope of 1, calibration-in-the-large. 0 is right; below, probabilities are too high on average. */
  intercept: calibrationFigure,
  /** Images of the class over the sum of its probabilities. */
  observedExpected: calibrationFigure,
  /** Mean squared difference of probability and truth. */
  brier: calibrationFigure,
  /** brier = miscalibration − discrimination + uncertainty, by isotonic regression (Dimitriadis et al. 2021). */
  decomposition: z.object({ miscalibration: z.number(), discrimination: z.number(), uncertainty: z.number() }),
  /** Logistic regression on restricted cubic splines of the log odds (Harrell 2015), with a pointwise band. */
  curve: z
    .object({
      /** Knots in probability. */
      knots: z.array(z.number()),
      points: z.array(
        z.object({
          predicted: z.number(),
          observed: z.number(),
          low: z.number().nullable(),
          high: z.number().nullable(),
        }),
      ),
    })
    .nullable(),
  curveWhy: z.string().nullable(),
  /** Images by probability, in 20 bars from 0 to 1; 1 counts to the last. */
  histogram: z.array(z.int()),
});
export type ClassCalibration = z.infer<typeof classCalibration>;

export const measuredCalibration = z.object({
  /** Two classes: mean squared difference for the positive one; several: summed over the classes (Brier 1950). */
  brier: calibrationFigure,
  /** Mean −ln of the probability of the true class. */
  logLoss: calibrationFigure,
  /** Several classes: the highest probability against whether its class is the true one. Null of two. */
  topLabel: binnedError.nullable(),
  /** Of two classes the positive one alone; of several each against the rest. */
  classes: z.array(classCalibration),
});
export type MeasuredCalibration = z.infer<typeof measuredCalibration>;

/** A way to change the probabilities, and how well they are calibrated then. `none`: as the network gives them. */
export const methodCalibration = z.object({
  method: calibrationMethod,
  /** Null: none, or it is not offered. */
  scaling: scaling.nullable(),
  /** Why it is not offered. */
  why: z.string().nullable(),
  /** Null where it is not offered. */
  measured: measuredCalibration.nullable(),
});
export type MethodCalibration = z.infer<typeof methodCalibration>;

export const calibrationReport = z.object({
  run: z.string(),
  part: measuredPart,
  images: z.int(),
  groups: z.int(),
  grouping,
  /** Of a label: without it, and with it. */
  classes: z.array(z.string()),
  /** Where images may have several labels, the one that is judged, on the images of which it is known. */
  label: z
    .object({
      name: z.string(),
      /** Images that were predicted, whatever is known of them. */
      of: z.int(),
    })
    .optional(),
  confidence: z.number(),
  /** Draws of patients; fewer where there are very many images. */
  resamples: z.int(),
  /** Images with a class of which the network gave a probability of exactly 0: in logarithms it counts as 2⁻¹⁴⁹. */
  zeros: z.int(),
  /** What is kept with the run, and applied wherever its model predicts or is exported. */
  kept: calibrationMethod,
  /** Validation images that the methods are fitted on; of a label none, since nothing is. */
  fittedOn: z.object({ images: z.int(), groups: z.int() }),
  /** Of a label `none` alone. */
  methods: z.array(methodCalibration),
});
export type CalibrationReport = z.infer<typeof calibrationReport>;

export const calibrationMethods = {
  /**
   * How well the stored probabilities of a run are calibrated on a part of its images, before and after each method, fitted
   * on its validation images. Stored predictions stay those of the network itself. Where images may have several labels, one
   * has to be named, and is measured as the network gives it.
   */
  'run.calibration': method({
    input: z.object({
      id: z.string().min(1),
      part: measuredPart.default('validation'),
      label: z.string().min(1).optional(),
    }),
    output: calibrationReport,
  }),
  /** Keeps a method with the run; refused with RUN_STATE where it cannot be fitted. */
  'run.calibrate': method({
    input: z.object({ id: z.string().min(1), method: calibrationMethod }),
    output: z.object({ run: z.string(), kept: calibrationMethod, scaling: scaling.nullable() }),
  }),
};
