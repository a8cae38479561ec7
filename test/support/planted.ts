import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { generator, shuffle } from '../../src-main/engine/random.ts';
import { writeText } from './bitmapFont.ts';

/** What is planted into a folder, each way by name. */
export const PLANTED = {
  'near copy, recompressed (JPEG 50)': (image) => image.jpeg({ quality: 50 }),
  'near copy, half the size': (image) => image.resize(112, 112),
  'near copy, brighter and of more contrast': (image) => image.linear(1.15, 10),
  'near copy, turned by one degree': (image) => turned(image, 1),
  'near copy, cut by 2 % at each side': (image) => cut(image, 0.02),
  negative: (image) => image.negate(),
  'blank, with noise': (image, random) => blank(image, random),
  'text, 7 pixels high': (image, random) => written(image, random, 1),
  'text, 14 pixels high': (image, random) => written(image, random, 2),
} satisfies Record<string, (image: Sharp, random: () => number) => Sharp | Promise<Sharp>>;
export type Planting = keyof typeof PLANTED;

/**
 * Copies images into a folder and plants others among them: for each way, of other images each time.
 * @param each how many of each way
 * @returns what was planted, with the file that each was made of
 */
export async function plantInto(
  folder: string,
  { from, files, each, ways }: { from: string; files: readonly string[]; each: number; ways: readonly Planting[] },
): Promise<{ way: Planting; file: string; of: string }[]> {
  const random = generator('planted');
  const order = shuffle(files, random);
  const planted: { way: Planting; file: string; of: string }[] = [];
  for (const [number, way] of ways.entries()) {
    for (const [index, of] of order.slice(number * each, (number + 1) * each).entries()) {
      const file = `${dirname(of)}/planted_${number}_${index}.jpeg`;
      planted.push({ way, file, of });
      const image = await PLANTED[way](sharp(join(from, of)).removeAlpha(), random);
      put(folder, file, await image.jpeg({ quality: 85 }).toBuffer());
    }
  }
  // A near copy lies beside what it is a copy of, everything else in its place.
  const replaced = new Set(planted.filter(({ way }) => !way.startsWith('near copy')).map(({ of }) => of));
  for (const file of files.filter((each) => !replaced.has(each))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(from, file), join(folder, file));
  }
  return planted;
}

function put(folder: string, file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), bytes);
}

/** About the middle, and cut to what it was. */
async function turned(image: Sharp, degrees: number): Promise<Sharp> {
  const { width, height } = await image.metadata();
  const rotated = await image.rotate(degrees, { background: 'black' }).toBuffer({ resolveWithObject: true });
  const [left, top] = [rotated.info.width - width, rotated.info.height - height].map((spare) => Math.floor(spare / 2));
  return sharp(rotated.data).extract({ left: left!, top: top!, width, height });
}

async function cut(image: Sharp, share: number): Promise<Sharp> {
  const { width, height } = await image.metadata();
  const [left, top] = [Math.round(share * width), Math.round(share * height)];
  return image.extract({ left, top, width: width - 2 * left, height: height - 2 * top }).resize(width, height);
}

async function raw(image: Sharp): Promise<{ pixels: Uint8Array; width: number; height: number; channels: 1 | 3 }> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), width: info.width, height: info.height, channels: info.channels as 1 | 3 };
}

const encoded = ({ pixels, ...shape }: Awaited<ReturnType<typeof raw>>): Sharp => sharp(pixels, { raw: shape });

async function blank(image: Sharp, random: () => number): Promise<Sharp> {
  const levels = await raw(image);
  const level = Math.floor(random() * 250);
  for (let at = 0; at < levels.pixels.length; at++) levels.pixels[at] = level + Math.round(random());
  return encoded(levels);
}

const LINES = ['PATIENT 19540312', 'DOE 12/03/1954', 'ID 4711-0815', 'R 2019-04-30', 'PORT 12-30'];
const LEVELS = [255, 200, 0];

/** A line in one of the corners. */
async function written(image: Sharp, random: () => number, dot: number): Promise<Sharp> {
  const levels = await raw(image);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const [text, level] = [one(LINES), one(LEVELS)];
  const left = one([4, levels.width - 4 - 6 * dot * text.length]);
  const top = one([4, levels.height - 4 - 7 * dot]);
  writeText(levels, text, { left, top, dot, level });
  return encoded(levels);
}
