import type { AppliedScale } from '../../contract/greyScale.ts';
import type { Fit } from '../../contract/plan.ts';
import { type Levels, toLevels } from './readers/display.ts';
import type { Note } from './readers/picture.ts';
import { readImage } from './readers/read.ts';
import { notesOn, scaledOf } from './readers/scale.ts';
import { resize } from './resize/resize.ts';

export interface Preparation {
  /** Side of the square result, in pixels. */
  size: number;
  /** `letterbox` keeps the whole image with black bars, `crop` fills the square, `stretch` ignores the proportions. */
  fit: Fit;
  /** Of images without a window; left out: each its own. */
  scale?: AppliedScale;
}

/** Changes whenever the same file may give other bytes, so that caches made before are not used. */
export const PREPARATION_VERSION = 4;

export interface PreparedFile {
  /** size × size × 3 bytes of RGB, row after row. */
  pixels: Uint8Array;
  /** Of the file read, to notice changes since the audit. */
  sha256: string;
  /** Of the image before resampling. */
  width: number;
  height: number;
  notes: Note[];
}

/**
 * An image as every network sees it, in training and prediction alike: decoded, windowed, resized. Throws as `readImage`
 * does.
 */
export async function prepareFile(path: string, preparation: Preparation): Promise<PreparedFile> {
  const { scale = 'picture' } = preparation;
  const { picture, sha256, notes } = await readImage(path);
  const pixels = resample(toLevels(picture, scale), preparation);
  const { width, height } = picture;
  return { pixels, sha256, width, height, notes: notesOn(scale, notes, scaledOf(picture)) };
}

/** Levels as size × size × 3 bytes of RGB. Grey stays one channel until the end: a third of the work. */
export function resample(levels: Levels, preparation: Pick<Preparation, 'size' | 'fit'>): Uint8Array {
  return rgbOf(resize(levels, preparation), levels.channels);
}

/** Pixels of RGB as they are; of others, the first channel three times. */
export function rgbOf(pixels: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return pixels;
  const count = pixels.length / channels;
  const rgb = new Uint8Array(count * 3);
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    const level = pixels[from]!;
    rgb[to] = level;
    rgb[to + 1] = level;
    rgb[to + 2] = level;
  }
  return rgb;
}
