import type { Fit } from '../../contract/plan.ts';
import { placementOf, type Placement } from '../data/resize/placement.ts';
import { sample, type Field } from './resize.ts';

/** An image of width × height pixels as the network sees it, in a frame of size × size (data/prepare.ts). */
export interface View {
  width: number;
  height: number;
  size: number;
  fit: Fit;
}

/** The frame's coordinate of each pixel centre of one axis of the image; 0 is the frame's edge. */
function inFrame({ length, whole, offset }: Placement): Float64Array {
  return Float64Array.from({ length }, (_, pixel) => offset + ((pixel + 0.5) * whole) / length);
}

/** Rounding may put the image's edge this far outside the frame, in pixels of the frame, though all of it is in view. */
const SLACK = 0.5;

/**
 * A map over the frame in the image's own pixels: bars cut away, scale undone.
 * @returns width × height values, NaN where the network does not see the image (`crop`)
 */
export function toPicture(frame: Field, view: View): Field {
  const { horizontal, vertical } = placementOf(view, view);
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

/** Whether the middle of a pixel of the frame shows the image, and not a bar beside it. */
export function showsPicture(view: View, column: number, row: number): boolean {
  const { horizontal, vertical } = placementOf(view, view);
  const within = ({ whole, offset }: Placement, pixel: number) => pixel >= offset && pixel < offset + whole;
  return within(horizontal, column) && within(vertical, row);
}
