import type { Localisation } from '../../contract/explain.ts';
import type { Field } from './resize.ts';
import { peakOf } from './restored.ts';

/** Where a finding is: width × height, row after row, 1 inside. */
export interface Region {
  width: number;
  height: number;
  inside: Uint8Array;
}

/** A box in pixels from 0, both ends included. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** All pixels that lie in any of the boxes. */
export function regionOf(boxes: readonly Box[], { width, height }: { width: number; height: number }): Region {
  const inside = new Uint8Array(width * height);
  for (const { left, top, right, bottom } of boxes)
    for (let y = Math.floor(top); y <= Math.floor(bottom); y++)
      inside.fill(1, y * width + Math.floor(left), y * width + Math.floor(right) + 1);
  return { width, height, inside };
}

/** How well one map finds one region. */
export interface Found {
  /** Share of the region in the image. */
  area: number;
  /** Share of the image that lies in the region or within the tolerance of it. */
  areaWithin: number;
  /** Null where the map has no positive value. */
  peak: { x: number; y: number } | null;
  hit: boolean;
  strictHit: boolean;
  iou: number;
  /** Expected overlap of the region with as many pixels as the map marks, were they placed at random. */
  iouByChance: number;
}

/**
 * The pointing game (Zhang et al. 2016, arXiv:1608.00507) and the overlap of the region with the map above a share of its
 * largest value. A map without a positive value misses.
 * @param map over the image's pixels, NaN where the network sees nothing
 * @param tolerance in pixels
 */
export function find(map: Field, region: Region, options: { tolerance: number; threshold: number }): Found {
  const { tolerance, threshold } = options;
  const { width, inside } = region;
  const n = inside.length;
  const near = dilate(region, tolerance);
  const at = peakOf(map);
  const largest = at < 0 ? 0 : map.values[at]!;
  let [marked, both, area, areaWithin] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    area += inside[i]!;
    areaWithin += near[i]!;
    if (!(largest > 0 && map.values[i]! >= threshold * largest)) continue;
    marked++;
    both += inside[i]!;
  }
  const [a, m] = [area / n, marked / n];
  return {
    area: a,
    areaWithin: areaWithin / n,
    peak: largest > 0 ? { x: at % width, y: Math.floor(at / width) } : null,
    hit: largest > 0 && near[at] === 1,
    strictHit: largest > 0 && inside[at] === 1,
    iou: both / (marked + area - both),
    iouByChance: (a * m) / (a + m - a * m),
  };
}

/** Pixels of the region and those no farther than `distance` from one of them. */
function dilate({ width, height, inside }: Region, distance: number): Uint8Array {
  const result = new Uint8Array(inside.length);
  const reach = Math.floor(distance);
  // Of each row the distance to the nearest pixel of the region in it; a disc is a stack of such rows.
  const nearest = nearestInRow(inside, width, height);
  const most = Array.from({ length: reach + 1 }, (_, dy) => Math.sqrt(distance ** 2 - dy ** 2));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let dy = -reach; dy <= reach; dy++) {
        const row = y + dy;
        if (row < 0 || row >= height || nearest[row * width + x]! > most[Math.abs(dy)]!) continue;
        result[y * width + x] = 1;
        break;
      }
  return result;
}

function nearestInRow(inside: Uint8Array, width: number, height: number): Float64Array {
  const distance = new Float64Array(inside.length).fill(Infinity);
  for (let start = 0; start < height * width; start += width) {
    for (let last = -Infinity, x = 0; x < width; x++) {
      if (inside[start + x]) last = x;
      distance[start + x] = x - last;
    }
    for (let next = Infinity, x = width - 1; x >= 0; x--) {
      if (inside[start + x]) next = x;
      distance[start + x] = Math.min(distance[start + x]!, next - x);
    }
  }
  return distance;
}

/** Means over the images, and over the groups of their means; of no image at all they are 0. */
export function summarise(
  found: readonly (Found & { group: string })[],
  { tolerance, threshold }: { tolerance: number; threshold: number },
): Pick<Localisation, 'pointing' | 'pointingStrict' | 'iou'> & { patients: number } {
  const groups = Map.groupBy(found, ({ group }) => group);
  const mean = (values: readonly number[]): number =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const rate = (value: (each: Found) => number, chance: (each: Found) => number) => ({
    images: mean(found.map(value)),
    patients: mean([...groups.values()].map((own) => mean(own.map(value)))),
    chance: mean(found.map(chance)),
  });
  return {
    patients: groups.size,
    pointing: { ...rate(({ hit }) => Number(hit), ({ areaWithin }) => areaWithin), tolerance },
    pointingStrict: rate(({ strictHit }) => Number(strictHit), ({ area }) => area),
    iou: { ...rate(({ iou }) => iou, ({ iouByChance }) => iouByChance), threshold },
  }; // prettier-ignore
}
