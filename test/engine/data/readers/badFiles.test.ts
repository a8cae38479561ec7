import { chmodSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CutpointError } from '../../../../src-main/contract/errors.ts';
import { readImage, readLevels } from '../../../../src-main/engine/data/readers/read.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { hugePng, put, smallDicom, smallPng } from '../../../support/pictures.ts';

async function refusal(path: string): Promise<CutpointError> {
  const thrown = await readImage(path).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(CutpointError);
  return thrown as CutpointError;
}

describe('bad files are refused with a code and a sentence', () => {
  it('zero bytes', async () => {
    const error = await refusal(put(temporaryFolder(), 'x.png', ''));
    expect([error.code, error.message]).toEqual(['IMAGE_EMPTY', 'The file is empty (0 bytes).']);
  });

  it('a file that is not there', async () => {
    expect((await refusal('/nowhere/at/all.png')).code).toBe('FILE_NOT_READABLE');
  });

  it.skipIf(process.platform === 'win32')('a file without permission', async () => {
    const path = put(temporaryFolder(), 'x.png', await smallPng(1));
    chmodSync(path, 0);
    // Root may read everything: it steps down for the while.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid!(65534);
    const error = await refusal(path).finally(() => root && process.seteuid!(0));
    expect(error.code).toBe('FILE_NOT_READABLE');
  });

  const raw = { raw: { width: 64, height: 48, channels: 3 as const } };
  const noise = Buffer.from(Uint8Array.from({ length: 64 * 48 * 3 }, (_, index) => (index * 2654435761) >>> 24));
  const encoders = {
    png: () => sharp(noise, raw).png().toBuffer(),
    jpg: () => sharp(noise, raw).jpeg().toBuffer(),
    tif: () => sharp(noise, raw).tiff({ compression: 'lzw' }).toBuffer(),
    webp: () => sharp(noise, raw).webp({ lossless: true }).toBuffer(),
    bmp: () => Promise.resolve(bmp24(64, 48)),
    dcm: () => Promise.resolve(smallDicom(1, 'P1')),
  };
  it.each(Object.entries(encoders))('%s cut off at half and near its end', async (ending, encode) => {
    const bytes = await encode();
    const folder = temporaryFolder();
    await readImage(put(folder, `whole.${ending}`, bytes));
    for (const length of [Math.floor(bytes.length / 2), bytes.length - 20]) {
      const error = await refusal(put(folder, `cut.${ending}`, bytes.subarray(0, length)));
      expect(error.code).toBe('IMAGE_CORRUPT');
      expect(error.message).toMatch(/^The file is damaged or incomplete: /);
    }
  });

  it('a header of its kind with nothing behind it', async () => {
    const folder = temporaryFolder();
    for (const [name, head] of [
      ['x.png', '\x89PNG\r\n\x1a\n'],
      ['x.jpg', '\xff\xd8\xff\xe0'],
      ['x.tif', 'II*\0'],
      ['x.dcm', `${'\0'.repeat(128)}DICM`],
    ] as const)
      expect((await refusal(put(folder, name, Buffer.from(head, 'latin1')))).code).toBe('IMAGE_CORRUPT');
  });

  it('text, PDF and ZIP under the name of an image: says what they are', async () => {
    const folder = temporaryFolder();
    const text = await refusal(put(folder, 'x.png', 'patient,age\n1,2\n'));
    expect(text.code).toBe('IMAGE_WRONG_TYPE');
    expect(text.message).toBe('The name ends in .png, but the content is text, not an image that Cutpoint reads.');
    expect((await refusal(put(folder, 'x.dcm', '%PDF-1.7 …'))).message).toContain('a PDF document');
    expect((await refusal(put(folder, 'x.jpg', 'PK\x03\x04\0\0'))).message).toContain('a ZIP archive');
  });

  it('an image under the name of another type is read by its content, with a note', async () => {
    const read = await readImage(put(temporaryFolder(), 'x.dcm', await smallPng(3)));
    expect(read.format).toBe('PNG');
    expect(read.notes[0]).toEqual({
      code: 'EXTENSION',
      message: 'The name ends in .dcm, but the content is PNG; it is read as PNG.',
    });
  });

  it('100 megapixels: refused before decoding, in little memory', async () => {
    const path = put(temporaryFolder(), 'x.png', hugePng(10_000, 10_000));
    const before = process.memoryUsage.rss();
    const error = await refusal(path);
    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toBe('The image has 10000 × 10000 pixels; Cutpoint reads up to 64 million.');
    expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
  });

  it('DICOM: too large a header, no pixels at all, an unknown compression', async () => {
    const folder = temporaryFolder();
    const bytes = smallDicom(1, 'P1');
    const rows = bytes.indexOf(Buffer.from([0x28, 0, 0x10, 0, 0x55, 0x53])) + 8;
    const columns = bytes.indexOf(Buffer.from([0x28, 0, 0x11, 0, 0x55, 0x53])) + 8;
    const huge = Buffer.from(bytes);
    huge.writeUInt16LE(50_000, rows);
    huge.writeUInt16LE(50_000, columns);
    expect((await refusal(put(folder, 'huge.dcm', huge))).code).toBe('IMAGE_TOO_LARGE');
    const larger = Buffer.from(bytes);
    larger.writeUInt16LE(25, rows);
    expect((await refusal(put(folder, 'larger.dcm', larger))).code).toBe('IMAGE_CORRUPT');
    const pixels = bytes.indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0]));
    const without = await refusal(put(folder, 'without.dcm', bytes.subarray(0, pixels)));
    expect([without.code, without.message]).toEqual([
      'IMAGE_UNSUPPORTED',
      'This is a DICOM file of modality OT without an image.',
    ]);
  });

  it('a deflate bomb in DICOM is stopped at the limit', { timeout: 60_000 }, async () => {
    const bytes = smallDicom(1, 'P1');
    const syntax = bytes.indexOf('1.2.840.10008.1.2.1\0');
    const deflated = Buffer.from('1.2.840.10008.1.2.1.99', 'latin1');
    const length = Buffer.alloc(2);
    length.writeUInt16LE(deflated.length);
    const groupLength = Buffer.from(bytes.subarray(140, 144));
    groupLength.writeUInt32LE(groupLength.readUInt32LE() + 2);
    const start = bytes.indexOf(Buffer.from([0x08, 0, 0x16, 0]));
    const bomb = deflateRawSync(Buffer.alloc(400 * 1024 ** 2), { level: 1 });
    const file = Buffer.concat([
      bytes.subarray(0, 140),
      groupLength,
      bytes.subarray(144, syntax - 2),
      length,
      deflated,
      bytes.subarray(syntax + 20, start),
      bomb,
    ]);
    const error = await refusal(put(temporaryFolder(), 'bomb.dcm', file));
    expect(error.code).toBe('IMAGE_UNSUPPORTED');
    expect(error.message).toContain('unpacks to more than');
  });

  it('never says who the patient is', async () => {
    const folder = temporaryFolder();
    const bytes = smallDicom(1, 'DOE-4711');
    for (let length = 140; length < bytes.length; length += 37) {
      const error = await refusal(put(folder, 'x.dcm', bytes.subarray(0, length)));
      expect(JSON.stringify(error.toReply())).not.toMatch(/DOE|4711/);
    }
  });

  it('random damage gives a picture or a refusal, never another error', async () => {
    const folder = temporaryFolder();
    const sources = await Promise.all(
      Object.entries(encoders).map(async ([ending, encode]) => [ending, await encode()]),
    );
    for (const [ending, bytes] of sources as [string, Buffer][])
      for (let turn = 0; turn < 60; turn++) {
        const damaged = Buffer.from(bytes);
        for (let hit = 0; hit < 3; hit++)
          damaged[(turn * 7919 + hit * 104729) % Math.min(600, bytes.length)]! ^= 1 << (turn % 8);
        const outcome = await readLevels(put(folder, `x.${ending}`, damaged)).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome, String(outcome.stack)).toBeInstanceOf(CutpointError);
        if (outcome instanceof CutpointError) expect(outcome.kind, String(outcome.cause)).toBe('user');
      }
  });
});

describe('BMP beyond what Pillow writes', () => {
  const palette = [0, 0, 0, 0, 10, 20, 30, 0, 40, 50, 60, 0, 70, 80, 90, 0];
  const rgbOf = (index: number) => [palette[index * 4 + 2]!, palette[index * 4 + 1]!, palette[index * 4]!];

  it('run lengths of 8 bits, with literals, from the bottom row', async () => {
    // Bottom row: 3 × index 1; top row: literals 2, 3, 0 (padded to words).
    const data = [3, 1, 0, 0, 0, 3, 2, 3, 0, 0, 0, 1];
    const { levels } = await readLevels(
      put(
        temporaryFolder(),
        'x.bmp',
        bmp({ width: 3, height: 2, bits: 8, compression: 1, extra: palette, colours: 4, data }),
      ),
    );
    expect(Array.from(levels.pixels)).toEqual([2, 3, 0, 1, 1, 1].flatMap(rgbOf));
  });

  it('run lengths of 4 bits', async () => {
    const data = [4, 0x12, 0, 1];
    const { levels } = await readLevels(
      put(
        temporaryFolder(),
        'x.bmp',
        bmp({ width: 4, height: 1, bits: 4, compression: 2, extra: palette, colours: 4, data }),
      ),
    );
    expect(Array.from(levels.pixels)).toEqual([1, 2, 1, 2].flatMap(rgbOf));
  });

  it('16 bits with bit fields 5-6-5, top-down', async () => {
    const extra = [0, 0xf8, 0, 0, 0xe0, 7, 0, 0, 0x1f, 0, 0, 0];
    const data = [0, 0xf8, 0xe0, 7, 0x1f, 0, 0xff, 0xff];
    const { levels } = await readLevels(
      put(temporaryFolder(), 'x.bmp', bmp({ width: 2, height: -2, bits: 16, compression: 3, extra, colours: 0, data })),
    );
    expect(Array.from(levels.pixels)).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
  });
});

interface Bmp {
  width: number;
  height: number;
  bits: number;
  compression: number;
  extra: number[];
  colours: number;
  data: number[];
}

function bmp({ width, height, bits, compression, extra, colours, data }: Bmp): Buffer {
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(54 + extra.length + data.length, 2);
  head.writeUInt32LE(54 + extra.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  head.writeUInt32LE(colours, 46);
  return Buffer.concat([head, Buffer.from(extra), Buffer.from(data)]);
}

function bmp24(width: number, height: number): Buffer {
  const data = Array.from({ length: width * height * 3 }, (_, index) => index % 251);
  return bmp({ width, height, bits: 24, compression: 0, extra: [], colours: 0, data });
}
