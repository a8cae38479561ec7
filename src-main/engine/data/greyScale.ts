import type { AuditReport } from '../../contract/data.ts';
import { describeScale, isFitted, type AppliedScale, type GreyScale, type Scale } from '../../contract/greyScale.ts';
import type { Note, NoteCode } from './readers/picture.ts';
import { DARK, type Extent } from './readers/scale.ts';

/** Depths that scanners and cameras have, in bits. */
const DEPTHS = [8, 10, 12, 14, 16];
/** Values that fill less than this of a depth lie elsewhere in it, as with an offset: then their own range is the scale. */
const LEAST_OF_DEPTH = 1 / 8;
/** Where more of the images than this would be as good as black, they do not share a scale. */
const MOST_DARK = 0.1;

/**
 * The scale of images that bring none, from their values: of a folder to look at, of the training images for a run. `auto`: the depth that holds the values of
 * all of them, or from the lowest to the highest value of all; each its own where on that too many would be almost black,
 * as when they come from different devices. A folder without such images has the whole depth, for those to come.
 */
export function resolveScale(extents: readonly Extent[], chosen: GreyScale = 'auto'): AppliedScale {
  if (!isFitted(chosen)) return chosen;
  if (extents.length === 0) return 'full';
  const common = chosen === 'folder' ? rangeOf(extents) : plausible(extents);
  return common ?? 'picture';
}

function plausible(extents: readonly Extent[]): Scale | undefined {
  const common = depthOf(extents) ?? rangeOf(extents);
  if (!common) return undefined;
  const { black, white } = common;
  const dark = extents.filter(({ low, high }) => high > low && high - black < (white - black) * DARK);
  return dark.length > extents.length * MOST_DARK ? undefined : common;
}

/** From the lowest to the highest value; undefined where there is but one. */
function rangeOf(extents: readonly Extent[]): Scale | undefined {
  let [black, white] = [Infinity, -Infinity];
  for (const { low, high } of extents) [black, white] = [Math.min(black, low), Math.max(white, high)];
  return white > black ? { black, white } : undefined;
}

/** The smallest usual depth that holds whole values from 0 on, or 0 to 1 for fractions, where it is made use of. */
function depthOf(extents: readonly Extent[]): Scale | undefined {
  const range = rangeOf(extents);
  if (!range || range.black < 0) return undefined;
  const whole = extents.every((extent) => extent.whole);
  const highest = whole ? DEPTHS.map((bits) => 2 ** bits - 1) : [1];
  const white = highest.find((value) => range.white <= value);
  if (white === undefined || range.white - range.black < white * LEAST_OF_DEPTH) return undefined;
  return { black: 0, white };
}

/** For the report; null where no image needs a scale. */
export function describeExtents(
  extents: readonly Extent[],
  applied: AppliedScale,
  preview: boolean,
): AuditReport['greyScale'] {
  if (extents.length === 0) return null;
  const low = extents.reduce((lowest, extent) => Math.min(lowest, extent.low), Infinity);
  const high = extents.reduce((highest, extent) => Math.max(highest, extent.high), -Infinity);
  return { images: extents.length, low, high, applied, ...(preview && { preview }) };
}

/** What is to be said of images without a window that a model was given; nothing where there are none. */
export function scaleRemarks(notes: readonly Note[], scale: AppliedScale): string[] {
  const count = (code: NoteCode) => notes.filter((note) => note.code === code).length;
  const [shown, windowed] = [count('SCALE') + count('RANGE') + count('MIDDLE'), count('HOUNSFIELD')];
  if (windowed > 0) return [`CT images: ${windowed}. As in training: ${describeScale(scale)}.`];
  const nth = count('NTH_WINDOW');
  if (nth > 0) return [`Images with several windows: ${nth}. As in training: ${describeScale(scale)}.`];
  if (shown === 0) return [];
  const remarks = [`Images without a window: ${shown}. As in training: ${describeScale(scale)}.`];
  if (count('CLIPPED') > 0)
    remarks.push(`Of these, ${count('CLIPPED')} have values outside that scale, which are clipped.`);
  if (count('DARK') > 0) remarks.push(`Of these, ${count('DARK')} are almost black on that scale.`);
  return remarks;
}
