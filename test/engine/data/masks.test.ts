import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { readMask } from '../../../src-main/engine/data/masks/read.ts';
import german from '../../../src-renderer/text/de/engine/index.ts';
import { phrasebook } from '../../../src-renderer/text/phrasebook.ts';
import { folderForFile } from '../../support/folder.ts';
import { palettePng, put } from '../../support/pictures.ts';

const folder = folderForFile();
const say = phrasebook(german);
const INDICES = [0, 1, 2, 3, 3, 2, 1, 0, 0, 3, 0, 1, 2, 0, 2];

/** Reads the file of an image that is made of samples, row after row of five. */
async function read(name: string, samples: ArrayLike<number>, write: (image: Sharp) => Sharp, channels: 1 | 3 | 4 = 1) {
  const raw = samples instanceof Uint16Array || samples instanceof Float32Array ? samples : Uint8Array.from(samples);
  const height = samples.length / channels / 5;
  const image = sharp(raw, { raw: { width: 5, height, channels } });
  return readMask(put(folder, name, await write(image).toBuffer()));
}
const refusal = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'it was read',
    (thrown: unknown) => {
      expect(thrown).toBeInstanceOf(CutpointError);
      const { message } = thrown as CutpointError;
      expect(say(message), message).toBeDefined();
      return message;
    },
  );

describe('values are those of the file', () => {
  test.each([2, 4, 8] as const)('the indices of a palette of %i bits, and not its colours', async (bits) => {
    const mask = await readMask(put(folder, `palette${bits}.png`, palettePng(INDICES, { width: 5, bits })));
    expect(mask).toEqual({ width: 5, height: 3, values: Uint16Array.from(INDICES) });
  });

  test('a palette of one bit, its lines filled up to bytes', async () => {
    const bits = INDICES.map((value) => value % 2);
    const { values } = await readMask(put(folder, 'palette1.png', palettePng(bits, { width: 5, bits: 1 })));
    expect([...values]).toEqual(bits);
  });

  test('grey of 8 and 16 bits, PNG and TIFF; floats that are whole', async () => {
    const deep = Uint16Array.from(INDICES, (value) => value * 1000);
    const grey = (image: Sharp) => image.toColourspace('b-w');
    const grey16 = (image: Sharp) => image.toColourspace('grey16');
    expect([...(await read('grey.png', INDICES, (image) => grey(image).png())).values]).toEqual(INDICES);
    expect([...(await read('grey.tif', INDICES, (image) => grey(image).tiff({ compression: 'lzw' }))).values]).toEqual(INDICES); // prettier-ignore
    expect((await read('deep.png', deep, (image) => grey16(image).png())).values).toEqual(deep);
    expect((await read('deep.tif', deep, (image) => grey16(image).tiff({ compression: 'deflate' }))).values).toEqual(deep); // prettier-ignore
    expect([...(await readMask(put(folder, 'float.tif', plainTiff(Float32Array.from(INDICES))))).values]).toEqual(
      INDICES,
    );
  });

  test('one bit of grey is 0 and 255, as the file shows it', async () => {
    const levels = INDICES.map((value) => (value > 1 ? 255 : 0));
    const { values } = await read('bit.tif', levels, (image) => image.toColourspace('b-w').tiff({ bitdepth: 1, compression: 'none' })); // prettier-ignore
    expect([...values]).toEqual(levels);
  });

  test('three channels that are equal are one', async () => {
    const samples = INDICES.flatMap((value) => [value, value, value]);
    expect([...(await read('equal.png', samples, (image) => image.png(), 3)).values]).toEqual(INDICES);
  });
});

test.each<[why: RegExp, name: string, reading: () => Promise<unknown>]>([
  [/in colour/, 'colour.png', () => read('colour.png', INDICES.flatMap((value) => [value, 0, 0]), (image) => image.png(), 3)],
  [/transparent parts/, 'clear.png', () => read('clear.png', INDICES.flatMap((value) => [9, 9, 9, value]), (image) => image.png(), 4)],
  [/this one is JPEG/, 'lossy.png', () => read('lossy.png', INDICES, (image) => image.jpeg())],
  [/compressed with JPEG/, 'lossy.tif', () => read('lossy.tif', INDICES, (image) => image.toColourspace('b-w').tiff({ compression: 'jpeg' }))],
  [/not whole numbers/, 'half.tif', () => readMask(put(folder, 'half.tif', plainTiff(Float32Array.from(INDICES, (value) => value / 2))))],
  [/has a palette/, 'palette.tif', () => readMask(put(folder, 'palette.tif', plainTiff(Uint8Array.from(INDICES), 3)))],
  [/white as 0/, 'white.tif', () => readMask(put(folder, 'white.tif', plainTiff(Uint8Array.from(INDICES), 0)))],
  [/interlaced/, 'interlaced.png', () => readMask(put(folder, 'interlaced.png', palettePng(INDICES, { width: 5, bits: 8, interlaced: true })))],
  [/damaged or incomplete/, 'cut.png', () => readMask(put(folder, 'cut.png', palettePng(INDICES, { width: 5, bits: 8 }).subarray(0, -20)))],
  [/damaged or incomplete/, 'short.png', () => readMask(put(folder, 'short.png', shortened(palettePng(INDICES, { width: 5, bits: 8 }))))],
  [/not an image|text/, 'text.png', () => readMask(put(folder, 'text.png', 'no image at all'))],
  [/./, 'absent.png', () => readMask(join(folder, 'absent.png'))],
])('refused: %s (%s)', async (why, _name, reading) => {
  expect(await refusal(reading())).toMatch(why);
}); // prettier-ignore

/** Its header says more rows than it has; the check sum is of what it says. */
function shortened(png: Buffer): Buffer {
  const taller = palettePng([...INDICES, 0, 0, 0, 0, 0], { width: 5, bits: 8 });
  const header = 8 + 25;
  return Buffer.concat([taller.subarray(0, header), png.subarray(header)]);
}

/** An uncompressed TIFF of one strip, five pixels wide. @param photometric 0 white is 0, 1 black is 0, 3 a palette */
function plainTiff(samples: Uint8Array | Float32Array, photometric = 1): Buffer {
  const [SHORT, LONG] = [3, 4];
  const [bits, palette] = [
    8 * samples.BYTES_PER_ELEMENT,
    photometric === 3 ? Buffer.alloc(3 * 256 * 2, 100) : undefined,
  ];
  const strip = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    ...[[256, LONG, 1, 5], [257, LONG, 1, samples.length / 5], [258, SHORT, 1, bits], [259, SHORT, 1, 1], [262, SHORT, 1, photometric]],
    ...[[273, LONG, 1, 8], [277, SHORT, 1, 1], [278, LONG, 1, samples.length / 5], [279, LONG, 1, strip.length]],
    ...(palette ? [[320, SHORT, 768, 8 + strip.length]] : []),
    [339, SHORT, 1, samples instanceof Float32Array ? 3 : 1],
  ] as [number, number, number, number][]; // prettier-ignore
  const before = Buffer.concat([strip, palette ?? Buffer.alloc(0)]);
  // Directories begin at even places.
  const padding = Buffer.alloc(before.length % 2);
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(8 + before.length + padding.length, 4);
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length, 0);
  for (const [at, [tag, type, count, value]] of entries.entries()) {
    directory.writeUInt16LE(tag, 2 + 12 * at);
    directory.writeUInt16LE(type, 4 + 12 * at);
    directory.writeUInt32LE(count, 6 + 12 * at);
    directory.writeUInt32LE(value, 10 + 12 * at);
  }
  return Buffer.concat([head, before, padding, directory]);
}
