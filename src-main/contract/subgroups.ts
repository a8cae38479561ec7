import { z } from 'zod';
import { interval } from './comparison/shared.ts';
import { proportion, measuredPart } from './evaluation.ts';
import { grouping } from './groups.ts';
import { method } from './method.ts';

/** What a DICOM header says of the person and of how the image was made; of a site only that it is another one. */
export const headerValue = z.enum(['age', 'sex', 'scanner', 'site', 'body-part', 'view']);
export type HeaderValue = z.infer<typeof headerValue>;

/** By what the images of a part are divided. */
export const subgroupBy = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('column'),
    name: z.string().min(1),
    /** Left out: the table that the labels came from. */
    csv: z.string().min(1).optional(),
    fileColumn: z.string().optional(),
  }),
  z.object({ kind: z.literal('header'), value: headerValue }),
]);
export type SubgroupBy = z.infer<typeof subgroupBy>;

/** Figures of a subgroup, in [0, 1]: of two classes those of the positive one, of several the means over the classes. */
export const SUBGROUP_MEASURES = ['auroc', 'sensitivity', 'specificity', 'balancedAccuracy', 'accuracy'] as const;
export const subgroupMeasure = z.enum(SUBGROUP_MEASURES);
export type SubgroupMeasure = z.infer<typeof subgroupMeasure>;

/** Measures in words; of two classes those of the positive one. */
export const measureTitles = (classes: readonly string[]): Readonly<Record<SubgroupMeasure, string>> => {
  const of = classes.length === 2 ? ` of ${classes[1]}` : '';
  return {
    auroc: classes.length === 2 ? 'AUROC' : 'AUROC, mean over classes',
    sensitivity: `sensitivity${of}`,
    specificity: `specificity${of}`,
    balancedAccuracy: 'balanced accuracy',
    accuracy: 'accuracy',
  };
};

/** Why a figure is not told: too few patients, or a class without an image. */
export const figureMissing = z.enum(['few', 'class']);

export const subgroupFigure = z.object({
  measure: subgroupMeasure,
  value: z.number().nullable(),
  /** Null where there is no value, and where it is 0 or 1 and no variance is to be seen. */
  interval: interval.nullable(),
  /** Of shares of images that are independent: Wilson's interval. */
  share: proportion.nullable(),
  missing: figureMissing.nullable(),
});

export const subgroup = z.object({
  /** As the column has it, or a band: `40 to under 65`. */
  value: z.string(),
  images: z.int(),
  groups: z.int(),
  /** Images of each class, in the order of the classes. */
  perClass: z.array(z.int()),
  figures: z.array(subgroupFigure),
});
export type Subgroup = z.infer<typeof subgroup>;

/** The largest difference of a figure between two subgroups, chosen as such. */
export const subgroupGap = z.object({
  measure: subgroupMeasure,
  highest: z.string(),
  lowest: z.string(),
  /** Highest minus lowest, with its interval over patients: it does not know that the pair was chosen as the farthest. */
  difference: interval,
  /**
   * What chance alone makes of it: the largest gap in draws in which the values were dealt out anew among the patients of
   * the same classes. `p`: share of draws with one at least as large. Null where patients have images of several values.
   */
  chance: z.object({ typical: z.number(), ninetyFive: z.number(), p: z.number(), draws: z.int() }).nullable(),
});
export type SubgroupGap = z.infer<typeof subgroupGap>;

/** One of several labels, on the images of which it is known whether they have it. */
const chosenLabel = z.object({
  name: z.string(),
  /** Images that were predicted, whatever is known of them. */
  of: z.int(),
  /** It is called from this probability on. */
  threshold: z.number(),
  /** Whether that is kept with the run; else it is one half. */
  kept: z.boolean(),
});

export const subgroupReport = z.object({
  run: z.string(),
  by: subgroupBy,
  /** Of a label: without it, and with it. */
  classes: z.array(z.string()),
  /** Where images may have several labels, the one that all is told of. */
  label: chosenLabel.optional(),
  /** Of a label those of which it is known. */
  images: z.int(),
  groups: z.int(),
  grouping,
  /** Edges of the bands of numbers, ascending; null for values that are names. `age`, `thirds`, `given`: whose they are. */
  bands: z.object({ edges: z.array(z.number()), from: z.enum(['age', 'thirds', 'given']) }).nullable(),
  /** Subgroups of fewer patients are counted, and nothing else is told of them. */
  least: z.int(),
  /** Images without a value. */
  unknown: z.object({ images: z.int(), groups: z.int() }),
  subgroups: z.array(subgroup),
  /** Of each figure that at least two subgroups have. */
  gaps: z.array(subgroupGap),
  confidence: z.number(),
  resamples: z.int(),
});
export type SubgroupReport = z.infer<typeof subgroupReport>;

/** Fewer patients tell next to nothing: of ten, one more that is found is a tenth. */
export const LEAST_PATIENTS = 10;

const of = {
  id: z.string().min(1),
  part: measuredPart.default('test'),
  /** Where images may have several labels, the one that is asked about: a task of two classes, without it and with it. */
  label: z.string().min(1).optional(),
};

export const subgroupMethods = {
  /**
   * By what the images of a part can be divided: columns of the tables that lie beside them, but for that of the label, and
   * DICOM headers.
   */
  'run.subgroupChoices': method({ input: z.object(of), output: z.array(subgroupBy) }),
  /**
   * Figures of a run by any column: each with its count and its interval, and the largest gaps. Values are read when they
   * are asked for, and not stored. Where images may have several labels, one has to be named.
   */
  'run.subgroups': method({
    input: z.object({
      ...of,
      by: subgroupBy,
      /** Edges of bands, ascending: 40 and 65 make `under 40`, `40 to under 65`, `65 and over`. */
      bands: z.array(z.number().min(-1e9).max(1e9)).min(1).max(20).optional(),
      least: z.int().min(2).max(10_000).default(LEAST_PATIENTS),
    }),
    output: subgroupReport,
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
};
