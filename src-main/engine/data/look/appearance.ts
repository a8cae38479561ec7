import { alikeSets } from './alike.ts';
import { invertedAmong } from './inverted.ts';
import type { Look } from './look.ts';

/** What stands out in how the images of a folder look; indices of images, ascending. */
export interface Appearance {
  /** Sets of images that look the same although their files differ, see {@link alikeSets}. */
  alike: number[][];
  /** One level all over, or almost. */
  blank: number[];
  /** Dark where the others are bright. */
  inverted: number[];
  /** With what looks like text along the borders. */
  text: number[];
}

/** A blank image has so many of its pixels within two levels of one, or its levels deviate by less than this. */
export const BLANK = { common: 0.995, deviation: 2 };
/** Characters in a row that are taken for text. */
export const LEAST_CHARACTERS = 4;

export async function appearanceOf(
  images: readonly { sha256: string; fileSha256?: string; look: Look; grey: boolean }[],
  signal?: AbortSignal,
): Promise<Appearance> {
  const where = (is: (look: Look) => boolean): number[] => images.flatMap(({ look }, at) => (is(look) ? [at] : []));
  const blank = where(({ common, deviation }) => common >= BLANK.common || deviation < BLANK.deviation);
  const isBlank = new Set(blank);
  return {
    alike: await alikeSets(images, signal),
    blank,
    inverted: invertedAmong(images).filter((at) => !isBlank.has(at)),
    text: where(({ characters }) => characters >= LEAST_CHARACTERS),
  };
}
