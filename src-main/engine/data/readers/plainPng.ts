import { crc32, inflateSync } from 'node:zlib';
import { MOST_PLAIN_SAMPLES, type OpenedImage } from './picture.ts';

const HEADER_AT = 8;
/** Length, name and check sum of a chunk. */
const AROUND = 12;
/** What changes nothing of the pixels; the rest is left to the decoder that knows all of the format. */
export const PLAIN: ReadonlySet<string> = new Set([
  'tEXt',
  'zTXt',
  'iTXt',
  'tIME',
  'pHYs',
  'sRGB',
  'gAMA',
  'cHRM',
  'bKGD',
]);

interface Header {
  width: number;
  height: number;
  channels: 1 | 3;
}

/**
 * Decodes small PNG files of the plainest kind, grey or RGB of 8 bits: of 96 × 96 pixels libvips takes eight times as
 * long, nearly all of it before the first one. Undefined for every other file, and for one in which anything is irregular: what is
 * wrong with it is told by libvips. Equal to it sample for sample.
 */
export function openPlainPng(bytes: Buffer): OpenedImage | undefined {
  const chunks = chunksOf(bytes);
  const header = chunks && headerOf(chunks.header);
  if (!header) return undefined;
  const { width, height, channels } = header;
  const expected = (width * channels + 1) * height;
  let lines: Buffer;
  try {
    const { buffer, engine } = inflateSync(chunks.data, { info: true, maxOutputLength: expected }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (buffer.length !== expected || engine.bytesWritten !== chunks.data.length) return undefined;
    lines = buffer;
  } catch {
    return undefined;
  }
  const samples = unfiltered(lines, header);
  return samples && { frames: 1, picture: { width, height, channels, samples, display: 'bytes', notes: [] } };
}

/** The header and the compressed pixels; undefined where a chunk is damaged, out of place or none of the `plain` ones. */
export function chunksOf(
  bytes: Buffer,
  plain: ReadonlySet<string> = PLAIN,
): { header: Buffer; data: Buffer } | undefined {
  let header: Buffer | undefined;
  const data: Buffer[] = [];
  let at = HEADER_AT;
  while (at + AROUND <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + AROUND + length;
    if (end > bytes.length) return undefined;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined;
    const content = bytes.subarray(at + 8, end - 4);
    if (name === 'IEND') return header && end === bytes.length ? { header, data: Buffer.concat(data) } : undefined;
    if (name === 'IHDR' && at === HEADER_AT && length === 13) header = content;
    else if (name === 'IDAT') data.push(content);
    // Some programs keep what a camera says of an image, its orientation among it, as such a text.
    else if (!plain.has(name) || content.toString('latin1', 0, 11) === 'Raw profile') return undefined;
    at = end;
  }
  return undefined;
}

/** Undefined but for a small image with samples of 8 bits, grey or RGB, line after line. */
function headerOf(header: Buffer): Header | undefined {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [bits, colours, compression, filters, interlaced] = header.subarray(8);
  if (bits !== 8 || (colours !== 0 && colours !== 2) || compression !== 0 || filters !== 0 || interlaced !== 0)
    return undefined;
  const channels = colours === 0 ? 1 : 3;
  const count = width * height * channels;
  return count > 0 && count <= MOST_PLAIN_SAMPLES ? { width, height, channels } : undefined;
}

/** Lines without their filters (PNG specification, third edition, 9.2); undefined where one is of no known kind. */
export function unfiltered(lines: Buffer, { width, height, channels }: Header): Uint8Array | undefined {
  const length = width * channels;
  const samples = new Uint8Array(length * height);
  for (let row = 0; row < height; row++) {
    const from = row * (length + 1) + 1;
    const to = row * length;
    const filter = FILTERS[lines[from - 1]!];
    if (!filter) return undefined;
    samples.set(lines.subarray(from, from + length), to);
    filter(samples, to, { length, step: channels, first: row === 0 });
  }
  return samples;
}

interface Line {
  length: number;
  /** Bytes of a pixel. */
  step: number;
  /** There is none above. */
  first: boolean;
}

/** By the number of the filter; each works in place, on the line that begins at `to`. */
const FILTERS: ((samples: Uint8Array, to: number, line: Line) => void)[] = [
  () => {},
  (samples, to, { length, step }) => {
    for (let at = to + step; at < to + length; at++) samples[at]! += samples[at - step]!;
  },
  (samples, to, { length, first }) => {
    if (!first) for (let at = to; at < to + length; at++) samples[at]! += samples[at - length]!;
  },
  (samples, to, { length, step, first }) => {
    for (let i = 0; i < length; i++) {
      const left = i < step ? 0 : samples[to + i - step]!;
      const above = first ? 0 : samples[to + i - length]!;
      samples[to + i]! += (left + above) >> 1;
    }
  },
  (samples, to, { length, step, first }) => {
    for (let i = 0; i < length; i++) {
      const left = i < step ? 0 : samples[to + i - step]!;
      const above = first ? 0 : samples[to + i - length]!;
      const corner = first || i < step ? 0 : samples[to + i - length - step]!;
      samples[to + i]! += paeth(left, above, corner);
    }
  },
];

/** Of left, above and corner, the one nearest to left + above − corner; the first of them where two are. */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
