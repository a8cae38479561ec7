import sharp from 'sharp';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openPlainPng } from '../../../../src-main/engine/data/readers/plainPng.ts';
import { generator } from '../../../../src-main/engine/random.ts';
import { byLibvips } from '../../../support/byLibvips.ts';

const random = generator('plain PNG');
const below = (end: number): number => Math.floor(random() * end);

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

interface Made {
  width: number;
  height: number;
  channels: 1 | 3;
  /** Of each line, taken in turn. */
  filters: number[];
  before?: Buffer[];
  parts?: number;
}

/** A PNG file whose filtered lines are noise: whatever they are, they are an image. */
function png({ width, height, channels, filters, before = [], parts = 1 }: Made): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 1 ? 0 : 2], 8);
  const lines = Array.from({ length: height }, (_, row) =>
    Buffer.from([filters[row % filters.length]!, ...Array.from({ length: width * channels }, () => below(256))]),
  );
  const data = deflateSync(Buffer.concat(lines));
  const each = Math.ceil(data.length / parts);
  const pieces = Array.from({ length: parts }, (_, at) => data.subarray(at * each, (at + 1) * each));
  const ends = [chunk('IHDR', header), chunk('IEND', Buffer.alloc(0))] as const;
  return Buffer.concat([SIGNATURE, ends[0], ...before, ...pieces.map((piece) => chunk('IDAT', piece)), ends[1]]);
}

const plain = (bytes: Buffer): Buffer | undefined => {
  const opened = openPlainPng(bytes);
  return opened && Buffer.from(opened.picture.samples as Uint8Array);
};

describe('plain PNG files, against libvips', () => {
  const kinds = [[0], [1], [2], [3], [4], [0, 1, 2, 3, 4], [4, 3, 2, 1, 0]];
  const sizes: [number, number][] = [[1, 1], [1, 9], [7, 1], [33, 20]]; // prettier-ignore
  it.each(kinds.map((filters) => ({ filters })))('lines under the filters $filters', async ({ filters }) => {
    for (const channels of [1, 3] as const)
      for (const [width, height] of sizes) {
        const bytes = png({ width, height, channels, filters, parts: 1 + below(3) });
        const found = plain(bytes);
        expect(found).toBeDefined();
        expect(found!.equals(await byLibvips(bytes, channels))).toBe(true);
      }
  });

  it('files that say more than their pixels', async () => {
    const text = chunk('tEXt', Buffer.from('Comment\0of no matter', 'latin1'));
    const gamma = chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]));
    const bytes = png({ width: 12, height: 8, channels: 3, filters: [4], before: [text, gamma] });
    expect(plain(bytes)!.equals(await byLibvips(bytes, 3))).toBe(true);
  });

  it('leaves what needs more than that to libvips', async () => {
    const pixels = sharp({ create: { width: 40, height: 40, channels: 3, background: '#a40' } });
    const others = {
      palette: pixels.clone().png({ palette: true }),
      transparency: pixels.clone().ensureAlpha(0.5).png(),
      interlaced: pixels.clone().png({ progressive: true }),
      '16 bits': pixels.clone().toColourspace('rgb16').png(),
      profile: pixels.clone().withIccProfile('p3').png(),
      orientation: pixels
        .clone()
        .withExif({ IFD0: { Orientation: '6' } })
        .png(),
    };
    for (const [name, made] of Object.entries(others)) expect([name, plain(await made.toBuffer())]).toEqual([name, undefined]); // prettier-ignore
    expect(plain(await pixels.clone().png().toBuffer())).toBeDefined();
    const large = sharp({ create: { width: 513, height: 512, channels: 3, background: '#a40' } }).toColourspace('b-w');
    expect(plain(await large.png().toBuffer())).toBeUndefined();
    const camera = chunk('tEXt', Buffer.from('Raw profile type exif\0…', 'latin1'));
    expect(plain(png({ width: 4, height: 4, channels: 1, filters: [0], before: [camera] }))).toBeUndefined();
  });

  it('leaves every irregular file to libvips', () => {
    const bytes = png({ width: 24, height: 24, channels: 3, filters: [0, 1, 2, 3, 4] });
    expect(plain(bytes)).toBeDefined();
    for (let at = 8; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 1 + below(255);
      expect([at, plain(damaged)]).toEqual([at, undefined]);
    }
    for (let end = 0; end < bytes.length; end++) expect(plain(bytes.subarray(0, end))).toBeUndefined();
    expect(plain(Buffer.concat([bytes, Buffer.from([0])]))).toBeUndefined();
    // An unknown filter, more lines than the header says, fewer, and something behind them.
    expect(plain(png({ width: 4, height: 4, channels: 1, filters: [5] }))).toBeUndefined();
    const heights = [3, 5].map((height) => {
      const other = png({ width: 4, height: 4, channels: 1, filters: [0] });
      other.writeUInt32BE(height, 20);
      other.writeUInt32BE(crc32(other.subarray(12, 29)), 29);
      return plain(other);
    });
    expect(heights).toEqual([undefined, undefined]);
  });
});
