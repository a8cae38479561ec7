import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { encodeDicom, makeUid, type Element } from '../../src-main/engine/data/sample/dicomWriter.ts';

/** Writes a file below a folder, with the folders it needs; returns its path. */
export function put(folder: string, file: string, bytes: Uint8Array | string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** A small PNG whose content depends on `seed`. */
export async function smallPng(seed: number, side = 24): Promise<Buffer> {
  const samples = Uint8Array.from({ length: side * side }, (_, index) => (index * 7 + seed * 31) % 256);
  return sharp(samples, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

/** What a header says beside its patient; what is empty is left out. */
interface SmallHeader {
  study?: string;
  series?: string;
  scanner?: string;
  station?: string;
  /** Of the study: `20240131`. */
  date?: string;
  more?: readonly Element[];
}

/** A small 8-bit DICOM picture whose content depends on `seed`; an empty identifier is left out. */
export function smallDicom(
  seed: number,
  patient: string,
  { study = '', series = '', scanner = '', station = '', date = '', more = [] }: SmallHeader = {},
): Buffer {
  return encodeDicom([
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'],
    [0x00080018, 'UI', makeUid('test', seed)],
    ...(date ? ([[0x00080020, 'DA', date]] as const) : []),
    [0x00080060, 'CS', 'OT'],
    ...(scanner ? ([[0x00080070, 'LO', scanner]] as const) : []),
    ...(station ? ([[0x00081010, 'SH', station]] as const) : []),
    [0x00100010, 'PN', `Name^${patient}`],
    [0x00100020, 'LO', patient],
    ...(study ? ([[0x0020000d, 'UI', makeUid('study', study)]] as const) : []),
    ...(series ? ([[0x0020000e, 'UI', makeUid('series', series)]] as const) : []),
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', 24],
    [0x00280011, 'US', 24],
    [0x00280100, 'US', 8],
    [0x00280101, 'US', 8],
    [0x00280102, 'US', 7],
    [0x00280103, 'US', 0],
    [0x7fe00010, 'OB', Uint8Array.from({ length: 24 * 24 }, (_, index) => (index * 5 + seed * 37) % 256)],
    ...more,
  ]);
}

/** A study of `patients` patients with `each` pictures: two class folders, names such as `a/p0_1.png`. */
export async function smallStudy(folder: string, { patients = 8, each = 2 } = {}): Promise<void> {
  for (let patient = 0; patient < patients; patient++)
    for (let image = 0; image < each; image++)
      put(folder, `${patient % 2 === 0 ? 'a' : 'b'}/p${patient}_${image}.png`, await smallPng(patient * each + image));
}

/** A PNG that declares `width` × `height` one-bit pixels and holds them, a few kilobytes for any size. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG with a palette of as many colours as `bits` have; `indices` row after row. `interlaced` declares it, and is no more. */
export function palettePng(
  indices: readonly number[],
  { width, bits, interlaced = false }: { width: number; bits: 1 | 2 | 4 | 8; interlaced?: boolean },
): Buffer {
  const height = indices.length / width;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, 3, 0, 0, Number(interlaced)], 8);
  const line = 1 + Math.ceil((width * bits) / 8);
  const rows = Buffer.alloc(line * height);
  for (const [at, index] of indices.entries()) {
    const bit = (at % width) * bits;
    rows[Math.floor(at / width) * line + 1 + (bit >> 3)]! |= index << (8 - bits - (bit & 7));
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    // Colours say nothing of the indices: all are equal.
    chunk('PLTE', Buffer.alloc(3 * 2 ** bits, 200)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, check]);
}
