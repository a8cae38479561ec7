import { z } from 'zod';
import { method } from './method.ts';

const share = z.number().gt(0).lt(1);

/** Where a formula is from; shown beside what it gives. */
export const PRECISION_SOURCES = {
  newcombe: 'Newcombe 2006, Stat Med 25:559, as in Riley et al. 2021, Stat Med 40:4230',
  hanleyMcneil: 'Hanley and McNeil 1982, Radiology 143:29',
  wilson: 'Wilson 1927, J Am Stat Assoc 22:209',
  buderer: 'Buderer 1996, Acad Emerg Med 3:895',
  slope: 'Riley et al. 2021, Stat Med 40:4230; scores by Austin and Steyerberg 2012, BMC Med Res Methodol 12:82',
  observedExpected: 'Riley et al. 2021, Stat Med 40:4230',
  netBenefit: 'Marsh et al. 2020, Biometrics 76:843, as in Riley et al. 2021, Stat Med 40:4230',
  designEffect: 'Kish 1965, Survey Sampling, section 5.4',
} as const;
export type PrecisionSource = keyof typeof PRECISION_SOURCES;

export const precisionInput = z.object({
  /** To be tested, or whatever groups the images; images, where patients are not known. Left out: only what a width needs. */
  patients: z.int().min(1).max(10_000_000).optional(),
  /** Of each patient, on average. */
  imagesPerPatient: z.number().min(1).max(100_000).default(1),
  /**
   * How alike the images of a patient are, as their intraclass correlation: with 1, all of them tell no more than one; with
   * 0, each tells as much as another patient's.
   */
  icc: z.number().min(0).max(1).default(1),
  /** Share of the images that are of the class. */
  prevalence: share,
  /** What the model is guessed to reach. */
  auroc: z.number().gt(0.5).lt(1).default(0.85),
  sensitivity: share.default(0.8),
  specificity: share.default(0.8),
  /** Probability from which on somebody is treated, for net benefit; left out: the prevalence. */
  threshold: share.optional(),
  /** Half of the interval that is wanted, ±, for every figure. */
  width: z.number().gt(0).lt(0.5).optional(),
  /** Of the intervals, two-sided. */
  confidence: z.number().min(0.5).lt(1).default(0.95),
});
export type PrecisionInput = z.infer<typeof precisionInput>;

export const precisionFigure = z.enum([
  'auroc',
  'sensitivity',
  'specificity',
  'calibration-slope',
  'observed-expected',
  'net-benefit',
]);
export type PrecisionFigure = z.infer<typeof precisionFigure>;

/** Why there is no number: fewer than one image of a class is to be expected; no number of patients is enough. */
export const precisionReason = z.enum(['no-case', 'too-many']);

export const precisionRow = z.object({
  figure: precisionFigure,
  source: z.enum(Object.keys(PRECISION_SOURCES) as [PrecisionSource, ...PrecisionSource[]]),
  /** What was guessed; slope and observed/expected of a model that is calibrated, 1. Net benefit is standardised. */
  value: z.number(),
  /**
   * The interval to be expected with these patients, and half of its width; null without patients, and for a reason. Bounds
   * that a figure cannot exceed are not exceeded: half of the width is that before.
   */
  half: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  reason: precisionReason.nullable(),
  /** Patients for the width that is wanted; null where none is, and for a reason. */
  needed: z.int().nullable(),
  neededReason: precisionReason.nullable(),
});
export type PrecisionRow = z.infer<typeof precisionRow>;

export const precision = z.object({
  /** What correlated images cost: so many times more of them are needed (Kish 1965). */
  designEffect: z.number(),
  /** Independent images that the test set is worth; null without patients. */
  effective: z.number().nullable(),
  /** Of them, of the class and of the rest. */
  cases: z.number().nullable(),
  others: z.number().nullable(),
  /** Cases or others are fewer than ten: formulas that hold for many are a rough guide then. */
  few: z.boolean(),
  rows: z.array(precisionRow),
});
export type Precision = z.infer<typeof precision>;

export const precisionMethods = {
  /** What a test set will be able to show, before anything is trained; nothing is read. */
  'plan.precision': method({ input: precisionInput, output: precision }),
};

/** What is to be tested on, counted. */
export interface TestSample {
  images: number;
  groups: number;
  /** Classes that it has. */
  classes: number;
  /** The class that sensitivity refers to: of two the positive one; of several the one with the fewest images, against the rest. */
  class: string;
  /** Images of it. */
  cases: number;
}

/**
 * Counts a test set.
 * @param rows its images
 * @param positive of two classes the positive one, where it is known
 * @returns null where there is nothing to tell apart: fewer than two classes
 */
export function testSampleOf(rows: readonly { label: string; group: number }[], positive?: string): TestSample | null {
  const classes = Map.groupBy(rows, ({ label }) => label);
  if (classes.size < 2) return null;
  const [rarest] = [...classes].toSorted(([a, x], [b, y]) => x.length - y.length || (a < b ? -1 : 1))[0]!;
  const chosen = classes.size === 2 && positive !== undefined && classes.has(positive) ? positive : rarest;
  return {
    images: rows.length,
    groups: new Set(rows.map(({ group }) => group)).size,
    classes: classes.size,
    class: chosen,
    cases: classes.get(chosen)!.length,
  };
}

/** What of a counted test set decides its intervals. */
export const sampleInput = ({
  images,
  groups,
  cases,
}: TestSample): Pick<PrecisionInput, 'patients' | 'imagesPerPatient' | 'prevalence'> => ({
  patients: groups,
  imagesPerPatient: images / groups,
  prevalence: cases / images,
});
