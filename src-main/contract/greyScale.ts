import { z } from 'zod';
import { isHounsfield, isNthWindow, TAIL } from './greyScaleKinds.ts';

/** Values shown as black and as white. */
const ends = z.object({ black: z.number(), white: z.number() });
const ordered = ({ black, white }: z.infer<typeof ends>): boolean => white > black;
const turned = 'White is a higher value than black.';
export const scale = ends.refine(ordered, turned);
export type Scale = z.infer<typeof scale>;

/**
 * A window in Hounsfield units for all CT images, in place of those that their files bring: the first window of a file is
 * often another one in each series of a study. Other images keep their windows, and where they have none each its own scale.
 */
export const hounsfieldWindow = ends.extend({ hounsfield: z.literal(true) }).refine(ordered, turned);
export type HounsfieldWindow = z.infer<typeof hounsfieldWindow>;

/**
 * Of files that bring several windows, the one at this place, from 1. Files with fewer keep their first, and images without
 * one have each its own scale; a lookup table of the file stays what it is.
 */
export const nthWindow = z.object({ window: z.int().min(1).max(99) });
export type NthWindow = z.infer<typeof nthWindow>;

/**
 * How images that have more than 8 bits and no window become levels. `folder`: one scale, from the lowest to the highest
 * value of all files, in a run of its training images; `full`: all values that a file's depth can hold; `picture`: each from its own lowest to its own
 * highest value, which makes dark and bright images alike; `middle`: the same without the outermost {@link TAIL} at either
 * end, so that a marker or a metal clip does not decide; or values of black and white. `auto`, and left out: one scale where
 * all files plausibly share one, otherwise `picture`. A window for CT images also takes the place of windows,
 * and one by its place that of the first.
 */
export const greyScale = z.union([
  z.enum(['auto', 'folder', 'full', 'picture', 'middle']),
  hounsfieldWindow,
  scale,
  nthWindow,
]);
export type GreyScale = z.infer<typeof greyScale>;

/** Whether a scale is still to be found in the values of images; left out is `auto`. */
export const isFitted = (chosen: GreyScale | undefined): chosen is 'auto' | 'folder' | undefined =>
  chosen === undefined || chosen === 'auto' || chosen === 'folder';

/** What is done to each image in the end: no longer a question of the folder that it lies in. */
export const appliedScale = z.union([z.enum(['full', 'picture', 'middle']), hounsfieldWindow, scale, nthWindow]);
export type AppliedScale = z.infer<typeof appliedScale>;

/** Usual windows of CT, centre and width in Hounsfield units (as PS3.3, C.11.2.1.2, counts them). */
export const CT_WINDOWS = {
  lung: { centre: -600, width: 1500 },
  mediastinum: { centre: 50, width: 350 },
  bone: { centre: 400, width: 1800 },
  brain: { centre: 40, width: 80 },
} as const;
export type CtWindow = keyof typeof CT_WINDOWS;
export const CT_WINDOW_NAMES = Object.keys(CT_WINDOWS) as CtWindow[];

/** The ends of a window, by its function LINEAR: (x − (c − 0.5)) / (w − 1) + 0.5. */
export function hounsfieldOf(name: CtWindow): HounsfieldWindow {
  const { centre, width } = CT_WINDOWS[name];
  return { black: centre - width / 2, white: centre + width / 2 - 1, hounsfield: true };
}

/** The name of a usual window; undefined for others. */
export const ctWindowOf = ({ black, white }: Scale): CtWindow | undefined =>
  CT_WINDOW_NAMES.find((name) => hounsfieldOf(name).black === black && hounsfieldOf(name).white === white);

/** What is done to the images of a selection that was read; of earlier versions, which did not ask, `picture`. */
export function appliedTo({ greyScale: chosen }: { greyScale?: GreyScale | undefined }): AppliedScale {
  return isFitted(chosen) ? 'picture' : chosen;
}

/** The scale of images without a window, in a sentence for people. */
export function describeScale(applied: AppliedScale): string {
  if (applied === 'picture') return 'each image from its own darkest to its own brightest value';
  if (applied === 'middle') return `each image the middle ${100 - 200 * TAIL} % of its own values`;
  if (applied === 'full') return 'the whole depth of each file';
  if (isNthWindow(applied))
    return `files with several windows by window ${applied.window}, others by their first; those without one each from its own darkest to its own brightest value`;
  const [black, white] = [round(applied.black), round(applied.white)];
  return isHounsfield(applied)
    ? `CT images from ${black} to ${white} Hounsfield units, whatever window they bring; others each from its own darkest to its own brightest value`
    : `${black} is black and ${white} is white in all images`;
}

const round = (value: number): string => String(Number(value.toPrecision(6)));
