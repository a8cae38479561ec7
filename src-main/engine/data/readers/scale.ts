import type { AppliedScale, Scale } from '../../../contract/greyScale.ts';
import { isHounsfield, isNthWindow, TAIL } from '../../../contract/greyScaleKinds.ts';
import type { Note, NoteCode, Picture, Samples } from './picture.ts';

/** What is known of the samples of an image that its file gives no levels to: no window, and deeper than 8 bits. */
export interface Unscaled {
  /** Value of a stored sample; left out: the sample itself. */
  value?: (sample: number) => number;
  /** Samples that are no part of the image (padding): they have no say in its range. */
  skip?: (sample: number) => boolean;
  /** Values that the file can hold, where that is known. */
  declared?: Scale;
  /** In a scale of its own an image takes the declared range where it reaches its upper half. */
  prefersDeclared: boolean;
  /** Low values are bright (MONOCHROME1). */
  inverted: boolean;
}

/** The values of such an image, and the range that it declares. */
export interface Extent {
  low: number;
  high: number;
  whole: boolean;
  declared?: Scale;
  prefersDeclared: boolean;
}

/** Lowest and highest finite value of an image without levels; undefined for others. Of no finite value: 0 to 0. */
export function extentOf({ display, samples }: Pick<Picture, 'display' | 'samples'>): Extent | undefined {
  if (typeof display !== 'object') return undefined;
  const { value, skip, declared, prefersDeclared } = display;
  let [low, high] = [Infinity, -Infinity];
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    if (skip?.(sample)) continue;
    const found = value ? value(sample) : sample;
    if (!Number.isFinite(found)) continue;
    if (found < low) low = found;
    if (found > high) high = found;
  }
  if (low > high) [low, high] = [0, 0];
  const whole = Number.isInteger(low) && Number.isInteger(high) && !isFloat(samples);
  return { low, high, whole, prefersDeclared, ...(declared && { declared }) };
}

/**
 * Values of black and white without the outermost {@link TAIL} of the pixels at either end: the smallest value that at least
 * this share of them does not exceed (the inverse of the distribution function; Hyndman and Fan 1996, type 1).
 */
export function middleOf({ display, samples }: Pick<Picture, 'samples'> & { display: Unscaled }): Scale {
  const { value, skip } = display;
  const values = new Float64Array(samples.length);
  let count = 0;
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    if (skip?.(sample)) continue;
    const found = value ? value(sample) : sample;
    if (Number.isFinite(found)) values[count++] = found;
  }
  const sorted = values.subarray(0, count).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * count) - 1)] ?? 0;
  return { black: at(TAIL), white: at(1 - TAIL) };
}

/** Values of black and white of one image under a scale; where it has to be its own, `own` says so. */
export function scaleOf(
  { low, high, declared, prefersDeclared }: Extent,
  scale: AppliedScale,
): Scale & { own: boolean } {
  // A window for CT images is none for others, nor is one of several of theirs.
  if (typeof scale === 'object' && !isHounsfield(scale) && !isNthWindow(scale)) return { ...scale, own: false };
  if (scale === 'full' && declared) return { ...declared, own: false };
  const reached = declared && prefersDeclared && high > (declared.black + declared.white) / 2;
  return reached ? { ...declared, own: false } : { black: low, white: high, own: true };
}

/** Below this share of the scale an image is as good as black. */
export const DARK = 1 / 16;

/** What decides how a scale meets an image. */
export interface Scaled {
  /** Of an image that its file gives no levels to. */
  extent?: Extent | undefined;
  /** Its values are Hounsfield units. */
  hounsfield?: boolean | undefined;
  /** Windows of a file that brings several. */
  windows?: number | undefined;
}

export const scaledOf = (picture: Pick<Picture, 'display' | 'samples' | 'hounsfield' | 'windows'>): Scaled => ({
  extent: extentOf(picture),
  hounsfield: picture.hounsfield !== undefined,
  windows: picture.windows?.length,
});

/** Notes on a window that another one takes the place of. */
const ON_WINDOWS: readonly NoteCode[] = ['WINDOW', 'UNIFORM'];

/** The notes on a file, and those on the levels that its image gets on a scale. */
export function notesOn(scale: AppliedScale, notes: readonly Note[], scaled: Scaled): Note[] {
  const others = () => notes.filter(({ code }) => !ON_WINDOWS.includes(code));
  if (isNthWindow(scale) && scale.window > 1 && (scaled.windows ?? 0) >= scale.window) {
    const message = `The image is shown by its window ${scale.window}, as was chosen.`;
    return [...others(), { code: 'NTH_WINDOW', message }];
  }
  if (!scaled.hounsfield || !isHounsfield(scale)) return [...notes, ...scaleNotes(scaled.extent, scale)];
  const { black, white } = scale;
  const message = `The image is shown from ${black} to ${white} Hounsfield units, as was chosen.`;
  return [...others(), { code: 'HOUNSFIELD', message }];
}

/** What a user should know of the levels that an image without levels of its own got. */
function scaleNotes(extent: Extent | undefined, scale: AppliedScale): Note[] {
  if (!extent) return [];
  if (scale === 'middle')
    return [
      { code: 'MIDDLE', message: 'The image has no window; the middle of its values is shown as black to white.' },
    ];
  const { low, high } = extent;
  const { black, white, own } = scaleOf(extent, scale);
  if (own)
    return [
      {
        code: 'RANGE',
        message: 'The image has no window; its darkest to brightest value is shown as black to white.',
      },
    ];
  // Its own scale, and the whole of its depth: as every viewer shows it.
  if (scale === 'picture') return [];
  const notes: Note[] = [
    { code: 'SCALE', message: `The image has no window; ${black} to ${white} is shown as black to white.` },
  ];
  if (low < black || high > white)
    notes.push({ code: 'CLIPPED', message: `Its values from ${low} to ${high} reach beyond that and are clipped.` });
  else if (high > low && high - black < (white - black) * DARK)
    notes.push({ code: 'DARK', message: `Its values from ${low} to ${high} are all almost black there.` });
  return notes;
}

/** Sample to level, 0 to 255 to be clamped; where black and white are one value, all is black. */
export function levelFunction({ value, inverted }: Unscaled, { black, white }: Scale): (sample: number) => number {
  const factor = white > black ? 255 / (white - black) : 0;
  const level = (sample: number) => ((value ? value(sample) : sample) - black) * factor;
  return inverted ? invert(level) : level;
}

/** Bright to dark, after levels are clamped. */
export function invert(level: (sample: number) => number): (sample: number) => number {
  return (sample) => 255 - Math.min(255, Math.max(0, level(sample)));
}

const isFloat = (samples: Samples): boolean => samples instanceof Float32Array || samples instanceof Float64Array;
