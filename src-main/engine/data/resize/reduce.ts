import type { Levels } from '../readers/display.ts';

/** Rows whose bytes a 16-bit lane can add up. */
const MOST_ROWS = 256;

/**
 * Means of boxes of pixels, rounded to 8 bits; boxes at the right and lower edge hold what is left. To the bit what Pillow's
 * `Image.reduce` computes, with a mean of n pixels as (sum + ⌊n / 2⌋) · ⌊2²⁴ / n⌋ / 2²⁴, cut off.
 * @param across pixels of a box along rows, `down` along columns
 */
export function reduce(levels: Levels, { across, down }: { across: number; down: number }): Levels {
  if (across === 1 && down === 1) return levels;
  const { width, height, channels, pixels } = levels;
  const reduced = { width: Math.ceil(width / across), height: Math.ceil(height / down) };
  const result = new Uint8Array(reduced.width * reduced.height * channels);
  const line = width * channels;
  const adder = rowAdder(line);
  for (let y = 0, to = 0; y < reduced.height; y++) {
    const rows = Math.min(down, height - y * down);
    const sums = adder(pixels, y * down * line, rows);
    for (let x = 0; x < reduced.width; x++) {
      const columns = Math.min(across, width - x * across);
      const count = columns * rows;
      const factor = Math.trunc(Math.fround(2 ** 24 / count));
      const half = Math.floor(count / 2);
      for (let channel = 0; channel < channels; channel++) {
        let sum = half;
        let from = x * across * channels + channel;
        for (let i = 0; i < columns; i++, from += channels) sum += sums[from]!;
        result[to++] = Math.floor((sum * factor) / 2 ** 24);
      }
    }
  }
  return { ...reduced, channels, pixels: result };
}

/**
 * Adds up rows of bytes, four bytes at a time: large images spend most of their time here. The sums are valid until the
 * next call.
 */
function rowAdder(line: number): (pixels: Uint8Array, from: number, rows: number) => Int32Array {
  const words = Math.ceil(line / 4);
  const row = new Uint32Array(words);
  const bytes = new Uint8Array(row.buffer);
  const [even, odd] = [new Uint32Array(words), new Uint32Array(words)];
  const sums = new Int32Array(words * 4);
  return (pixels, from, rows) => {
    sums.fill(0);
    for (let start = 0; start < rows; start += MOST_ROWS) {
      even.fill(0);
      odd.fill(0);
      const end = Math.min(rows, start + MOST_ROWS);
      for (let own = start; own < end; own++) {
        bytes.set(pixels.subarray(from + own * line, from + (own + 1) * line));
        for (let i = 0; i < words; i++) {
          const word = row[i]!;
          even[i] = even[i]! + (word & 0xff00ff);
          odd[i] = odd[i]! + ((word >>> 8) & 0xff00ff);
        }
      }
      // Platforms that Node runs on are little-endian: the lowest byte is the first.
      for (let i = 0, at = 0; i < words; i++, at += 4) {
        const [first, second] = [even[i]!, odd[i]!];
        sums[at] = sums[at]! + (first & 0xffff);
        sums[at + 1] = sums[at + 1]! + (second & 0xffff);
        sums[at + 2] = sums[at + 2]! + (first >>> 16);
        sums[at + 3] = sums[at + 3]! + (second >>> 16);
      }
    }
    return sums;
  };
}
