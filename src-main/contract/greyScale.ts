import { z } from 'zod';

/** Values shown as black and as white. */
export const scale = z
  .object({ black: z.number(), white: z.number() })
  .refine(({ black, white }) => white > black, 'White is a higher value than black.');
export type Scale = z.infer<typeof scale>;

/**
 * How images that have more than 8 bits and no window become levels. `folder`: one scale, from the lowest to the highest
 * value of all files; `full`: all values that a file's depth can hold; `picture`: each from its own lowest to its own
 * highest value, which makes dark and bright images alike; or values of black and white. `auto`, and left out: one scale
 * where all files plausibly share one, otherwise `picture`.
 */
export const greyScale = z.union([z.enum(['auto', 'folder', 'full', 'picture']), scale]);
export type GreyScale = z.infer<typeof greyScale>;

/** What is done to each image in the end: no longer a question of the folder that it lies in. */
export const appliedScale = z.union([z.enum(['full', 'picture']), scale]);
export type AppliedScale = z.infer<typeof appliedScale>;

/** What is done to the images of a selection that was read; of earlier versions, which did not ask, `picture`. */
export function appliedTo({ greyScale: chosen }: { greyScale?: GreyScale | undefined }): AppliedScale {
  return chosen === undefined || chosen === 'auto' || chosen === 'folder' ? 'picture' : chosen;
}

/** The scale of images without a window, in a sentence for people. */
export function describeScale(applied: AppliedScale): string {
  if (applied === 'picture') return 'each image from its own darkest to its own brightest value';
  if (applied === 'full') return 'the whole depth of each file';
  return `${round(applied.black)} is black and ${round(applied.white)} is white in all images`;
}

const round = (value: number): string => String(Number(value.toPrecision(6)));
