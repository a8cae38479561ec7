import { z } from 'zod';
import { bytes } from './bytes.ts';
import { grouping } from './groups.ts';
import { appliedScale } from './greyScale.ts';
import { tableOf } from './tableSchema.ts';

/** What a run predicted of one image; its probabilities are beside the table. */
export const predictedImage = z.object({
  /** Relative to the folder. */
  file: z.string(),
  /** The true one; where images may have several labels, a row of them, see `encodeRow`. */
  class: z.string(),
  /** The most probable one, the first of equals; of several labels, those with a probability of at least one half. */
  predicted: z.string(),
  /** Of several labels: all that are known. */
  correct: z.boolean(),
  /** Images with the same number have the same patient (or study, series, …); counted from 0 in the order of the images. */
  group: z.int(),
});
export type PredictedImage = z.infer<typeof predictedImage>;
export const PREDICTED_FIELDS = predictedImage.keyof().options;

/** In the order of the part: the place of an image is its index in `explain.map`. */
export const predictions = z.object({
  run: z.string(),
  classes: z.array(z.string()),
  folder: z.string(),
  /** How images with more than 8 bits and no window are shown. */
  greyScale: appliedScale,
  grouping,
  images: tableOf(predictedImage),
  /** Probability of each class, little-endian float32, image after image. */
  probabilities: bytes,
});
export type Predictions = z.infer<typeof predictions>;
