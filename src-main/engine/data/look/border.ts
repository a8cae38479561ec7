import type { Grey } from './grey.ts';

/** Share of a side that is its border. */
const BAND = 0.04;

/** Mean and standard deviation of the grey levels along the upper, right, lower and left border, 0 to 255, to one place. */
export function borderOf({ width, height, pixels }: Grey): number[] {
  const [across, down] = [width, height].map((side) => Math.max(1, Math.round(BAND * side))) as [number, number];
  const within = (left: number, right: number, top: number, bottom: number): number[] => {
    let [sum, squares] = [0, 0];
    for (let y = top; y < bottom; y++)
      for (let x = left, at = y * width + left; x < right; x++, at++) {
        sum += pixels[at]!;
        squares += pixels[at]! ** 2;
      }
    const area = (right - left) * (bottom - top);
    const mean = sum / area;
    return [mean, Math.sqrt(Math.max(0, squares / area - mean ** 2))].map((value) => Math.round(10 * value) / 10);
  };
  return [
    within(0, width, 0, down),
    within(width - across, width, 0, height),
    within(0, width, height - down, height),
    within(0, across, 0, height),
  ].flat();
}
