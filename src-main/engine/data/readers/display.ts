import { isHounsfield, type AppliedScale } from '../../../contract/greyScale.ts';
import type { Picture, Samples } from './picture.ts';
import { extentOf, levelFunction, middleOf, scaleOf } from './scale.ts';

/** An image as levels: width × height × channels bytes. */
export interface Levels {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Uint8Array;
}

/**
 * Applies the image's display function: samples to 8-bit levels, rounded to nearest and clamped to [0, 255]. An image
 * without one gets the levels of `scale`.
 */
export function toLevels(picture: Picture, scale: AppliedScale = 'picture'): Levels {
  return { width: picture.width, height: picture.height, channels: picture.channels, pixels: levelsOf(picture, scale) };
}

function levelsOf(picture: Picture, scale: AppliedScale): Uint8Array {
  const { samples, display, hounsfield } = picture;
  if (hounsfield && isHounsfield(scale)) return mapSamples(samples, levelFunction(hounsfield, scale));
  if (display === 'bytes') return samples instanceof Uint8Array ? samples : Uint8Array.from(samples);
  if (typeof display === 'function') return mapSamples(samples, display);
  const ends = scale === 'middle' ? middleOf({ samples, display }) : scaleOf(extentOf(picture)!, scale);
  return mapSamples(samples, levelFunction(display, ends));
}

/** Whole samples of up to 16 bits go through a table, so that a costly display function is computed once per value. */
function mapSamples(samples: Samples, display: (sample: number) => number): Uint8Array {
  // Uint8ClampedArray rounds half to even, clamps, and makes NaN black.
  const pixels = new Uint8ClampedArray(samples.length);
  if (samples.BYTES_PER_ELEMENT > 2 || samples.length < 65536) {
    for (let index = 0; index < samples.length; index++) pixels[index] = display(samples[index]!);
    return new Uint8Array(pixels.buffer);
  }
  const offset = samples instanceof Int8Array || samples instanceof Int16Array ? 32768 : 0;
  const table = new Uint8ClampedArray(65536);
  for (let index = 0; index < table.length; index++) table[index] = display(index - offset);
  for (let index = 0; index < samples.length; index++) pixels[index] = table[samples[index]! + offset]!;
  return new Uint8Array(pixels.buffer);
}
