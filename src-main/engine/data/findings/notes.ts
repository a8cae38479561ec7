import type { Finding } from '../../../contract/findings.ts';
import { describeScale } from '../../../contract/greyScale.ts';
import { TAIL } from '../../../contract/greyScaleKinds.ts';
import type { NoteCode } from '../readers/picture.ts';
import { countBy, plural } from './counting.ts';
import type { Notice, Scanned } from './scanned.ts';

/** Sentences for what was noticed while reading; each counts images. */
const NOTE_SENTENCES: Record<NoteCode, (images: string) => string> = {
  EXTENSION: (images) => `${images} had the file extension of another format; they were read by their content.`,
  ALPHA: (images) => `${images} had transparent parts; they are shown on black.`,
  PAGES: (images) => `${images} had several pages; the first is used.`,
  FRAMES: (images) =>
    `${images} had several frames; the middle one is used, or the first where the header does not count them.`,
  RANGE: (images) =>
    `${images} had no window; each is shown from its own darkest to its own brightest value. Where brightness distinguishes the classes, choose one scale for the folder.`,
  MIDDLE: (images) =>
    `${images} had no window; each is shown by the middle ${100 - 200 * TAIL} % of its own values. Where brightness distinguishes the classes, choose one scale for the folder.`,
  HOUNSFIELD: (images) => `${images} are shown by the window in Hounsfield units that was chosen.`,
  NTH_WINDOW: (images) => `${images} are shown by the window of the file that was chosen among several.`,
  SCALE: (images) => `${images} had no window; they are shown on one scale.`,
  CLIPPED: (images) => `${images} had values outside the grey scale; they are clipped.`,
  DARK: (images) => `${images} are almost black on the grey scale that is used.`,
  WINDOW: (images) => `${images} had a window that does not follow the standard; look at the previews.`,
  LUT: (images) =>
    `${images} had a lookup table or palette whose depth is not the one it claims; the depth of its entries was used.`,
  UNIFORM: (images) =>
    `${images} became one uniform level through the window or lookup table of the file, although the samples differ; look at the previews.`,
  BITS: (images) =>
    `${images} had a header that contradicts the depth or position of the samples; the samples were followed.`,
  SIGN: (images) => `${images} had a header that contradicts itself about the sign of the samples.`,
  COLOURS: (images) =>
    `${images} had a header that contradicts itself about colours or brightness; look at the previews.`,
  CHANNELS: (images) => `${images} had channels besides their colours; those are not used.`,
  OVERLAY: (images) => `${images} have an overlay (text or drawings), which is not used.`,
  SCREEN: (images) => `${images} are screen captures; they may contain text.`,
  PROFILE: (images) =>
    `${images} had a colour profile; 8-bit images were converted to sRGB with it, others are taken as they are.`,
};

/** Where a run is to fit the scale, what is noticed holds for the one of a preview. */
const PREVIEWED: Partial<Record<NoteCode, (images: string) => string>> = {
  CLIPPED: (images) => `${images} had values outside the grey scale that is shown.`,
  DARK: (images) => `${images} are almost black on the grey scale that is shown.`,
};

/** With the scale that is used, where it is one. */
function sentenceOf(code: NoteCode, images: string, { greyScale }: Scanned): string {
  if (greyScale?.preview) {
    if (code === 'SCALE')
      return `${images} had no window, and values from ${greyScale.low} to ${greyScale.high}; the grey scale shown is: ${describeScale(greyScale.applied)}. A run fits its own to its training images.`;
    return (PREVIEWED[code] ?? NOTE_SENTENCES[code])(images);
  }
  if (code !== 'SCALE' || !greyScale) return NOTE_SENTENCES[code](images);
  return `${images} had no window, and values from ${greyScale.low} to ${greyScale.high}; the grey scale used is: ${describeScale(greyScale.applied)}.`;
}

/** What was noticed while reading, each once with the number of images. */
export const readingNotes: Notice = (found) =>
  countBy(found.notes, ({ code }) => code).map(([code, count]): Finding => ({
    code,
    message: sentenceOf(code as NoteCode, plural(count, 'image'), found),
  }));
