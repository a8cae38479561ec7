import { z } from 'zod';
import { fileProblem } from './data.ts';
import { finding } from './findings.ts';
import { grouping } from './groups.ts';
import { method } from './method.ts';

/** Largest value of a pixel of a mask. */
export const MOST_MASK_VALUE = 65535;

export const MASK_FIGURES = [
  'dice',
  'jaccard',
  'sensitivity',
  'specificity',
  'averageDistance',
  'hausdorff95',
] as const;
export type MaskFigure = (typeof MASK_FIGURES)[number];
/** Those that pixels of several images can be counted together for. */
export const POOLED_MASK_FIGURES = ['dice', 'jaccard', 'sensitivity', 'specificity'] as const;
export type PooledMaskFigure = (typeof POOLED_MASK_FIGURES)[number];

/** Why there is no number. */
export const MASK_REASONS = {
  BOTH_EMPTY: 'Neither mask has a pixel of the class.',
  ONE_EMPTY: 'One of the masks has no pixel of the class.',
  TRUTH_EMPTY: 'The truth has no pixel of the class.',
  TRUTH_FULL: 'All pixels of the truth are of the class.',
} as const;
export type MaskReason = keyof typeof MASK_REASONS;

/** Between pixels. */
const millimetres = z.number().gt(0).max(1000);
/** One of `figures`: a number, or null with the reason. */
const measured = z.object({
  value: z.number().nullable(),
  reason: z.enum(Object.keys(MASK_REASONS) as [MaskReason, ...MaskReason[]]).optional(),
});

export const maskAgreementInput = z.object({
  /** Folder of the masks that the others are compared with: drawn by a person, or by the first reader. */
  truth: z.string().min(1),
  /** Folder of the others. */
  other: z.string().min(1),
  /** Table with the columns `file`, in `truth`, and `other`, in the other folder; left out: files of the same name, without ending. */
  pairs: z
    .object({
      csv: z.string().min(1),
      /** Its column with the patient; left out: one whose name says so. */
      groupColumn: z.string().min(1).optional(),
    })
    .optional(),
  /** Regular expression on the file in `truth` whose first capture group is the patient. */
  groupPattern: z.string().min(1).optional(),
  /** What values are called; values of one name are one class. Left out: 0 is background, and one other value a class. */
  classes: z
    .array(z.object({ value: z.int().min(0).max(MOST_MASK_VALUE), name: z.string().min(1) }))
    .min(1)
    .optional(),
  /** Millimetres from row to row and from column to column; left out: distances are in pixels. */
  spacing: z.tuple([millimetres, millimetres]).optional(),
  confidence: z.number().min(0.5).max(0.999).default(0.95),
});

/** A mean or a share of the whole, with a percentile interval of the bootstrap over patients. */
export const maskSummary = z.object({
  /** Null where nothing defines it. */
  value: z.number().nullable(),
  /** Null with fewer than two patients, and where no resample differs from another. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Images, or patients, that have a value. */
  of: z.int(),
});
export type MaskSummary = z.infer<typeof maskSummary>;

const count = z.object({ pixels: z.int(), masks: z.int() });

export const maskRow = z.object({
  /** In the folder of the truth, and in the other one. */
  file: z.string(),
  other: z.string(),
  class: z.string(),
  /** Of the class, in each mask. */
  pixels: z.object({ truth: z.int(), other: z.int() }),
  figures: z.record(z.enum(MASK_FIGURES), measured),
});
export type MaskRow = z.infer<typeof maskRow>;

export const maskClass = z.object({
  name: z.string(),
  values: z.array(z.int()),
  /** Means over the images, and over the patients of the means of their images. */
  images: z.record(z.enum(MASK_FIGURES), maskSummary),
  patients: z.record(z.enum(MASK_FIGURES), maskSummary),
  /** Of all pixels of all images together; `of` counts the images. */
  pooled: z.record(z.enum(POOLED_MASK_FIGURES), maskSummary),
});
export type MaskClass = z.infer<typeof maskClass>;

export const maskAgreement = z.object({
  /** Pairs that were compared. */
  images: z.int(),
  /** What the patients are; of images that nothing groups, each counts on its own. */
  grouping,
  patients: z.int(),
  /** Null: distances are in pixels. */
  spacing: z.tuple([z.number(), z.number()]).nullable(),
  confidence: z.number(),
  resamples: z.int(),
  /** All that were found, ascending; the class is null of background. */
  values: z.array(z.object({ value: z.int(), class: z.string().nullable(), truth: count, other: count })),
  classes: z.array(maskClass),
  /** One for each image and class, the worst Dice first; those without one are last. */
  rows: z.array(maskRow),
  /** Masks that were left out: without a partner, of another size, or not to be read. */
  problems: z.array(fileProblem.extend({ of: z.enum(['truth', 'other', 'table']) })),
  findings: z.array(finding),
});
export type MaskAgreement = z.infer<typeof maskAgreement>;
export type MaskProblem = MaskAgreement['problems'][number];

/** What masks say, beside any network. */
export const maskMethods = {
  /** How well two sets of masks agree: those of a network with those of a reader, or of two readers. */
  'masks.agreement': method({
    input: maskAgreementInput,
    output: maskAgreement,
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
};
