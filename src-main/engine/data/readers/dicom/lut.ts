import type { DataSet } from 'dicom-parser';
import { corrupt } from '../picture.ts';
import type { DicomFile } from './header.ts';
import { readNumbers } from './numbers.ts';

/** The values that a table may be asked for: of the samples, or of what comes out of the modality step. */
export interface Inputs {
  lowest: number;
  highest: number;
}

/** A lookup table of the header. */
export interface Lut {
  /** The value that the first entry stands for; below it the first entry holds, above the last one the last. */
  first: number;
  entries: Uint16Array;
  /** Depth of the entries as the header declares it, 1 to 16. */
  bits: number;
}

export interface LutTags {
  descriptor: string;
  data: string;
  /** Segmented data, which stand in the place of plain ones. */
  segmented?: string;
}

/**
 * Reads a table (PS3.3, C.11.1.1 and C.7.6.3.1.5). Its entries may be packed as bytes or stand in words of their own; the
 * number of entries is 65536 where 0 is declared, and as many as there are where the data are shorter.
 * Undefined where descriptor or data are missing or hold nothing.
 */
export function readLut(file: DicomFile, source: DataSet, tags: LutTags, inputs: Inputs): Lut | undefined {
  const [declared, first, bits] = descriptorOf(source, tags.descriptor);
  const element = source.elements[tags.data];
  const segmented = tags.segmented === undefined ? undefined : source.elements[tags.segmented];
  if (declared === undefined || first === undefined || bits === undefined || !(element ?? segmented)) return undefined;
  const count = declared === 0 ? 65536 : declared;
  const { dataOffset, length } = (element ?? segmented)!;
  const raw = file.bytes.subarray(dataOffset, dataOffset + length);
  const entries = element
    ? plainEntries(raw, { count, bits, bigEndian: file.bigEndian })
    : expandSegments(raw, { count, bits, bigEndian: file.bigEndian });
  if (entries.length === 0) return undefined;
  return {
    first: signedFirst(first, source.elements[tags.descriptor]!.vr, inputs),
    entries,
    bits: Math.min(16, Math.max(1, bits)),
  };
}

/** Three words; of a type of text, three numbers. */
function descriptorOf(source: DataSet, tag: string): (number | undefined)[] {
  const text = ['DS', 'IS', 'LO', 'SH', 'CS'].includes(source.elements[tag]?.vr ?? '');
  if (!text) return [0, 1, 2].map((index) => source.uint16(tag, index));
  return [0, 1, 2].map((index) => readNumbers(source, tag)?.values[index]).map((value) => value && value & 0xffff);
}

/** The entry for a value. */
export function lookUp({ first, entries }: Lut, value: number): number {
  return entries[Math.min(entries.length - 1, Math.max(0, Math.round(value) - first))]!;
}

/**
 * The depth that the entries of tables which belong together really have: as declared, unless entries are larger than
 * that or none reaches a share of it (`least`), as with 12 bits in a table that claims 16.
 */
export function depthOf(tables: readonly Lut[], least: number): { bits: number; asDeclared: boolean } {
  let highest = 0;
  for (const { entries } of tables) for (const entry of entries) if (entry > highest) highest = entry;
  const { bits } = tables[0]!;
  const declared = 2 ** bits - 1;
  if (highest <= declared && highest > declared * least) return { bits, asDeclared: true };
  const needed = [8, 10, 12, 14, 16].find((depth) => highest < 2 ** depth)!;
  // Of a table whose entries are all small nothing else is known when a byte would be enough for them.
  return needed >= bits && highest <= declared
    ? { bits, asDeclared: true }
    : { bits: needed, asDeclared: needed === bits };
}

/**
 * Signed where the element's type says so, and where it does not (implicit VR, or a wrong type) if read as unsigned the
 * table would begin above every value there is.
 */
function signedFirst(first: number, vr: string | undefined, { lowest, highest }: Inputs): number {
  if (first < 32768) return first;
  const negative = first - 65536;
  if (vr === 'SS' || first > highest) return negative;
  return vr === undefined && lowest <= -32768 ? negative : first;
}

interface EntryLayout {
  count: number;
  bits: number;
  bigEndian: boolean;
}

function plainEntries(raw: Buffer, { count, bits, bigEndian }: EntryLayout): Uint16Array {
  // One byte an entry, padded to an even length; palettes of that kind at times claim 16 bits.
  const packed = raw.length < count * 2 && (bits <= 8 || (bits === 16 && raw.length === count + (count % 2)));
  if (packed) return Uint16Array.from(raw.subarray(0, count));
  const words = Math.min(count, raw.length >> 1);
  return Uint16Array.from({ length: words }, (_, index) => word(raw, index, bigEndian));
}

const word = (raw: Buffer, index: number, bigEndian: boolean): number =>
  bigEndian ? raw.readUInt16BE(index * 2) : raw.readUInt16LE(index * 2);

/** Discrete, linear and indirect segments (PS3.3, C.7.9.2), at most `count` entries. Throws IMAGE_CORRUPT. */
function expandSegments(raw: Buffer, { count, bits, bigEndian }: EntryLayout): Uint16Array {
  const bytes = bits <= 8;
  const data = bytes ? raw : Array.from({ length: raw.length >> 1 }, (_, index) => word(raw, index, bigEndian));
  const entries = new Uint16Array(count);
  let filled = 0;
  const put = (entry: number) => {
    if (filled < count) entries[filled++] = entry;
  };
  const expand = (from: number, segments: number, within: boolean): void => {
    let at = from;
    // One value left over is padding.
    for (let segment = 0; segment < segments && at + 1 < data.length && filled < count; segment++) {
      const [kind, length] = [data[at]!, data[at + 1]!];
      at += 2;
      if (kind === 0) {
        for (const entry of data.slice(at, at + length)) put(entry);
        at += length;
      } else if (kind === 1 && filled > 0 && at < data.length) {
        const [from, to] = [entries[filled - 1]!, data[at++]!];
        for (let step = 1; step <= length; step++) put(Math.round(from + ((to - from) * step) / length));
      } else if (kind === 2 && !within && at + (bytes ? 4 : 2) <= data.length) {
        const offset = bytes
          ? bigEndian ? raw.readUInt32BE(at) : raw.readUInt32LE(at)
          : data[at + 1]! * 65536 + data[at]!; // prettier-ignore
        expand(bytes ? offset : offset >> 1, length, true);
        at += bytes ? 4 : 2;
      } else throw corrupt('a segment of its lookup table cannot be read');
    }
  };
  expand(0, Infinity, false);
  return entries.subarray(0, filled);
}
