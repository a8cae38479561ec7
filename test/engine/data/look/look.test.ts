import { describe, expect, it } from 'vitest';
import { charactersAtBorder } from '../../../../src-main/engine/data/look/borderText.ts';
import { boxMeans, greyOf } from '../../../../src-main/engine/data/look/grey.ts';
import { perceptualHash } from '../../../../src-main/engine/data/look/hash.ts';
import { lookOf } from '../../../../src-main/engine/data/look/look.ts';
import { writeText } from '../../../support/bitmapFont.ts';

/** An image that another program can make anew from its formula. */
const drawn = (width: number, height: number, seed: number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return (x * x * seed + y * (7 + seed) * 3 + ((x * y) % (11 + seed)) * 9) % 256;
  });
const levelsOf = (pixels: Uint8Array, width: number, height: number) =>
  ({ width, height, channels: 1, pixels }) as const;
const bitsApart = (one: string, other: string): number =>
  (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length;
const sum = (pixels: Uint8Array): number => pixels.reduce((all, level) => all + level, 0);

// Reference: ImageHash 4.3.2 (`phash`, SciPy 1.17.1) on what Pillow 13.0.0 makes of the same formula with
// `resize((32, 32), Image.BOX)`.
describe('the perceptual hash', () => {
  it.each([
    [1, 'b4875749ec030efc'],
    [2, 'b27dcd4f86bc0017'],
    [3, 'faa5c44afec71103'],
  ])('of 32 × 32 pixels is that of ImageHash, to the bit (%i)', (seed, expected) => {
    expect(perceptualHash(drawn(32, 32, seed))).toBe(expected);
  });

  it.each([
    [100, 80, 1, '94c72d6d2c9e741c', 129470],
    [57, 131, 2, '8acc5a7d5e656905', 131020],
    [224, 224, 3, 'dd63db8501230eed', 130347],
    [1023, 640, 4, 'acd0afd0afd0502f', 130584],
  ])(
    'of %i × %i pixels differs by two bits at most: Pillow rounds once more between rows and columns',
    (width, height, seed, expected, total) => {
      const levels = levelsOf(drawn(width, height, seed), width, height);
      expect(bitsApart(lookOf(levels).hash!, expected)).toBeLessThanOrEqual(2);
      // Half a level a pixel.
      expect(Math.abs(sum(boxMeans(greyOf(levels), 32)) - total)).toBeLessThan(512);
    },
  );

  it('of colours is that of their luma', () => {
    const planes = [5, 6, 7].map((seed) => drawn(90, 60, seed));
    const pixels = Uint8Array.from({ length: 3 * 90 * 60 }, (_, at) => planes[at % 3]![Math.floor(at / 3)]!);
    const colours = { width: 90, height: 60, channels: 3, pixels } as const;
    expect(sum(greyOf(colours).pixels)).toBe(686578);
    expect(bitsApart(lookOf(colours).hash!, 'd962303bc5d4ed94')).toBeLessThanOrEqual(2);
  });
});

describe('what an image looks like', () => {
  it('mean and deviation of its levels, and how many pixels are of one', () => {
    const pixels = Uint8Array.from({ length: 40 * 40 }, (_, at) => (at % 4 === 0 ? 200 : 100));
    expect(lookOf(levelsOf(pixels, 40, 40))).toMatchObject({ mean: 125, deviation: 43.3, common: 0.75, characters: 0 });
  });

  it('an image with a side below 32 pixels has no hash and no small image', () => {
    const look = lookOf(levelsOf(drawn(31, 300, 1), 31, 300));
    expect(look).not.toHaveProperty('hash');
    expect(look).not.toHaveProperty('small');
    // Nor does a line of 5,000 pixels trouble it.
    expect(lookOf(levelsOf(drawn(5000, 1, 1), 5000, 1))).not.toHaveProperty('hash');
  });

  it('what is kept of an image is less than a kilobyte, whatever its size', () => {
    const look = lookOf(levelsOf(drawn(3000, 2000, 1), 3000, 2000));
    expect(Buffer.from(look.small!, 'base64')).toHaveLength(24 * 24);
    expect(JSON.stringify(look).length).toBeLessThan(1000);
  });

  it('a large image has the hash of its copy of half the size', () => {
    const width = 1600;
    const cells = (scale: number) =>
      Uint8Array.from({ length: (width / scale) ** 2 }, (_, at) => {
        const column = Math.floor(((at % (width / scale)) * scale) / 70);
        const row = Math.floor((Math.floor(at / (width / scale)) * scale) / 70);
        return ((column * column * 7 + row * 13 + column * row * 5) % 16) * 16;
      });
    const [large, half] = [lookOf(levelsOf(cells(1), width, width)), lookOf(levelsOf(cells(2), 800, 800))];
    expect(bitsApart(large.hash!, half.hash!)).toBeLessThanOrEqual(2);
  });
});

describe('text at the borders', () => {
  const gradient = () => Uint8Array.from({ length: 224 * 224 }, (_, at) => 40 + Math.floor((at % 224) / 4));

  it.each([255, 0])('a line is found at each border, in level %i', (level) => {
    for (const [left, top] of [
      [4, 4],
      [150, 4],
      [4, 208],
      [100, 206],
    ] as const) {
      // prettier-ignore
      const levels = levelsOf(gradient().fill(120), 224, 224);
      writeText(levels, '19540312', { left, top, dot: 1, level });
      expect(charactersAtBorder(greyOf(levels))).toBe(8);
    }
  });

  it('nothing is found in a smooth image, in its middle, or of a single mark of the side', () => {
    const levels = levelsOf(gradient(), 224, 224);
    expect(charactersAtBorder(greyOf(levels))).toBeLessThan(2);
    writeText(levels, '19540312', { left: 60, top: 100, dot: 2, level: 255 });
    expect(charactersAtBorder(greyOf(levels))).toBeLessThan(2);
    writeText(levels, 'R', { left: 8, top: 8, dot: 3, level: 255 });
    expect(charactersAtBorder(greyOf(levels))).toBe(1);
  });
});
