import { z } from 'zod';
import { measuredPart, proportion } from './evaluation.ts';
import { grouping } from './groups.ts';
import { method } from './method.ts';

/** Of one class: what its sets are calibrated on, and how often they hold the class. */
const conformalClass = z.object({
  class: z.string(),
  /** Patients of the validation images who have an image of the class, and those images. */
  calibration: z.object({ groups: z.int(), images: z.int() }),
  /** The class is in the set of an image from this probability on; null where too few patients calibrate it. */
  threshold: z.number().nullable(),
  /** Patients of the part all of whose images of the class have it in their sets; null without such a patient. */
  coverage: proportion.nullable(),
  /** The same over single images, without an interval: those of one patient hang together. */
  imageCoverage: proportion.pick({ count: true, of: true }),
  /** Images of the class with one class in their set, and those of them where it is the true one. */
  decided: z.object({ images: z.int(), right: z.int() }),
});

/** Counts of images by how many classes are in their sets. */
const sizes = z.object({ none: z.int(), one: z.int(), several: z.int() });

/** Prediction sets that leave to a person what the network cannot tell. */
export const conformal = z.object({
  run: z.string(),
  on: z.enum(['validation', 'test', 'data']),
  images: z.int(),
  groups: z.int(),
  grouping,
  /** How often a patient of a class may have an image whose set lacks it. */
  alpha: z.number(),
  /** Calibration patients of each class below which nothing can be promised, and below which nothing is shown. */
  least: z.int(),
  needed: z.int(),
  classes: z.array(conformalClass),
  /** Why there are no sets; sizes, shares and coverage are null or 0 then. */
  refused: z.string().nullable(),
  sizes: sizes.nullable(),
  /** Images whose set holds no class or several, and patients with such an image: what would be handed to a person. */
  handed: z.object({ images: proportion, groups: proportion }).nullable(),
  confidence: z.number(),
});
export type Conformal = z.infer<typeof conformal>;

export const conformalInput = z.object({
  id: z.string().min(1),
  part: measuredPart.default('validation'),
  alpha: z.number().min(0.005).max(0.4).default(0.1),
});

export const conformalMethods = {
  /**
   * Class-conditional split conformal prediction (Vovk 2012), patients being the units: calibrated on the validation images,
   * looked at on a part.
   */
  'run.conformal': method({ input: conformalInput, output: conformal }),
};
