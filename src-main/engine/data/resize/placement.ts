import type { Fit } from '../../../contract/plan.ts';

/** Where one axis of an image comes to lie in the square that the network sees. */
export interface Placement {
  /** Pixels of the image. */
  length: number;
  /** Pixels that the whole of it is resized to; of a `crop`, the square shows fewer. */
  whole: number;
  /** Of the first of them in the square; negative where the square begins inside the image. */
  offset: number;
}

/**
 * An image of width × height pixels in a square of size × size, in whole numbers; halves are rounded up, and of a bar
 * that cannot be halved the narrower part comes first.
 */
export function placementOf(
  { width, height }: { width: number; height: number },
  { size, fit }: { size: number; fit: Fit },
): { horizontal: Placement; vertical: Placement } {
  const shared = { letterbox: Math.max(width, height), crop: Math.min(width, height), stretch: null }[fit];
  const place = (length: number): Placement => {
    const side = shared ?? length;
    const whole = Math.max(1, Math.floor((2 * length * size + side) / (2 * side)));
    return { length, whole, offset: Math.floor((size - whole) / 2) };
  };
  return { horizontal: place(width), vertical: place(height) };
}
