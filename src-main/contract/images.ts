import { z } from 'zod';
import { dataSelection, fileProblem, severalLabels } from './data.ts';
import { finding } from './findings.ts';
import { appliedScale } from './greyScale.ts';
import { foundLayout } from './layout.ts';
import { method } from './method.ts';
import { trainingPlan } from './plan.ts';
import { tableOf } from './tableSchema.ts';

/** What lists show of an image. */
export const imageRow = z.object({
  /** Relative to the folder. */
  file: z.string(),
  /** Its class. */
  label: z.string(),
  /** The patient, or whatever groups the images, by number from 1 in the order of the files. */
  group: z.int(),
  format: z.string(),
  width: z.int(),
  height: z.int(),
  /** Of a sample, those that count. */
  bits: z.int(),
  frames: z.int(),
  /** Manufacturer and model, where DICOM knows them. */
  scanner: z.string().nullable(),
  /** Codes of what was noticed on it: `DUPLICATE`, `DUPLICATE_LABELS`, `RANGE`, … */
  findings: z.array(z.string()),
  /** Where a plan with this split would have it; null where none was asked for, or the images cannot be divided so. */
  part: z.enum(['train', 'validation', 'test']).nullable(),
});
export type ImageRow = z.infer<typeof imageRow>;
export const IMAGE_FIELDS = imageRow.keyof().options;

/** How a plan divides images. */
export const imageSplit = trainingPlan
  .pick({ split: true, seed: true })
  .extend({ /** The test images are in another folder. */ testFolder: z.boolean().default(false) });

const columnGuess = z.object({
  fileColumn: z.string().nullable(),
  labelColumn: z.string().nullable(),
  groupColumn: z.string().nullable(),
});

/** A published table of labels that was recognised by its header, and how it is read. */
export const tableLayout = columnGuess.extend({
  name: z.string(),
  /** What to know of it, in a sentence. */
  says: z.string(),
  oneHot: z.array(z.string()).optional(),
  /** How it says several labels of an image, each of which can be learnt on its own. */
  several: severalLabels.pick({ columns: true }).extend({ separator: z.string().optional() }).optional(),
  groupPattern: z.string().optional(),
});
export type TableLayout = z.infer<typeof tableLayout>;

export const glance = z.object({
  folder: z.string(),
  files: z.int(),
  /** The first folders below it, with the files in and below each; of some, the names of a few. */
  folders: z.array(z.object({ name: z.string(), files: z.int() })),
  /** Files that are in no folder below. */
  loose: z.int(),
  /** Endings of names, the most frequent first; without a dot, empty for none. */
  endings: z.array(z.object({ ending: z.string(), files: z.int() })),
  tables: z.array(
    z.object({
      path: z.string(),
      columns: z.array(z.string()),
      /** The first rows, in the order of the columns. */
      rows: z.array(z.array(z.string())),
      guess: columnGuess,
      /** Values of the guessed label column, and how many of the first rows name a file of the folder. */
      labels: z.int().nullable(),
      matched: z.object({ rows: z.int(), of: z.int() }).nullable(),
      /** Rows that name one by the end of its path only, beside those; left out: none. */
      byEnd: z.int().optional(),
      /** Columns of 0 and 1 of which each row has one 1: together they may say the class. */
      oneHot: z.array(z.string()).optional(),
      layout: tableLayout.optional(),
    }),
  ),
  /** What should be asked before the folder is taken as it is. */
  findings: z.array(finding),
  /** Files that may be masks by their names, beside the images that they belong to. */
  masks: z.array(z.string()),
  /** The table to take the labels from, by its path; null: the folders say the class, or nothing does. */
  suggested: z.string().nullable(),
  /** Left out where the folders offer nothing. */
  layout: foundLayout.optional(),
});
export type Glance = z.infer<typeof glance>;

export const imageMethods = {
  /**
   * The images of a selection, as the audit found them, by name; those of one DICOM series follow one another by their
   * slices. Answered from memory after an audit in the same engine; otherwise
   * the files that are not known yet are read.
   */
  'data.images': method({
    input: dataSelection.extend({
      plan: imageSplit.optional(),
      /** The images are to be tested on, by what is trained on these: all of them are the test part. */
      testOf: dataSelection.optional(),
    }),
    output: z.object({
      images: tableOf(imageRow),
      /** Files that cannot be used, and those that were left out on purpose (`LEFT_OUT`), each with its reason. */
      leftOut: z.array(fileProblem),
      /** Why the images cannot be divided, or tested on; null: they can, or neither was asked for. */
      splitProblem: z.object({ code: z.string(), message: z.string() }).nullable(),
      /** Images that are equal or look the same and would be in different parts. */
      leaks: z.array(finding).optional(),
      /** Sets of images that are equal or look the same although their groups differ, by their places in the list. */
      repeats: z.array(z.array(z.int())).optional(),
      fingerprint: z.string(),
      /** Where they lie, and how those without a window are shown. */
      folder: z.string(),
      greyScale: appliedScale.optional(),
    }),
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** A folder by its names alone, in a moment: no image is opened. */
  'data.glance': method({ input: z.object({ folder: z.string().min(1) }), output: glance }),
};
