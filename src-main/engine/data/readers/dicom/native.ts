import { corrupt, type Samples } from '../picture.ts';
import type { PixelLayout } from './layout.ts';

/**
 * Unpacks one uncompressed frame: byte order, bits beyond Bits Stored, sign, planes and 4:2:2 subsampling.
 * Returns rows × columns × samplesPerPixel samples, interleaved, and where High Bit is above Bits Stored, whether they
 * were shifted down from there; `beyond`: some had bits above Bits Stored, which are gone. Throws IMAGE_CORRUPT when bytes are missing.
 */
export function unpackFrame(
  bytes: Buffer,
  frame: number,
  layout: PixelLayout,
  bigEndian: boolean,
): { samples: Samples; shifted?: boolean; beyond?: boolean } {
  const { rows, columns, samplesPerPixel, bitsAllocated } = layout;
  const count = rows * columns * samplesPerPixel;
  if (bitsAllocated === 1) return { samples: unpackBits(bytes, frame * count, count) };
  // Where there are bytes enough, every pixel has its own colours, whatever the header says.
  const halved = layout.photometric === 'YBR_FULL_422' && samplesPerPixel === 3 && bitsAllocated === 8;
  const subsampled = halved && bytes.length < count * layout.frames;
  const stored = subsampled ? rows * columns * 2 : count;
  const length = stored * (bitsAllocated / 8);
  if (bytes.length < (frame + 1) * length) throw corrupt('its pixel data end early');
  // A copy of its own: aligned for typed arrays, and free to be turned round.
  const raw = Buffer.from(bytes.subarray(frame * length, (frame + 1) * length));
  if (bigEndian) swap(raw, bitsAllocated);
  const { samples, shifted } = alignBits(typed(raw, layout), layout);
  const beyond = usesMore(samples, layout);
  const masked = maskAndSign(samples, layout);
  const whole = subsampled
    ? expand422(masked, rows * columns)
    : layout.planar ? interleave(masked, rows * columns) : masked; // prettier-ignore
  return { samples: whole, shifted, beyond };
}

/** Whether a sample has bits above Bits Stored that are no copies of its sign. */
function usesMore(samples: Samples, { kind, bitsStored, bitsAllocated }: PixelLayout): boolean {
  if (kind !== 'integer' || bitsStored === bitsAllocated) return false;
  let [low, high] = [0, 0];
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return low < -(2 ** bitsStored) || high >= 2 ** bitsStored;
}

/**
 * Samples whose High Bit is above Bits Stored lie there, unless none of them uses a bit above Bits Stored: then the header
 * is wrong. In place.
 */
function alignBits(samples: Samples, layout: PixelLayout): { samples: Samples; shifted?: boolean } {
  const { kind, bitsAllocated, bitsStored, highBit, signed } = layout;
  const shift = highBit + 1 - bitsStored;
  if (kind !== 'integer' || shift <= 0 || highBit >= bitsAllocated) return { samples };
  const above = (sample: number) => (signed ? sample << (32 - bitsStored) >> (32 - bitsStored) !== sample : sample >>> bitsStored !== 0); // prettier-ignore
  if (!samples.some(above)) return { samples, shifted: false };
  for (let index = 0; index < samples.length; index++)
    samples[index] = signed ? samples[index]! >> shift : samples[index]! >>> shift;
  return { samples, shifted: true };
}

/** Sample values as the header's type says, little-endian. */
export function typed(raw: Buffer, { kind, bitsAllocated, signed }: PixelLayout): Samples {
  const { buffer, byteOffset, byteLength } =
    raw.byteOffset % 8 === 0 ? raw : Buffer.from(new Uint8Array(raw).buffer as ArrayBuffer);
  const make = <T>(Type: new (buffer: ArrayBufferLike, offset: number, length: number) => T, size: number) =>
    new Type(buffer, byteOffset, Math.floor(byteLength / size));
  if (kind === 'float') return make(Float32Array, 4);
  if (kind === 'double') return make(Float64Array, 8);
  if (bitsAllocated === 32) return signed ? make(Int32Array, 4) : make(Uint32Array, 4);
  if (bitsAllocated === 16) return signed ? make(Int16Array, 2) : make(Uint16Array, 2);
  return signed ? make(Int8Array, 1) : make(Uint8Array, 1);
}

/** Bits above Bits Stored may hold overlays or rubbish: cleared, or filled with the sign. In place. */
export function maskAndSign<T extends Samples>(
  samples: T,
  { kind, bitsAllocated, bitsStored, signed }: PixelLayout,
): T {
  if (kind !== 'integer' || bitsStored === bitsAllocated) return samples;
  const shift = 32 - bitsStored;
  for (let index = 0; index < samples.length; index++)
    samples[index] = signed ? (samples[index]! << shift) >> shift : (samples[index]! << shift) >>> shift;
  return samples;
}

/** Three planes one after the other to interleaved samples. */
export function interleave<T extends Samples>(planes: T, pixels: number): T {
  const samples = new (planes.constructor as new (length: number) => T)(pixels * 3);
  for (let channel = 0; channel < 3; channel++)
    for (let pixel = 0; pixel < pixels; pixel++) samples[pixel * 3 + channel] = planes[channel * pixels + pixel]!;
  return samples;
}

function unpackBits(bytes: Buffer, firstBit: number, count: number): Uint8Array {
  if (bytes.length * 8 < firstBit + count) throw corrupt('its pixel data end early');
  const samples = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const bit = firstBit + index;
    samples[index] = (bytes[bit >> 3]! >> (bit & 7)) & 1;
  }
  return samples;
}

/** Y Y Cb Cr for two neighbouring pixels (PS3.3, C.7.6.3.1.2) to Y Cb Cr for each. */
function expand422(stored: Samples, pixels: number): Uint8Array {
  const samples = new Uint8Array(pixels * 3);
  for (let pair = 0; pair * 2 < pixels; pair++)
    for (let of = 0; of < 2; of++) {
      const to = (pair * 2 + of) * 3;
      samples[to] = stored[pair * 4 + of]!;
      samples[to + 1] = stored[pair * 4 + 2]!;
      samples[to + 2] = stored[pair * 4 + 3]!;
    }
  return samples;
}

function swap(raw: Buffer, bits: number): void {
  if (bits === 16) raw.swap16();
  else if (bits === 32) raw.swap32();
  else if (bits === 64) raw.swap64();
}
