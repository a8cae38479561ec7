import { product, unit } from './alike.ts';
import { SMALL_SIDE, type Look } from './look.ts';

/** An image is inverted where it correlates with the mean of the others by at most minus this. */
export const LEAST_AGAINST = 0.5;
/** The others have to be of one kind: so much the middle one of them correlates with their mean. */
const LEAST_ALIKE = 0.6;
/** Of fewer images no mean says how they look. */
const LEAST_IMAGES = 20;
/** The signs settle within a few turns. */
const TURNS = 10;

/**
 * Indices of grey images that are dark where the others are bright, and the other way round. The mean of all small images
 * (each with mean 0 and length 1, and turned to its negative where it speaks against the mean, until none changes) says how
 * they look; the smaller side is told as inverted, where an image correlates with the mean by −0.5 or less. Nothing is
 * said where the images are not of one kind.
 */
export function invertedAmong(images: readonly { look: Look; grey: boolean }[]): number[] {
  const judged = images.flatMap(({ look: { small }, grey }, at) =>
    grey && small !== undefined ? [{ at, values: unit(Buffer.from(small, 'base64')) }] : [],
  );
  if (judged.length < LEAST_IMAGES) return [];
  let signs = judged.map(() => 1);
  let along = judged.map(() => 0);
  for (let turn = 0; turn < TURNS; turn++) {
    const sum = new Float32Array(SMALL_SIDE ** 2);
    judged.forEach(({ values }, index) => addTo(sum, values, signs[index]!));
    const mean = unit(sum);
    along = judged.map(({ values }) => product(values, mean));
    const turned = along.map((value) => (value < 0 ? -1 : 1));
    if (turned.every((sign, index) => sign === signs[index])) break;
    signs = turned;
  }
  if (middle(along.map(Math.abs)) < LEAST_ALIKE) return [];
  const against = signs.filter((sign) => sign < 0).length;
  const side = 2 * against > judged.length ? -1 : 1;
  return judged.flatMap(({ at }, index) => (side * along[index]! <= -LEAST_AGAINST ? [at] : []));
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Millions of times: a loop of its own, which is compiled for these types. */
function addTo(sum: Float32Array, values: Float32Array, sign: number): void {
  for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + sign * values[at]!;
}
