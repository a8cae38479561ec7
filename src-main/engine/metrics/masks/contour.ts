import { quantile } from '../summary.ts';
import { squaredDistances, type PixelSpacing } from './distance.ts';

/** A part of a picture, row after row, 1 inside. */
export interface Binary {
  width: number;
  height: number;
  inside: Uint8Array;
}

/** How far two contours lie apart, in the unit of the spacing. */
export interface ContourDistances {
  /**
   * Average symmetric surface distance: the mean over all contour pixels of both, of the distance to the nearest one of the
   * other (Heimann et al. 2009, IEEE TMI 28:1251).
   */
  average: number;
  /**
   * 95th percentile Hausdorff distance: of the distances from each contour to the other the 95th percentile, by linear
   * interpolation, and of both directions the larger (Huttenlocher et al. 1993; Taha and Hanbury 2015, BMC Med Imaging 15:29).
   */
  hausdorff95: number;
}

/**
 * The contour of a mask is those of its pixels that have one of the four neighbours outside it; what lies beyond the picture
 * is outside. These are the definitions of MONAI's `compute_average_surface_distance(symmetric=True)` and
 * `compute_hausdorff_distance(percentile=95)`. Both masks are of one size, and neither is empty.
 */
export function contourDistances(a: Binary, b: Binary, spacing: PixelSpacing): ContourDistances {
  const [first, second] = [contourOf(a), contourOf(b)];
  const there = distancesTo(second, first, a.width, spacing);
  const back = distancesTo(first, second, a.width, spacing);
  return {
    average: (sum(there) + sum(back)) / (there.length + back.length),
    hausdorff95: Math.max(quantile(there, 0.95), quantile(back, 0.95)),
  };
}

/** 1 where a pixel is on the contour. */
export function contourOf({ width, height, inside }: Binary): Uint8Array {
  const contour = new Uint8Array(inside.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (!inside[at]) continue;
      const within =
        x > 0 && x < width - 1 && y > 0 && y < height - 1 && inside[at - 1] && inside[at + 1] && inside[at - width] && inside[at + width]; // prettier-ignore
      if (!within) contour[at] = 1;
    }
  return contour;
}

/** Of each contour pixel its distance to the nearest one of the other, ascending. */
function distancesTo(other: Uint8Array, own: Uint8Array, width: number, spacing: PixelSpacing): Float64Array {
  const squares = squaredDistances(other, width, spacing);
  let count = 0;
  // The places before are not needed any more.
  for (let at = 0; at < own.length; at++) if (own[at]) squares[count++] = Math.sqrt(squares[at]!);
  return squares.slice(0, count).sort();
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
