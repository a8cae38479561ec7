import { createHash } from 'node:crypto';
import { breathe } from '../../breathe.ts';
import { SMALL_SIDE, type Look } from './look.ts';
import { Sets } from './sets.ts';

/** An image that may look like others. */
export interface Seen {
  sha256: string;
  /** Of frames, the file that they are of: those of one file look alike, which says nothing. */
  fileSha256?: string | undefined;
  look: Look;
}

/**
 * Two images look the same where their hashes differ in at most 8 of 64 bits and what is fine in them correlates by at
 * least 0.88. Measured on chest X-rays: copies that were recompressed, halved, made brighter or turned by one degree
 * have 0.92 and more, no two of 808 children more than 0.82.
 */
export const MOST_BITS = 8;
export const LEAST_CORRELATION = 0.88;
/** Of an image with less contrast than this (standard deviation of its levels) the hash is noise. */
const LEAST_DEVIATION = 4;
/** Milliseconds of comparing at a stretch. */
const STRETCH = 25;

/** What was found in the folders looked at last: another field changes nothing of it. */
const MOST_REMEMBERED = 4;
const remembered = new Map<string, number[][]>();

/**
 * Sets of images that look the same although their files differ, each with the indices of all its images (exact copies of
 * one of them too), ascending. Every image of a set looks like another one of it, not necessarily like all. Each pair is
 * compared by its hashes, 2 · 10⁸ of 20,000 images; of the same images it is known the next time.
 * @throws what the signal says
 */
export async function alikeSets(images: readonly Seen[], signal?: AbortSignal): Promise<number[][]> {
  const key = createHash('sha256').update(images.map(({ sha256 }) => sha256).join()).digest('hex'); // prettier-ignore
  const sets = remembered.get(key) ?? (await compared(images, signal));
  remembered.delete(key);
  remembered.set(key, sets);
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  return sets;
}

async function compared(images: readonly Seen[], signal?: AbortSignal): Promise<number[][]> {
  const copies = Map.groupBy(images.keys(), (at) => images[at]!.sha256);
  const distinct = [...copies.values()].filter(([first]) => isComparable(images[first!]!.look));
  const looks = distinct.map(([first]) => images[first!]!.look);
  const files = distinct.map(([first]) => images[first!]!.fileSha256);
  const [high, low] = [0, 8].map((from) => Int32Array.from(looks, ({ hash }) => parseInt(hash!.slice(from, from + 8), 16))); // prettier-ignore
  const fine = new FineStructures(looks);
  const sets = new Sets(looks.length);
  let begun = performance.now();
  for (let one = 0; one < looks.length; one++) {
    const [ownHigh, ownLow] = [high![one]!, low![one]!];
    for (let other = one + 1; other < looks.length; other++) {
      const bits = ones(ownHigh ^ high![other]!);
      if (bits > MOST_BITS || bits + ones(ownLow ^ low![other]!) > MOST_BITS) continue;
      if (files[one] !== undefined && files[one] === files[other]) continue;
      if (sets.of(one) !== sets.of(other) && fine.areAlike(one, other)) sets.join(one, other);
    }
    if (performance.now() - begun < STRETCH) continue;
    await breathe();
    signal?.throwIfAborted();
    begun = performance.now();
  }
  return [...Map.groupBy(distinct.keys(), (at) => sets.of(at)).values()]
    .filter((members) => members.length > 1)
    .map((members) => members.flatMap((at) => distinct[at]!).sort((a, b) => a - b));
}

const isComparable = ({ hash, deviation }: Look): boolean => hash !== undefined && deviation >= LEAST_DEVIATION;

const ONES = new Uint8Array(65536);
for (let value = 1; value < ONES.length; value++) ONES[value] = ONES[value >> 1]! + (value & 1);
const ones = (word: number): number => ONES[word & 0xffff]! + ONES[word >>> 16]!;

/** Of the pixels, so many are looked at first; where those correlate by less, the rest is not looked at. */
const EVERY = 5;
const LEAST_AT_FIRST = 0.6;

/** What is finer than 3 × 3 pixels in the small images, by Pearson's correlation: in that, two patients differ. */
class FineStructures {
  readonly #looks: readonly Look[];
  /** Each is made when it is first asked for: all pixels, and some; both of length 1. */
  readonly #made: ([all: Float32Array, some: Float32Array] | undefined)[] = [];

  constructor(looks: readonly Look[]) {
    this.#looks = looks;
  }

  areAlike(one: number, other: number): boolean {
    const [[all, some], [others, someOthers]] = [this.#of(one), this.#of(other)];
    return product(some, someOthers) >= LEAST_AT_FIRST && product(all, others) >= LEAST_CORRELATION;
  }

  #of(at: number): [Float32Array, Float32Array] {
    const known = this.#made[at];
    if (known) return known;
    const fine = withoutMeans(Buffer.from(this.#looks[at]!.small!, 'base64'));
    return (this.#made[at] = [unit(fine), unit(fine.filter((_, pixel) => pixel % EVERY === 0))]);
  }
}

/** The scalar product of two lists of one length. */
export function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}

/** Less the mean of each pixel and its neighbours; the border is repeated. */
function withoutMeans(small: Uint8Array): Float32Array {
  const place = (at: number) => Math.min(SMALL_SIDE - 1, Math.max(0, at));
  const fine = new Float32Array(small.length);
  for (let y = 0; y < SMALL_SIDE; y++)
    for (let x = 0; x < SMALL_SIDE; x++) {
      let sum = 0;
      for (let row = y - 1; row <= y + 1; row++)
        for (let column = x - 1; column <= x + 1; column++) sum += small[place(row) * SMALL_SIDE + place(column)]!;
      fine[y * SMALL_SIDE + x] = small[y * SMALL_SIDE + x]! - sum / 9;
    }
  return fine;
}

/** Mean 0, length 1; all zero where nothing varies. */
export function unit(values: ArrayLike<number>): Float32Array {
  const result = new Float32Array(values.length);
  let [sum, squares] = [0, 0];
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  const mean = sum / values.length;
  for (let at = 0; at < values.length; at++) squares += (values[at]! - mean) ** 2;
  const length = Math.sqrt(squares);
  if (length > 1e-6) for (let at = 0; at < values.length; at++) result[at] = (values[at]! - mean) / length;
  return result;
}
