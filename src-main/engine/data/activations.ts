import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Shape } from '../../backbone/graph.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import type { Precision } from '../../contract/plan.ts';
import { fromBfloat16, toBfloat16 } from './bfloat16.ts';
import { holdFile, makeRoom } from './cacheFolder.ts';
import { writeFailure } from './failures.ts';

/** Of each record: the image's index and the checksum of the file's name, index and values, two unsigned integers. */
const HEADER = 8;

/** `bfloat16` takes half the bytes, and rounds what is stored. */
export const BYTES_PER_VALUE: Record<Precision, number> = { float32: 4, bfloat16: 2 };

/** Values computed once per image, stored in a file. */
export interface Activations {
  /** Copies the values of an image, as they were rounded, into `into` at `offset`; false where they are not stored. */
  read(image: number, into: Float32Array, offset: number): boolean;
  /** Stores the values of an image, where there is room. */
  write(image: number, values: Float32Array): void;
  close(): void;
}

export interface ActivationsOptions {
  /** Of the values of one image. */
  shape: Shape;
  precision: Precision;
  /** Most that the file's folder may hold, bytes. */
  budget: number;
  /** Told once when nothing more is stored: what follows is computed each time. */
  onFull(reason: 'budget' | 'disk'): void;
}

/**
 * Opens a file of activations, which is made where there is none. Records of equal length follow one another as the
 * images were computed: an index and a checksum, then the values. A file holds one precision, which its name tells. One that was
 * cut short when the engine was killed, or that is damaged or of another file, counts as not there.
 * @returns null where the disk has no room for another file
 */
export function openActivations(
  path: string,
  { shape, precision, budget, onFull }: ActivationsOptions,
): Activations | null {
  const values = sizeOf(shape);
  const length = HEADER + values * BYTES_PER_VALUE[precision];
  /** Of one image, where it is read to be converted. */
  const rounded = precision === 'bfloat16' ? new Uint16Array(values) : null;
  const file = openFor(path);
  if (file === null) {
    onFull('disk');
    return null;
  }
  const release = holdFile(path);
  /** The file's name says what its values are of. */
  const key = basename(path);
  const sumOf = (image: number, values: Uint8Array): number => crc32(values, crc32(`${key} ${image}`));
  /** Records of each image: the last that is whole counts. A damaged index may name an image that has a record. */
  const records = new Map<number, { position: number; sum: number }[]>();
  const note = (image: number, record: { position: number; sum: number }): void => {
    records.set(image, [...(records.get(image) ?? []), record]);
  };
  const header = new Uint32Array(2);
  const whole = Math.floor(fstatSync(file).size / length);
  for (let record = 0; record < whole; record++) {
    const position = record * length;
    readSync(file, header, 0, HEADER, position);
    note(header[0]!, { position, sum: header[1]! });
  }
  ftruncateSync(file, whole * length);

  let full = false;
  const stop = (reason: 'budget' | 'disk'): void => {
    full = true;
    onFull(reason);
  };
  return {
    read(image, into, offset) {
      const candidates = records.get(image);
      const place = into.subarray(offset, offset + values);
      const bytes = bytesOf(rounded ?? place);
      for (let record = candidates?.at(-1); record; record = candidates!.at(-1)) {
        const read = readSync(file, bytes, 0, bytes.length, record.position + HEADER);
        if (read === bytes.length && sumOf(image, bytes) === record.sum) {
          if (rounded) fromBfloat16(rounded, place);
          return true;
        }
        candidates!.pop();
      }
      return false;
    },
    write(image, computed) {
      if (full) return;
      if (!makeRoom(dirname(path), length, budget)) return stop('budget');
      const bytes = bytesOf(rounded ? toBfloat16(computed) : computed);
      const sum = sumOf(image, bytes);
      const position = fstatSync(file).size;
      try {
        writeWhole(file, bytesOf(Uint32Array.of(image, sum)));
        writeWhole(file, bytes);
      } catch (thrown) {
        ftruncateSync(file, position);
        if (!isFull(thrown)) throw thrown;
        return stop('disk');
      }
      note(image, { position, sum });
    },
    close() {
      closeSync(file);
      release();
    },
  };
}

function openFor(path: string): number | null {
  try {
    return openSync(path, 'a+');
  } catch (thrown) {
    if (isFull(thrown)) return null;
    throw writeFailure(thrown, 'the output of the frozen layers');
  }
}

const isFull = (thrown: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((thrown as NodeJS.ErrnoException).code ?? '');

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint32Array | Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Appends; a disk that fills up takes part of the bytes before it refuses the rest. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written, bytes.length - written);
}
