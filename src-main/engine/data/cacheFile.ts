import { closeSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { CutpointError } from '../../contract/errors.ts';

/** Bytes of an image's checksum. */
const SUM = 4;
/** Images compared with their checksums before others get their turn. */
const AT_ONCE = 64;

/** Where decoded images lie: one after another, and behind the last of them the CRC-32 of each. */
export interface CacheLayout {
  count: number;
  /** Of one image. */
  bytes: number;
  /** Identifies all images, their order and what was done to them. */
  key: string;
}

/** Of the whole file. */
export const cacheBytes = ({ count, bytes }: CacheLayout): number => count * (bytes + SUM);

/** Names the image too: a whole one in the place of another is damage. */
function checksumOf(pixels: Uint8Array, index: number, { key }: CacheLayout): number {
  return crc32(pixels, crc32(`${key} ${index}`));
}

/** What to write where for one image. */
export function placesOf(pixels: Uint8Array, index: number, layout: CacheLayout): [bytes: Uint8Array, at: number][] {
  const sum = Buffer.alloc(SUM);
  sum.writeUInt32LE(checksumOf(pixels, index, layout));
  return [
    [pixels, index * layout.bytes],
    [sum, layout.count * layout.bytes + index * SUM],
  ];
}

/** Images of a cache file, each compared with its checksum. */
export interface CacheFile {
  /** Which of these are damaged. */
  damaged(indices: Iterable<number>): Promise<number[]>;
  /** Puts an image in the place of a damaged one. */
  mend(index: number, pixels: Uint8Array): void;
  /** @throws CutpointError CACHE_DAMAGED, where the image has changed since `damaged` was asked */
  read(index: number, into: Uint8Array, offset: number): void;
  close(): void;
}

/** @param resident held in memory, where an image that was whole stays so; else read and compared each time */
export function openCacheFile(path: string, layout: CacheLayout, resident: boolean): CacheFile {
  const { count, bytes } = layout;
  let file: number | undefined = openSync(path, 'r+');
  let content: Buffer | undefined = resident ? readFileSync(file) : undefined;
  const sums = content?.subarray(count * bytes) ?? readAt(file, count * bytes, count * SUM);
  const whole = new Uint8Array(count);
  const scratch = Buffer.alloc(resident ? 0 : bytes);

  const isWhole = (index: number, pixels: Uint8Array): boolean =>
    sums.readUInt32LE(index * SUM) === checksumOf(pixels, index, layout);
  const inMemory = (index: number): Buffer => content!.subarray(index * bytes, (index + 1) * bytes);
  const fromDisk = (index: number): Buffer => {
    readSync(file!, scratch, 0, bytes, index * bytes);
    return scratch;
  };

  return {
    async damaged(indices) {
      const found: number[] = [];
      let compared = 0;
      for (const index of indices) {
        if (isWhole(index, content ? inMemory(index) : fromDisk(index))) whole[index] = 1;
        else found.push(index);
        if (++compared % AT_ONCE === 0) await setImmediate();
      }
      return found;
    },
    mend(index, pixels) {
      for (const [part, at] of placesOf(pixels, index, layout)) writeSync(file!, part, 0, part.length, at);
      fsyncSync(file!);
      sums.writeUInt32LE(checksumOf(pixels, index, layout), index * SUM);
      if (content) inMemory(index).set(pixels);
      whole[index] = 1;
    },
    read(index, into, offset) {
      if (file === undefined) throw new Error('the image cache is closed');
      if (!Number.isInteger(index) || index < 0 || index >= count)
        throw new RangeError(`image ${index} of a cache of ${count}`);
      if (content) {
        const pixels = inMemory(index);
        if (!whole[index] && !isWhole(index, pixels)) throw damagedSince(index);
        whole[index] = 1;
        into.set(pixels, offset);
        return;
      }
      const pixels = into.subarray(offset, offset + bytes);
      if (readSync(file, pixels, 0, bytes, index * bytes) !== bytes || !isWhole(index, pixels))
        throw damagedSince(index);
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = content = undefined;
    },
  };
}

function readAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  readSync(file, buffer, 0, length, position);
  return buffer;
}

function damagedSince(index: number): CutpointError {
  return new CutpointError('CACHE_DAMAGED', `The decoded copy of image ${index + 1} in the workspace is damaged.`, {
    remedy: 'Try again, or resume the run: the image is decoded again from its file, and the numbers are the same.',
  });
}
