import type { Fit } from '../../../contract/plan.ts';
import type { Levels } from '../readers/display.ts';
import { placementOf, type Placement } from './placement.ts';
import { reduce } from './reduce.ts';

/** Reduction that is left to the kernel at the least: the rest is done by means of boxes, which costs far less. */
export const REDUCING_GAP = 2;

/** Binary places of the weights, and half of the last place that is kept. */
export const WEIGHT_BITS = 22;
const HALF = 1 << (WEIGHT_BITS - 1);

/** Of the pixels of one axis of the square that show the image: which source pixels count, and by how much. */
interface Weights {
  /** First such pixel, and how many. */
  start: number;
  count: number;
  /** First source pixel of each, and how many sources it has. */
  first: Int32Array;
  taps: Int32Array;
  /** `stride` places for each, whole numbers of 2⁻²² that add up to about 1. */
  values: Int32Array;
  stride: number;
}

/**
 * Resizes levels and brings them into a square; what the image does not cover is black. Means of boxes come first, then
 * cubic convolution with a = −½ (Keys 1981), stretched by the reduction that is left so that it is its own antialiasing,
 * along rows and then along columns. Each step is rounded to 8 bits. To the bit what Pillow computes with `reduce` and two
 * calls of `resize`, as model cards show it (export/recipe.ts), and what exported ONNX files compute (export/onnx/resize.ts).
 * @returns size × size × channels bytes
 */
export function resize(levels: Levels, { size, fit }: { size: number; fit: Fit }): Uint8Array {
  const { width, height, channels } = levels;
  if (width === size && height === size) return levels.pixels;
  const { horizontal, vertical } = placementOf(levels, { size, fit });
  const boxes = { across: boxOf(horizontal), down: boxOf(vertical) };
  const reduced = reduce(levels, boxes);
  const across = weightsOf(horizontal, { size, box: boxes.across });
  const down = weightsOf(vertical, { size, box: boxes.down });
  const line = reduced.width * channels;
  const [top, bottom] = [down.first[0]!, down.first.at(-1)! + down.taps.at(-1)!];
  const seen = reduced.pixels.subarray(top * line, bottom * line);
  const rows = (channels === 3 ? alongRowsOfColours : alongRows)(seen, reduced.width, across);
  return alongColumns(rows, across, down, { size, channels });
}

const boxOf = ({ length, whole }: Placement): number => Math.max(1, Math.floor(length / (REDUCING_GAP * whole)));

function weightsOf({ length, whole, offset }: Placement, { size, box }: { size: number; box: number }): Weights {
  const start = Math.max(0, offset);
  const count = Math.min(size, offset + whole) - start;
  const sources = Math.ceil(length / box);
  // Of single precision, as Pillow hands it on: where the boxes do not divide the image, the last is not whole.
  const scale = Math.fround(length / box) / whole;
  const stretch = Math.max(1, scale);
  const support = 2 * stretch;
  const stride = Math.ceil(support) * 2 + 1;
  const [first, taps] = [new Int32Array(count), new Int32Array(count)];
  const values = new Int32Array(count * stride);
  const own = new Float64Array(stride);
  for (let pixel = 0; pixel < count; pixel++) {
    const centre = (start - offset + pixel + 0.5) * scale;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const high = Math.min(sources, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let i = 0; i < high - low; i++) {
      own[i] = cubic((i + low - centre + 0.5) * (1 / stretch));
      sum += own[i]!;
    }
    for (let i = 0; i < high - low; i++) {
      const value = (own[i]! / sum) * 2 ** WEIGHT_BITS;
      values[pixel * stride + i] = Math.trunc(value < 0 ? value - 0.5 : value + 0.5);
    }
    first[pixel] = low;
    taps[pixel] = high - low;
  }
  return { start, count, first, taps, values, stride };
}

/** Keys's kernel with a = −½. */
function cubic(distance: number): number {
  const d = Math.abs(distance);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? (((d - 5) * d + 8) * d - 4) * -0.5 : 0;
}

/** [rows, width] → [rows, count]; the clamped array cuts off what overshoots. */
function alongRows(pixels: Uint8Array, width: number, weights: Weights): Uint8ClampedArray {
  const { count, first, taps, values, stride } = weights;
  const result = new Uint8ClampedArray((pixels.length / width) * count);
  for (let row = 0, to = 0; row < pixels.length; row += width)
    for (let x = 0; x < count; x++) {
      let sum = HALF;
      let from = row + first[x]!;
      const end = x * stride + taps[x]!;
      for (let i = x * stride; i < end; i++) sum = (sum + Math.imul(pixels[from++]!, values[i]!)) | 0;
      result[to++] = sum >> WEIGHT_BITS;
    }
  return result;
}

/** [rows, width, 3] → [rows, count, 3] */
function alongRowsOfColours(pixels: Uint8Array, width: number, weights: Weights): Uint8ClampedArray {
  const { count, first, taps, values, stride } = weights;
  const line = width * 3;
  const result = new Uint8ClampedArray((pixels.length / line) * count * 3);
  for (let row = 0, to = 0; row < pixels.length; row += line)
    for (let x = 0; x < count; x++, to += 3) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let from = row + first[x]! * 3;
      const end = x * stride + taps[x]!;
      for (let i = x * stride; i < end; i++, from += 3) {
        const weight = values[i]!;
        red = (red + Math.imul(pixels[from]!, weight)) | 0;
        green = (green + Math.imul(pixels[from + 1]!, weight)) | 0;
        blue = (blue + Math.imul(pixels[from + 2]!, weight)) | 0;
      }
      result[to] = red >> WEIGHT_BITS;
      result[to + 1] = green >> WEIGHT_BITS;
      result[to + 2] = blue >> WEIGHT_BITS;
    }
  return result;
}

/** [rows, columns, channels] → [size, size, channels] */
function alongColumns(
  rows: Uint8ClampedArray,
  { start: left, count: columns }: Weights,
  { start: top, count, first, taps, values, stride }: Weights,
  { size, channels }: { size: number; channels: number },
): Uint8Array {
  const square = new Uint8ClampedArray(size * size * channels);
  const line = columns * channels;
  const sums = new Int32Array(line);
  for (let y = 0; y < count; y++) {
    sums.fill(HALF);
    for (let i = 0; i < taps[y]!; i++) {
      const weight = values[y * stride + i]!;
      const from = (first[y]! - first[0]! + i) * line;
      for (let x = 0; x < line; x++) sums[x] = sums[x]! + Math.imul(rows[from + x]!, weight);
    }
    const to = ((top + y) * size + left) * channels;
    for (let x = 0; x < line; x++) square[to + x] = sums[x]! >> WEIGHT_BITS;
  }
  return new Uint8Array(square.buffer);
}
