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
export function boxMeans(grey: Grey, side: number): Uint8Array {
  const [across, down] = [edgesOf(grey.width, side), edgesOf(grey.height, side)];
  const result = new Uint8Array(side * side);
  const sums = new Int32Array(grey.width);
  for (let row = 0, to = 0; row < side; row++) {
    addRows(grey, { from: down[row]!, to: down[row + 1]! }, sums);
    const lines = down[row + 1]! - down[row]!;
    for (let column = 0, x = 0; column < side; column++) {
      const right = across[column + 1]!;
      const area = (right - x) * lines;
      let sum = 0;
      for (; x < right; x++) sum += sums[x]!;
      // The array cuts off what is behind the point.
      result[to++] = sum / area + 0.5;
    }
  }
  return result;
}

/** Where boxes begin, and where the last one ends. */
function edgesOf(length: number, side: number): Int32Array {
  const edges = new Int32Array(side + 1);
  for (let at = 0; at <= side; at++) edges[at] = Math.floor((at * length) / side + 0.5);
  return edges;
}

/** Sums of rows, one for each column, in place of what `sums` held: so a box costs one addition a pixel, however small it is. */
export function addRows(
  { width, pixels }: Pick<Grey, 'width' | 'pixels'>,
  { from, to }: { from: number; to: number },
  sums: Int32Array,
): void {
  sums.fill(0);
  for (let y = from; y < to; y++)
    for (let x = 0, at = y * width; x < width; x++, at++) sums[x] = sums[x]! + pixels[at]!;
}
