import type { Levels } from '../readers/display.ts';

/** One level a pixel, row after row. */
export interface Grey {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** A larger side than this is halved, thirded, … by means of boxes first: what is looked for needs no finer detail. */
const LONGEST = 1024;

/** An image as grey levels (luma of ITU-R BT.601, as Pillow's mode L), no side longer than 1024 pixels. */
export function greyOf({ width, height, channels, pixels }: Levels): Grey {
  const grey = channels === 1 ? pixels : luma(pixels);
  const factor = Math.ceil(Math.max(width, height) / LONGEST);
  const [columns, rows] = [Math.floor(width / factor), Math.floor(height / factor)];
  // Nothing is left of a line of pixels.
  if (factor === 1 || columns === 0 || rows === 0) return { width, height, pixels: grey };
  return { width: columns, height: rows, pixels: means({ width, height, pixels: grey }, { columns, rows, factor }) };
}

function luma(pixels: Uint8Array): Uint8Array {
  const grey = new Uint8Array(pixels.length / 3);
  for (let at = 0, from = 0; at < grey.length; at++, from += 3)
    grey[at] = (pixels[from]! * 19595 + pixels[from + 1]! * 38470 + pixels[from + 2]! * 7471 + 0x8000) >> 16;
  return grey;
}

function means(
  { width, pixels }: Grey,
  { columns, rows, factor }: { columns: number; rows: number; factor: number },
): Uint8Array {
  const result = new Uint8Array(columns * rows);
  const sums = new Uint32Array(columns);
  const area = factor * factor;
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let line = row * factor; line < (row + 1) * factor; line++)
      for (let column = 0, from = line * width; column < columns; column++)
        for (let i = 0; i < factor; i++) sums[column]! += pixels[from++]!;
    for (let column = 0; column < columns; column++) result[row * columns + column] = (sums[column]! + area / 2) / area;
  }
  return result;
}

/**
 * The image as side × side means of boxes, whatever its proportions: each box has the pixels whose centres lie in it, as
 * Pillow's BOX filter. Both sides have to be at least `side`.
 */
export function boxMeans({ width, height, pixels }: Grey, side: number): Uint8Array {
  const edges = (length: number) => Array.from({ length: side + 1 }, (_, at) => Math.floor((at * length) / side + 0.5));
  const [across, down] = [edges(width), edges(height)];
  const result = new Uint8Array(side * side);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const left = across[column]!;
      const right = across[column + 1]!;
      let sum = 0;
      for (let y = down[row]!; y < down[row + 1]!; y++)
        for (let at = y * width + left; at < y * width + right; at++) sum += pixels[at]!;
      result[row * side + column] = Math.round(sum / ((right - left) * (down[row + 1]! - down[row]!)));
    }
  return result;
}
