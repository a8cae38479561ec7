import type { RawMap } from './activationMap.ts';
import { showsPicture, toPicture, type View } from './geometry.ts';
import { resizeBilinear, type Field } from './resize.ts';

export interface RestoredMap {
  /** Positive part over the image's own pixels; NaN outside the network's view. */
  map: Field;
  /** Largest value within the image; 0 where there is none. */
  largest: number;
  notes: { code: 'PEAK_IN_BARS' | 'CROPPED'; message: string }[];
}

/** How much stronger than in the image a map must be beside it to be told of. */
const CLEARLY = 1.05;

/**
 * A raw map without its negative part, upsampled to the network's input, and from there brought back to the pixels of the
 * image. The negative part goes first, as in the papers of all three methods: the coarse map is the ReLU of the weighted
 * sum (Selvaraju et al. 2017, equation 2, section 3), and that is upsampled.
 * Upsampled first, negative places would pull down their positive neighbours.
 */
export function restoreMap(raw: RawMap, view: View): RestoredMap {
  const frame = resizeBilinear(shown(raw), view.size, view.size);
  const map = toPicture(frame, view);
  const notes: RestoredMap['notes'] = [];
  const largest = map.values.reduce((most, value) => (value > most ? value : most), 0);
  const peak = peakOf(frame);
  if (frame.values[peak]! > CLEARLY * largest && !showsPicture(view, peak % view.size, Math.floor(peak / view.size)))
    notes.push({
      code: 'PEAK_IN_BARS',
      message:
        'The map is strongest in the black bars beside the image, where there is nothing to see: interpret it with care.',
    });
  if (map.values.some((value) => Number.isNaN(value)))
    notes.push({
      code: 'CROPPED',
      message: 'The network sees only the middle of the image; the map says nothing about the rest.',
    });
  return { map, largest, notes };
}

/** The part of a map that is shown, at the resolution of the features: what speaks for the class. */
export function shown({ values, ...size }: Field): Field {
  return { ...size, values: values.map((value) => Math.max(value, 0)) };
}

/** Index of the largest value, the first of equal ones; not-a-number counts as less than any. */
export function peakOf({ values }: Field): number {
  let best = -1;
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!) && (best < 0 || values[i]! > values[best]!)) best = i;
  return best;
}

/** 8-bit grey with alpha, two bytes a pixel: 255 is `largest`, and what the network does not see is transparent. */
export function levelsOf({ map, largest }: Pick<RestoredMap, 'map' | 'largest'>): Uint8Array {
  const scale = largest > 0 ? 255 / largest : 0;
  const levels = new Uint8Array(map.values.length * 2);
  map.values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    levels[2 * i] = Math.round(value * scale);
    levels[2 * i + 1] = 255;
  });
  return levels;
}
