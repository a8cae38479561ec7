import type { Picture, Samples } from './picture.ts';

/** A picture as levels: width × height × channels bytes. */
export interface Levels {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Uint8Array;
}

/** Applies the picture's display function: samples to 8-bit levels, rounded to nearest and clamped to [0, 255]. */
export function toLevels(picture: Picture): Levels {
  const { width, height, channels, samples } = picture;
  if (picture.display === 'bytes') {
    const pixels = samples instanceof Uint8Array ? samples : Uint8Array.from(samples);
    return { width, height, channels, pixels };
  }
  const display = picture.display === 'range' ? rangeDisplay(samples) : picture.display;
  return { width, height, channels, pixels: mapSamples(samples, display) };
}

/** Darkest to brightest finite sample as 0 to 255; a picture of one value is black. `skip`: a value not to count. */
export function rangeDisplay(
  samples: ArrayLike<number>,
  skip?: (sample: number) => boolean,
): (sample: number) => number {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    if (!Number.isFinite(sample) || skip?.(sample)) continue;
    if (sample < lowest) lowest = sample;
    if (sample > highest) highest = sample;
  }
  const scale = highest > lowest ? 255 / (highest - lowest) : 0;
  return (sample) => (sample - lowest) * scale;
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
