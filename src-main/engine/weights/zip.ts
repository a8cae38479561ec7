import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import yauzl, { type Entry } from 'yauzl';
import { CutpointError } from '../../contract/errors.ts';
import { ZipPositions } from '../zipPositions.ts';
import { corrupt, largestUnpacked } from './file.ts';
import { readAt } from './readAt.ts';

/** More entries than any file of weights has. */
const MAX_ENTRIES = 10_000;

const STORED = 0;
const DEFLATED = 8;

/** One entry of an archive. */
export interface ZipEntry {
  name: string;
  /** Of its contents, unpacked. */
  bytes: number;
  /** Its contents from byte `from` up to byte `to` (default: all), in memory of their own. */
  read(from?: number, to?: number): Promise<ArrayBuffer>;
}

/** An open zip archive. Nothing is ever unpacked to disk, so names of entries lead nowhere. */
export interface Zip {
  entries: ReadonlyMap<string, ZipEntry>;
  close(): Promise<void>;
}

/**
 * Opens a zip archive (ZIP64 included) and reads its directory; stored entries are later read by position, deflated
 * ones whole. Close it after reading.
 * @throws CutpointError WEIGHTS_CORRUPT
 */
export async function openZip(path: string): Promise<Zip> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const archive = await yauzl
      .fromRandomAccessReaderPromise(new ZipPositions(handle), size, { autoClose: false })
      .catch((cause: unknown) => {
        throw corrupt(path, 'it begins like a zip archive and does not end like one', cause);
      });
    if (archive.entryCount > MAX_ENTRIES) throw corrupt(path, 'its directory lists more than any file of weights has');
    const entries = new Map<string, ZipEntry>();
    let claimed = 0;
    for await (const entry of readDirectory(archive, path)) {
      const { fileName: name, uncompressedSize: bytes } = entry;
      if (entries.has(name)) throw corrupt(path, `its directory lists '${name}' twice`);
      claimed += bytes;
      if (claimed > largestUnpacked(size)) {
        throw corrupt(path, 'unpacked it would be far larger than any file of weights');
      }
      let start: Promise<number> | undefined;
      entries.set(name, {
        name,
        bytes,
        read: async (from = 0, to = bytes) => {
          start ??= archive.readLocalFileHeaderPromise(entry, { minimal: true }).then(
            (header) => header.fileDataStart,
            (cause: unknown) => {
              throw corrupt(path, `'${name}' is not where its directory says`, cause);
            },
          );
          return readEntry(handle, path, entry, await start, from, to);
        },
      });
    }
    return { entries, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* readDirectory(archive: yauzl.ZipFile, path: string): AsyncGenerator<Entry> {
  try {
    yield* archive.eachEntry();
  } catch (cause) {
    throw corrupt(path, 'the directory at its end is not in order', cause);
  }
}

async function readEntry(handle: FileHandle, path: string, entry: Entry, start: number, from: number, to: number) {
  const { fileName: name, compressionMethod: method, compressedSize, uncompressedSize } = entry;
  if (entry.isEncrypted() || (method !== STORED && method !== DEFLATED)) {
    throw new CutpointError('WEIGHTS_FORMAT_UNKNOWN', `'${name}' is packed in a way that Cutpoint does not read.`, {
      remedy: 'Save the weights again without encryption and without compression.',
    });
  }
  const isWhole = from === 0 && to === uncompressedSize;
  if (method === STORED) {
    const data = await readAt(handle, path, start + from, to - from);
    if (isWhole) check(path, entry, new Uint8Array(data));
    return data;
  }
  const packed = await readAt(handle, path, start, compressedSize);
  // One byte more than claimed shows that the claim is wrong; nothing further is unpacked.
  const unpacked = await inflate(new Uint8Array(packed), { maxOutputLength: uncompressedSize + 1 }).catch(
    (cause: unknown) => {
      throw corrupt(path, `'${name}' cannot be unpacked`, cause);
    },
  );
  if (unpacked.length !== uncompressedSize) throw corrupt(path, `'${name}' is not of the size it claims`);
  check(path, entry, unpacked);
  return new Uint8Array(unpacked.subarray(from, to)).buffer;
}

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/** PyTorch writes 0 where it was told not to compute checksums. */
function check(path: string, entry: Entry, contents: Uint8Array): void {
  if (entry.crc32 !== 0 && crc32(contents) !== entry.crc32) {
    throw corrupt(path, `the checksum of '${entry.fileName}' is wrong`);
  }
}
