import { z } from 'zod';
import { bytes } from './bytes.ts';
import { fileProblem } from './data.ts';
import { appliedScale } from './greyScale.ts';
import { method } from './method.ts';
import { trainingPlan } from './plan.ts';

/** One element of a file's header. */
export const headerRow = z.object({
  /** Of DICOM, `0028,0010`; null for what other formats say. */
  tag: z.string().nullable(),
  /** `Rows`; null for elements that the standard does not know. */
  keyword: z.string().nullable(),
  vr: z.string().nullable(),
  /** As text, numbers apart by backslashes, long binary ones as their size; null where it is masked. */
  value: z.string().nullable(),
  /** It could tell whose image it is, and is not shown. */
  masked: z.boolean(),
  /** How many sequences it lies in. */
  depth: z.int(),
});
export type HeaderRow = z.infer<typeof headerRow>;

export const fileHeader = z.object({ format: z.string(), bytes: z.int(), rows: z.array(headerRow) });
export type FileHeader = z.infer<typeof fileHeader>;

export const viewerMethods = {
  /** What a file says of its image, without what could tell whose it is. */
  'data.header': method({ input: z.object({ folder: z.string().min(1), file: z.string() }), output: fileHeader }),
  /**
   * Images as a network sees them in several epochs of training, by what training itself does to them. Training draws for
   * batches as they come: these are examples, not the images of a run.
   */
  'data.augmented': method({
    input: trainingPlan.pick({ augmentation: true, fit: true, seed: true }).extend({
      folder: z.string().min(1),
      /** Relative to the folder. */
      files: z.array(z.string()).min(1).max(32),
      /** Side of the square, in pixels. */
      input: z.int().min(16).max(1024).default(224),
      greyScale: appliedScale.optional(),
      /** How many variants of each. */
      count: z.int().min(1).max(16).default(4),
    }),
    output: z.object({
      /** PNG; `plain` is the image without augmentation. */
      images: z.array(z.object({ file: z.string(), plain: bytes, variants: z.array(bytes) })),
      problems: z.array(fileProblem),
    }),
  }),
};
