import type { Fit } from '../../contract/run.ts';
import { sample, type Field } from './resize.ts';

/** A picture of width × height pixels as the network sees it, in a frame of size × size (data/prepare.ts). */
export interface View {
  width: number;
  height: number;
  size: number;
  fit: Fit;
}

/** Where the pixels of one axis of the picture lie in the frame. */
interface Axis {
  /** Pixels of the picture. */
  length: number;
  /** Pixels of the picture for each pixel of the frame. */
  step: number;
  /** The picture's middle, in the frame; 0 is the frame's edge. */
  middle: number;
}

/** The rule by which sharp fits a picture into a frame; the ONNX export writes the same one (export/onnx/resize.ts). */
function axesOf({ width, height, size, fit }: View): { horizontal: Axis; vertical: Axis } {
  const own = [width / size, height / size] as const;
  const common = { letterbox: Math.max(...own), crop: Math.min(...own), stretch: undefined }[fit];
  const axis = (length: number, step: number): Axis => {
    const whole = Math.max(1, Math.round(length / Math.min(step, length)));
    return { length, step: Math.min(step, length), middle: Math.floor((size - whole) / 2) + whole / 2 };
  };
  return { horizontal: axis(width, common ?? own[0]), vertical: axis(height, common ?? own[1]) };
}

/** The frame's coordinate of each pixel centre of the picture. */
function inFrame({ length, step, middle }: Axis): Float64Array {
  return Float64Array.from({ length }, (_, pixel) => middle + (pixel + 0.5 - length / 2) / step);
}

/** Rounding may put the picture's edge this far outside the frame, in pixels of the frame, though all of it is in view. */
const SLACK = 0.5;

/**
 * A map over the frame in the picture's own pixels: bars cut away, scale undone.
 * @returns width × height values, NaN where the network does not see the picture (`crop`)
 */
export function toPicture(frame: Field, view: View): Field {
  const { horizontal, vertical } = axesOf(view);
  const [columns, rows] = [inFrame(horizontal), inFrame(vertical)];
  const restored = sample(frame, rows.map((at) => at - 0.5), columns.map((at) => at - 0.5)); // prettier-ignore
  const unseen = (at: number): boolean => at < -SLACK || at > view.size + SLACK;
  if (![...ends(columns), ...ends(rows)].some(unseen)) return restored;
  rows.forEach((row, y) =>
    columns.forEach((column, x) => {
      if (unseen(row) || unseen(column)) restored.values[y * view.width + x] = NaN;
    }),
  );
  return restored;
}

const ends = (values: Float64Array): number[] => [values[0]!, values.at(-1)!];

/** Whether the middle of a pixel of the frame shows the picture, and not a bar beside it. */
export function showsPicture(view: View, column: number, row: number): boolean {
  const { horizontal, vertical } = axesOf(view);
  const within = ({ length, step, middle }: Axis, pixel: number) =>
    Math.abs(pixel + 0.5 - middle) <= length / step / 2 + SLACK;
  return within(horizontal, column) && within(vertical, row);
}
