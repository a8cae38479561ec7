import { CutpointError } from '../../../contract/errors.ts';
import { MOST_MASK_VALUE } from '../../../contract/masks.ts';
import { readBytes } from '../places/contents.ts';
import type { Picture } from '../readers/picture.ts';
import { hasPalette, pngIndices } from '../readers/pngIndices.ts';
import { readImage, type ReadImage } from '../readers/read.ts';
import { readTiffTags } from '../readers/tiffTags.ts';

/** A mask as its file has it: width × height values, row after row. */
export interface Mask {
  width: number;
  height: number;
  values: Uint16Array;
}

/** Compression of TIFF that keeps no values. */
const JPEG_IN_TIFF = [6, 7];

/**
 * Reads the values of a mask, exactly, from a PNG or TIFF file: of a PNG with a palette the indices; of grey the samples, those
 * of fewer than 8 bits as the levels from 0 to 255 that they stand for; of colour one channel, where all three are equal.
 * @throws CutpointError INPUT_INVALID where it has no values that are known exactly, and what `readImage` throws
 */
export async function readMask(path: string): Promise<Mask> {
  const bytes = await readBytes(path);
  if (bytes.toString('latin1', 1, 4) === 'PNG' && hasPalette(bytes)) {
    const { width, height, indices } = pngIndices(bytes);
    return { width, height, values: Uint16Array.from(indices) };
  }
  const image = await readImage(path);
  const reason = notExact(image, bytes);
  if (reason !== undefined) throw unfit(reason);
  const { picture } = image;
  return { width: picture.width, height: picture.height, values: valuesOf(picture) };
}

/** Why what was decoded are not the values of the file. */
function notExact({ format, frames, notes }: ReadImage, bytes: Buffer): string | undefined {
  if (format !== 'PNG' && format !== 'TIFF')
    return `Masks are read from PNG and TIFF files, which keep every value; this one is ${format}.`;
  if (frames > 1) return `The file has ${frames} pages; a mask has one.`;
  const codes = new Set(notes.map(({ code }) => code));
  if (codes.has('ALPHA')) return 'The mask has transparent parts, which change its values.';
  if (codes.has('PROFILE')) return 'The mask has a colour profile, which may change its values.';
  const tags = format === 'TIFF' ? readTiffTags(bytes) : undefined;
  if (tags === undefined) return undefined;
  if (tags.photometric === 3) return 'The TIFF has a palette; save the mask as PNG, or its values as grey levels.';
  if (tags.photometric === 0 && tags.bitsPerSample > 1)
    return 'The TIFF stores white as 0; save the mask with black as 0.';
  return JPEG_IN_TIFF.includes(tags.compression)
    ? 'The TIFF is compressed with JPEG, which changes values.'
    : undefined;
}

function valuesOf({ channels, samples }: Picture): Uint16Array {
  const values = new Uint16Array(samples.length / channels);
  for (let at = 0; at < values.length; at++) {
    const value = samples[at * channels]!;
    if (channels === 3 && (samples[3 * at + 1] !== value || samples[3 * at + 2] !== value))
      throw unfit('The mask is in colour, without a palette; a mask has one value for each pixel.');
    if (!Number.isInteger(value) || value < 0 || value > MOST_MASK_VALUE)
      throw unfit(`The mask has values that are not whole numbers from 0 to ${MOST_MASK_VALUE}.`);
    values[at] = value;
  }
  return values;
}

const unfit = (message: string): CutpointError =>
  new CutpointError('INPUT_INVALID', message, { remedy: 'Save the mask again as PNG, a value for each class.' });
