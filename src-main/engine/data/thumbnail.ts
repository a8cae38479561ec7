import type { AppliedScale } from '../../contract/greyScale.ts';
import { libvips } from './readers/libvips.ts';
import type { Note } from './readers/picture.ts';
import { readLevels } from './readers/read.ts';
import { resize } from './resize/resize.ts';

export interface ThumbnailOptions {
  /** Side of the square, in pixels. */
  size: number;
  /** Of images without a window; left out: each its own. */
  scale?: AppliedScale;
  /** `png` has every level as it is, `jpeg` is about a tenth of that and looks the same. */
  format: 'png' | 'jpeg';
}

export interface Thumbnail {
  image: Uint8Array<ArrayBuffer>;
  /** Of the image itself, in pixels. */
  width: number;
  height: number;
  notes: Note[];
}

/** An image as the network will see it, letterboxed; a grey one has one channel. Throws as `readImage` does. */
export async function thumbnailOf(path: string, { size, scale, format }: ThumbnailOptions): Promise<Thumbnail> {
  const { levels, notes } = await readLevels(path, scale);
  const { width, height, channels } = levels;
  const raw = { width: size, height: size, channels };
  const sharp = await libvips();
  const square = sharp(resize(levels, { size, fit: 'letterbox' }), { raw });
  const coloured = channels === 3 ? square : square.toColourspace('b-w');
  const encoded = await (format === 'png' ? coloured.png() : coloured.jpeg({ quality: 88 })).toBuffer();
  return { image: new Uint8Array(encoded), width, height, notes };
}
