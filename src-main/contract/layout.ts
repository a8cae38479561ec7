import { z } from 'zod';

export const splitPart = z.enum(['train', 'validation', 'test']);
export type SplitPart = z.infer<typeof splitPart>;

/** How the folders of a selection are to be understood. */
export const layoutChoice = z.object({
  /**
   * The folder that is the class: the first below the data folder, or below the only one in it; or the last, in which
   * the file lies. Left out: the first, and nobody has said so.
   */
  classes: z.enum(['first', 'last']).optional(),
  /**
   * Folders, relative to the data folder, that are parts of a split; `found`: those that are named so. Classes are then
   * looked for as if these folders were not there, and files in none of them are not used.
   */
  parts: z.union([z.literal('found'), z.record(z.string().min(1), splitPart)]).optional(),
});
export type LayoutChoice = z.infer<typeof layoutChoice>;

/** What the names of the folders offer, for a person to decide. */
export const foundLayout = z.object({
  /** The only folders, one within another, that were looked through on the way to the classes. */
  through: z.string().optional(),
  split: z
    .object({
      parts: z.array(z.object({ folder: z.string(), part: splitPart, files: z.int() })),
      /** Folders beside them, which would not be used. */
      beside: z.array(z.object({ folder: z.string(), files: z.int() })),
      /** As the folders name them; empty: only a table can say them. */
      classes: z.array(z.string()),
    })
    .optional(),
  /** Names of folders that occur in several others, and may be the classes. */
  inner: z.array(z.string()).optional(),
  /** Folders whose files all lie beside them once more. */
  copies: z.array(z.string()).optional(),
  /** Classes whose names differ in case, blanks or accents only. */
  alike: z.array(z.array(z.string())).optional(),
});
export type FoundLayout = z.infer<typeof foundLayout>;
