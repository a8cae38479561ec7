import { inflateSync } from 'node:zlib';
import { checkDimensions, corrupt, unsupported } from './picture.ts';
import { chunksOf, PLAIN, unfiltered } from './plainPng.ts';

const COLOUR_TYPE_AT = 25;
const PALETTE = 3;
/** What says how an index looks, or nothing of the pixels. */
const BESIDE: ReadonlySet<string> = new Set([...PLAIN, 'PLTE', 'tRNS', 'sBIT', 'hIST', 'iCCP', 'cICP', 'eXIf']);

/** Whether the bytes of a PNG file have a palette. */
export const hasPalette = (bytes: Buffer): boolean => bytes[COLOUR_TYPE_AT] === PALETTE;

/**
 * The indices of a PNG with a palette as they are stored, width × height, row after row: what is decoded otherwise has their
 * colours, of which several may be equal. Orientation is not applied.
 * @throws CutpointError IMAGE_CORRUPT, IMAGE_TOO_LARGE; IMAGE_UNSUPPORTED where it is interlaced
 */
export function pngIndices(bytes: Buffer): { width: number; height: number; indices: Uint8Array } {
  const chunks = chunksOf(bytes, BESIDE);
  if (!chunks) throw corrupt('its parts are not in order');
  const [width, height] = [chunks.header.readUInt32BE(0), chunks.header.readUInt32BE(4)];
  const [bits = 0, , , , interlaced] = chunks.header.subarray(8);
  checkDimensions(width, height);
  if (interlaced !== 0) throw unsupported('The PNG has a palette and is interlaced, which Cutpoint does not read.');
  const line = Math.ceil((width * bits) / 8);
  const packed = unfiltered(inflated(chunks.data, (line + 1) * height), { width: line, height, channels: 1 });
  if (!packed) throw corrupt('its pixels cannot be decoded');
  if (bits === 8) return { width, height, indices: packed };
  const indices = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const bit = x * bits;
      // The leftmost pixel is in the highest bits.
      indices[at] = (packed[y * line + (bit >> 3)]! >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    }
  return { width, height, indices };
}

function inflated(data: Buffer, expected: number): Buffer {
  let lines;
  try {
    lines = inflateSync(data, { maxOutputLength: expected });
  } catch (cause) {
    throw corrupt('its pixels cannot be decoded', cause);
  }
  if (lines.length !== expected) throw corrupt('its pixels cannot be decoded');
  return lines;
}
