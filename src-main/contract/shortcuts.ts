import { z } from 'zod';

/** What may tell the label without a look at what is imaged, and what it is called. */
export const PREDICTORS = {
  scanner: 'the scanner',
  station: 'the station',
  date: 'the date of the examination',
  size: 'the size in pixels',
  border: 'the border pixels',
  storage: 'the file type and depth',
  bytes: 'the file size per pixel',
  number: 'the number in the file name',
} as const;
export type Predictor = keyof typeof PREDICTORS;

/** What is needed to judge: of a class, images, and patients (or whatever keeps images together). */
export const LEAST_TO_JUDGE = { images: 20, groups: 10 } as const;

/**
 * From which lower bound on a figure is worth a warning. Of many images, any true difference of scanner or border lies
 * above one half without doubt; at 0.65 two normal distributions lie apart by half of their deviation.
 */
export const WORTH_A_WARNING = 0.65;

/** How well each predicts the class alone, by cross-validation. */
export const shortcuts = z.object({
  /** Of all intervals together (Bonferroni): in so many of 100 studies each of them holds its value. */
  confidence: z.number(),
  /** Looked at: of classes that are large enough. None: no class, or one only, is. */
  images: z.int(),
  groups: z.int(),
  classes: z.int(),
  /** Of several classes, the mean of each against the rest. What is the same for all images is not among them. */
  found: z.array(
    z.object({
      by: z.enum(Object.keys(PREDICTORS) as [Predictor, ...Predictor[]]),
      auroc: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  ),
});
export type Shortcuts = z.infer<typeof shortcuts>;
export type Shortcut = Shortcuts['found'][number];

export const isWorthAWarning = ({ low }: Pick<Shortcut, 'low'>): boolean => low > WORTH_A_WARNING;
