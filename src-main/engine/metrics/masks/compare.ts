import type { MaskFigure } from '../../../contract/masks.ts';
import { contourDistances, type Binary } from './contour.ts';
import type { PixelSpacing } from './distance.ts';
import { overlapFigure, type Defined, type Overlap } from './overlap.ts';

export interface Compared {
  counts: Overlap;
  figures: Record<MaskFigure, Defined>;
}

/** Around all that is in either mask; both ends are inside. */
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * How well two masks of one size agree on one class.
 * @param masks width × height values each, row after row
 * @param member of each value that the masks have, 1 where it belongs to the class
 * @param spacing distances are in its unit
 */
export function compareClass(
  { truth, other, width }: { truth: Uint16Array; other: Uint16Array; width: number },
  member: Uint8Array,
  spacing: PixelSpacing,
): Compared {
  const [a, b] = [membersOf(truth, member), membersOf(other, member)];
  let [both, onlyOther, onlyTruth] = [0, 0, 0];
  const box: Box = { left: width, right: -1, top: Infinity, bottom: -1 };
  for (let at = 0, x = 0, y = 0; at < a.length; at++) {
    if (a[at]! + b[at]! > 0) {
      if (!b[at]) onlyTruth++;
      else if (a[at]) both++;
      else onlyOther++;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      box.bottom = y;
    }
    if (++x === width) [x, y] = [0, y + 1];
  }
  const counts = { both, onlyOther, onlyTruth, neither: a.length - both - onlyOther - onlyTruth };
  return {
    counts,
    figures: {
      dice: overlapFigure('dice', counts),
      jaccard: overlapFigure('jaccard', counts),
      sensitivity: overlapFigure('sensitivity', counts),
      specificity: overlapFigure('specificity', counts),
      ...distancesOf(counts, () => contourDistances(within(a, width, box), within(b, width, box), spacing)),
    },
  };
}

/** A loop: over millions of pixels a callback for each takes several times as long. */
function membersOf(values: Uint16Array, member: Uint8Array): Uint8Array {
  const inside = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) inside[at] = member[values[at]!]!;
  return inside;
}

/** Distances from or to an empty mask are not defined. */
function distancesOf(
  { both, onlyOther, onlyTruth }: Overlap,
  measure: () => ReturnType<typeof contourDistances>,
): Pick<Compared['figures'], 'averageDistance' | 'hausdorff95'> {
  if (both + onlyTruth === 0 || both + onlyOther === 0) {
    const none: Defined = { value: null, reason: both + onlyTruth + onlyOther === 0 ? 'BOTH_EMPTY' : 'ONE_EMPTY' };
    return { averageDistance: none, hausdorff95: none };
  }
  const { average, hausdorff95 } = measure();
  return { averageDistance: { value: average }, hausdorff95: { value: hausdorff95 } };
}

/** A part of a mask. Beyond the box around both masks neither has a pixel, so that contours and distances stay the same. */
function within(mask: Uint8Array, width: number, { left, right, top, bottom }: Box): Binary {
  const own = { width: right - left + 1, height: bottom - top + 1 };
  const inside = new Uint8Array(own.width * own.height);
  for (let y = 0; y < own.height; y++) {
    const start = (top + y) * width + left;
    inside.set(mask.subarray(start, start + own.width), y * own.width);
  }
  return { ...own, inside };
}
