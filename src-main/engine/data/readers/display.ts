import type { AppliedScale } from '../../../contract/greyScale.ts';
import { isHounsfield, isNthWindow } from '../../../contract/greyScaleKinds.ts';
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
  const { samples, display, hounsfield, windows } = picture;
  const chosen = isNthWindow(scale) ? windows?.[scale.window - 1] : undefined;
  if (chosen) return mapSamples(samples, chosen);
  if (hounsfield && isHounsfield(scale)) return mapSamples(samples, levelFunction(hounsfield, scale));
  if (display === 'bytes') return samples instanceof Uint8Array ? samples : Uint8Array.from(samples);
  if (typeof display === 'function') return mapSamples(samples, display);
  const ends = scale === 'middle' ? middleOf({ samples, display }) : scaleOf(extentOf(picture)!, scale);
  return mapSamples(samples, levelFunction(display, ends));
}

/** Whole samples that have fewer values than there are samples go through a table, so that each is computed once. */
function mapSamples(samples: Samples, display: (sample: number) => number): Uint8Array {
  // Uint8ClampedArray rounds half to even, clamps, and makes NaN black.
  const pixels = new Uint8ClampedArray(samples.length);
  const [low, high] = samples.BYTES_PER_ELEMENT > 2 ? [0, Infinity] : rangeOf(samples);
  if (high - low >= samples.length) {
    for (let index = 0; index < samples.length; index++) pixels[index] = display(samples[index]!);
    return new Uint8Array(pixels.buffer);
  }
  const table = new Uint8ClampedArray(high - low + 1);
  for (let index = 0; index < table.length; index++) table[index] = display(index + low);
  for (let index = 0; index < samples.length; index++) pixels[index] = table[samples[index]! - low]!;
  return new Uint8Array(pixels.buffer);
}

function rangeOf(samples: Samples): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return [low, high];
}
