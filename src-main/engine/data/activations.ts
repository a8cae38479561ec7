import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Shape } from '../../backbone/graph.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import { holdFile, makeRoom } from './cacheFolder.ts';
import { writeFailure } from './failures.ts';

/** Of each record: the image's index and the checksum of its values, two unsigned integers. */
const HEADER = 8;

/** Values computed once per image, stored in a file. */
export interface Activations {
  /** Copies the values of an image into `into` at `offset`; false where they are not stored. */
  read(image: number, into: Float32Array, offset: number): boolean;
  /** Stores the values of an image, where there is room. */
  write(image: number, values: Float32Array): void;
  close(): void;
}

export interface ActivationsOptions {
  /** Of the values of one image. */
  shape: Shape;
  /** Most that the file's folder may hold, bytes. */
  budget: number;
  /** Told once when nothing more is stored: what follows is computed each time. */
  onFull(reason: 'budget' | 'disk'): void;
}

/**
 * Opens a file of activations, which is made where there is none. Records of equal length follow one another as the
 * images were computed: an index and a checksum, then the values. One that was cut short when the engine was killed, or
 * whose values the disk has lost, counts as not there.
 * @returns null where the disk has no room for another file
 */
export function openActivations(path: string, { shape, budget, onFull }: ActivationsOptions): Activations | null {
  const values = sizeOf(shape);
  const length = HEADER + values * Float32Array.BYTES_PER_ELEMENT;
  const file = openFor(path);
  if (file === null) {
    onFull('disk');
    return null;
  }
  const release = holdFile(path);
  /** Position of the last record of each image, and whether its checksum was compared. */
  const records = new Map<number, { position: number; sum: number; checked: boolean }>();
  const header = new Uint32Array(2);
  const whole = Math.floor(fstatSync(file).size / length);
  for (let record = 0; record < whole; record++) {
    const position = record * length;
    readSync(file, header, 0, HEADER, position);
    records.set(header[0]!, { position, sum: header[1]!, checked: false });
  }
  ftruncateSync(file, whole * length);

  let full = false;
  const stop = (reason: 'budget' | 'disk'): void => {
    full = true;
    onFull(reason);
  };
  return {
    read(image, into, offset) {
      const record = records.get(image);
      if (!record) return false;
      const bytes = bytesOf(into.subarray(offset, offset + values));
      const read = readSync(file, bytes, 0, bytes.length, record.position + HEADER);
      record.checked ||= read === bytes.length && crc32(bytes) === record.sum;
      if (!record.checked) records.delete(image);
      return record.checked;
    },
    write(image, computed) {
      if (full) return;
      if (!makeRoom(dirname(path), length, budget)) return stop('budget');
      const bytes = bytesOf(computed);
      const sum = crc32(bytes);
      const position = fstatSync(file).size;
      try {
        writeWhole(file, bytesOf(Uint32Array.of(image, sum)));
        writeWhole(file, bytes);
      } catch (thrown) {
        ftruncateSync(file, position);
        if (!isFull(thrown)) throw thrown;
        return stop('disk');
      }
      records.set(image, { position, sum, checked: true });
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
    throw writeFailure(thrown, 'what the frozen layers give');
  }
}

const isFull = (thrown: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((thrown as NodeJS.ErrnoException).code ?? '');

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Appends; a disk that fills up takes part of the bytes before it refuses the rest. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written, bytes.length - written);
}
