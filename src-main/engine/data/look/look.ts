import type { Levels } from '../readers/display.ts';
import { borderOf } from './border.ts';
import { charactersAtBorder } from './borderText.ts';
import { boxMeans, greyOf, type Grey } from './grey.ts';
import { HASHED_SIDE, perceptualHash } from './hash.ts';

/** What an image looks like, as far as it is compared with others. Nothing of it shows who the image is of. */
export interface Look {
  /** Mean and standard deviation of its grey levels, 0 to 255. */
  mean: number;
  deviation: number;
  /** Share of the pixels within two levels of the commonest. */
  common: number;
  /** Characters of the longest line of text along the borders, see `charactersAtBorder`. */
  characters: number;
  /** Mean and deviation along each side, see `borderOf`. */
  border: number[];
  /** 64 bits in hex, see `perceptualHash`; left out with `small` where a side is shorter than 32 pixels. */
  hash?: string;
  /** {@link SMALL_SIDE}² grey levels, in base64. */
  small?: string;
}

/** Side of the small image that is kept. */
export const SMALL_SIDE = 24;
/** Levels to each side of the commonest that count as the same. */
const SAME = 2;

export function lookOf(levels: Levels): Look {
  const grey = greyOf(levels);
  const common = { ...spread(grey), characters: charactersAtBorder(grey), border: borderOf(grey) };
  if (Math.min(grey.width, grey.height) < HASHED_SIDE) return common;
  return {
    ...common,
    hash: perceptualHash(boxMeans(grey, HASHED_SIDE)),
    small: Buffer.from(boxMeans(grey, SMALL_SIDE)).toString('base64'),
  };
}

function spread({ pixels }: Grey): Pick<Look, 'mean' | 'deviation' | 'common'> {
  const counts = new Uint32Array(256);
  for (let at = 0; at < pixels.length; at++) counts[pixels[at]!]!++;
  let [sum, squares, commonest] = [0, 0, 0];
  for (let level = 0; level < 256; level++) {
    sum += counts[level]! * level;
    squares += counts[level]! * level * level;
    if (counts[level]! > counts[commonest]!) commonest = level;
  }
  const near = counts.subarray(Math.max(0, commonest - SAME), commonest + SAME + 1);
  const mean = sum / pixels.length;
  return {
    mean: rounded(mean),
    deviation: rounded(Math.sqrt(Math.max(0, squares / pixels.length - mean * mean))),
    common: Math.round((1e4 * near.reduce((all, count) => all + count, 0)) / pixels.length) / 1e4,
  };
}

/** Two places are enough. */
const rounded = (value: number): number => Math.round(value * 100) / 100;
