import type { DataSet } from 'dicom-parser';
import { corrupt, type Samples } from '../picture.ts';
import type { DicomFile } from './header.ts';

/** Full-range YCbCr to RGB (PS3.3, C.7.6.3.1.2; ITU-R BT.601 coefficients), 8 bits, in place. */
export function ybrToRgb(samples: Samples): void {
  const level = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const y = samples[at]!;
    const cb = samples[at + 1]! - 128;
    const cr = samples[at + 2]! - 128;
    samples[at] = level(y + 1.402 * cr);
    samples[at + 1] = level(y - 0.344136 * cb - 0.714136 * cr);
    samples[at + 2] = level(y + 1.772 * cb);
  }
}

/** PALETTE COLOR samples to 8-bit RGB through the three lookup tables of the header. */
export function applyPalette(samples: Samples, { data, bigEndian, bytes }: DicomFile): Uint8Array {
  const tables = ['1', '2', '3'].map((channel) => readTable(data, bytes, { channel, bigEndian }));
  const rgb = new Uint8Array(samples.length * 3);
  for (let pixel = 0; pixel < samples.length; pixel++)
    for (let channel = 0; channel < 3; channel++) {
      const { first, levels } = tables[channel]!;
      const index = Math.min(levels.length - 1, Math.max(0, samples[pixel]! - first));
      rgb[pixel * 3 + channel] = levels[index]!;
    }
  return rgb;
}

function readTable(
  data: DataSet,
  bytes: Buffer,
  { channel, bigEndian }: { channel: string; bigEndian: boolean },
): { first: number; levels: Uint8Array } {
  const element = data.elements[`x0028120${channel}`];
  const descriptor = `x0028110${channel}`;
  const entries = data.uint16(descriptor, 0);
  const first = data.uint16(descriptor, 1);
  const bits = data.uint16(descriptor, 2);
  if (!element || entries === undefined || first === undefined || bits === undefined)
    throw corrupt('its colour palette is missing');
  const count = entries === 0 ? 65536 : entries;
  const raw = bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  const levels = new Uint8Array(count);
  // 8-bit entries may be packed as bytes or stand in words of their own.
  const packed = bits === 8 && raw.length < count * 2;
  if (raw.length < count * (packed ? 1 : 2)) throw corrupt('its colour palette is too short');
  for (let index = 0; index < count; index++) {
    const word = packed ? raw[index]! : bigEndian ? raw.readUInt16BE(index * 2) : raw.readUInt16LE(index * 2);
    levels[index] = packed || bits === 8 ? word & 0xff : word >> 8;
  }
  return { first, levels };
}
