import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isSrgb } from '../../../../src-main/engine/data/readers/profile.ts';
import { readImage } from '../../../../src-main/engine/data/readers/read.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put } from '../../../support/pictures.ts';

interface Tiff {
  /** Values of tags of type SHORT beyond the usual ones, or in their place. */
  tags?: Record<number, number[]>;
  samples: NodeJS.TypedArray;
  channels?: number;
  profile?: Buffer;
}

/** A little-endian TIFF of one row. */
function tiff({ tags = {}, samples, channels = 1, profile }: Tiff): Buffer {
  const bits = samples.BYTES_PER_ELEMENT * 8;
  const pixels = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const values: Record<number, number[]> = {
    256: [samples.length / channels],
    257: [1],
    258: Array.from({ length: channels }, () => bits),
    259: [1],
    262: [1],
    273: [8],
    277: [channels],
    278: [1],
    279: [pixels.length],
    ...tags,
  };
  const entries = Object.entries(values).map(([tag, list]) => ({
    tag: Number(tag),
    type: 3,
    count: list.length,
    list,
  }));
  if (profile) entries.push({ tag: 34675, type: 7, count: profile.length, list: [] });
  const directory = 8 + pixels.length + (pixels.length % 2);
  const after = directory + 2 + entries.length * 12 + 4;
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(directory, 4);
  const table = Buffer.alloc(after - directory);
  table.writeUInt16LE(entries.length, 0);
  let tail = Buffer.alloc(0);
  entries.forEach(({ tag, type, count, list }, index) => {
    const at = 2 + index * 12;
    table.writeUInt16LE(tag, at);
    table.writeUInt16LE(type, at + 2);
    table.writeUInt32LE(count, at + 4);
    const bytes = type === 7 ? profile! : Buffer.from(Uint16Array.from(list).buffer);
    if (bytes.length > 4) {
      table.writeUInt32LE(after + tail.length, at + 8);
      tail = Buffer.concat([tail, bytes, Buffer.alloc(bytes.length % 2)]);
    } else bytes.copy(table, at + 8);
  });
  return Buffer.concat([head, pixels, Buffer.alloc(pixels.length % 2), table, tail]);
}

const read = (bytes: Buffer, name = 'x.tif') => readImage(put(temporaryFolder(), name, bytes));

describe('TIFF samples that the decoder takes for others', () => {
  it('with a sign: what is below zero is kept', async () => {
    const samples = Int16Array.of(-32768, -1000, -1, 0, 1, 1000, 32767);
    const { picture } = await read(tiff({ samples, tags: { 339: [2] } }));
    expect(Array.from(picture.samples)).toEqual(Array.from(samples));
    expect(picture.display).not.toHaveProperty('declared');
  });

  it('halves of floating point', async () => {
    const samples = Float16Array.of(-2, -0.5, 0, 0.25, 1, 4.5);
    const { picture } = await read(tiff({ samples: samples as unknown as NodeJS.TypedArray, tags: { 339: [3] } }));
    expect(Array.from(picture.samples)).toEqual(Array.from(samples));
  });

  it('channels that are not said to be transparency darken nothing', async () => {
    const samples = Uint8Array.of(200, 100, 50, 0, 10, 20, 30, 9);
    const { picture, notes } = await read(tiff({ samples, channels: 4, tags: { 262: [2], 338: [0] } }));
    expect(Array.from(picture.samples)).toEqual([200, 100, 50, 10, 20, 30]);
    expect(notes.map(({ code }) => code)).toEqual(['CHANNELS']);
    const grey = await read(tiff({ samples, channels: 2, tags: { 338: [0] } }));
    expect(Array.from(grey.picture.samples)).toEqual([200, 50, 10, 30]);
    const clear = await read(tiff({ samples, channels: 4, tags: { 262: [2], 338: [2] } }));
    expect(Array.from(clear.picture.samples).slice(0, 3)).toEqual([0, 0, 0]);
    expect(clear.notes.map(({ code }) => code)).toEqual(['ALPHA']);
  });
});

describe('a colour profile of pictures deeper than 8 bits is not applied, as the note says', () => {
  const wide = () => sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } }).withIccProfile('p3');
  it.each([
    ['16 bits', Uint16Array.of(60000, 3000, 9000, 100, 65535, 20), [1]],
    ['floating point', Float32Array.of(0.9, 0.1, 0.2, 0, 1, 0.5), [3]],
  ] as const)('%s', async (_name, samples, format) => {
    const { icc } = await sharp(await wide().png().toBuffer()).metadata();
    for (const channels of [1, 3]) {
      const tags = { 339: [...format], 262: [channels === 3 ? 2 : 1] };
      const { picture, notes } = await read(tiff({ samples, channels, tags, profile: icc! }));
      expect(Array.from(picture.samples)).toEqual(Array.from(samples));
      expect(notes).toContainEqual({ code: 'PROFILE', message: 'Its colour profile was not applied.' });
    }
  });

  it('a linear profile is not sRGB, whatever it is called', () => {
    expect(isSrgb(Buffer.from('desc sRGB IEC61966-2.1'))).toBe(true);
    expect(isSrgb(Buffer.from('desc Linear sRGB'))).toBe(false);
    expect(isSrgb(Buffer.from('sRGB (linear)', 'utf16le').swap16())).toBe(false);
  });
});

describe('what is not read is named, and not called damaged', () => {
  const grey = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const cgbi = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('CgBI', Buffer.alloc(4)),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    chunk('IDAT', deflateSync(Buffer.alloc(2))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  /** The frame header of a JPEG says another process or depth. */
  async function jpeg(process: number, bits: number): Promise<Buffer> {
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes[frame + 1] = process;
    bytes[frame + 4] = bits;
    return bytes;
  }

  it.each([
    ['ZSTD', () => tiff({ samples: grey, tags: { 259: [50000] } }), 'The TIFF is compressed with ZSTD'],
    ['JPEG 2000', () => tiff({ samples: grey, tags: { 259: [34712] } }), 'The TIFF is compressed with JPEG 2000'],
    ['64 bits', () => tiff({ samples: new Float64Array(8), tags: { 339: [3] } }), 'The TIFF has 64 bits per sample'],
    ['12 bits', () => tiff({ samples: grey, tags: { 258: [12], 256: [5] } }), 'The TIFF has 12 bits per sample'],
    ['complex', () => tiff({ samples: new Float64Array(8), tags: { 339: [6] } }), 'The TIFF has complex numbers'],
    ['planes', () => tiff({ samples: grey, channels: 2, tags: { 284: [2], 338: [0] } }), 'several grey channels'],
    ['JPEG of 12 bits', () => jpeg(0xc1, 12), 'The JPEG has 12 bits per sample'],
    ['hierarchical JPEG', () => jpeg(0xc5, 8), 'The JPEG is hierarchical'],
    ['PNG of Apple’s tools', () => cgbi, 'The PNG has the form that Apple’s tools make'],
  ])('%s', async (_name, make, message) => {
    const error = await read(await make()).then(
      () => undefined,
      (thrown: Error & { code?: string }) => thrown,
    );
    expect([error?.code, error?.message]).toEqual(['IMAGE_UNSUPPORTED', expect.stringContaining(message)]);
    expect(error?.message).toContain('which Cutpoint does not read');
  });

  it.each([
    ['x.nii', Buffer.concat([Buffer.alloc(344), Buffer.from('n+1\0')]), 'a volume (NIfTI)'],
    ['x.mhd', Buffer.from('ObjectType = Image\n'), 'a volume (MetaImage)'],
    ['x.nrrd', Buffer.from('NRRD0005\n'), 'a volume (NRRD)'],
    ['x.npy', Buffer.from('\x93NUMPY\x01\0', 'latin1'), 'an array (NumPy)'],
    ['x.avif', Buffer.from('\0\0\0\x20ftypavif\0\0\0\0'), 'an AVIF image'],
    ['x.heic', Buffer.from('\0\0\0\x20ftypheic\0\0\0\0'), 'a HEIC image'],
  ])('%s is %s', async (name, bytes, kind) => {
    await expect(read(bytes, name)).rejects.toThrow(kind);
  });
});
