import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { cacheBudget, holdFile, makeRoom } from './cacheFolder.ts';
import { writeFailure } from './failures.ts';
import { runAll } from './pool.ts';
import { PREPARATION_VERSION, type Preparation } from './prepare.ts';
import type { DatasetImage, ImageCache } from './types.ts';

export interface CacheOptions extends Preparation {
  /** Folder that the images' paths are relative to. */
  folder: string;
  images: Pick<DatasetImage, 'file' | 'sha256'>[];
  /** Where caches are kept; made when missing. */
  directory: string;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** Caches up to this size are held in memory, larger ones are read from the disk image by image. */
const MOST_RESIDENT_BYTES = 512 * 1024 ** 2;

/**
 * Opens the decoded images of a dataset, in the order of `images`, and decodes them first where no cache of the same
 * contents, size and fit is there. The file appears under its name only once it is whole.
 * Throws what `readImage` throws, with the file named, when an image cannot be decoded; DISK_FULL; CANCELLED. Nothing
 * half-written is left behind.
 */
export async function openImageCache(options: CacheOptions): Promise<ImageCache> {
  const { directory, images, size } = options;
  prepareDirectory(directory);
  const path = join(directory, `${imagesKey(options)}.rgb`);
  const bytes = images.length * size * size * 3;
  if (!existsSync(path) || statSync(path).size !== bytes) {
    makeRoom(directory, bytes, cacheBudget(directory));
    await build(path, options);
  } else options.onProgress?.(images.length, images.length);
  return bytes <= MOST_RESIDENT_BYTES ? residentCache(path, options) : fileCache(path, options);
}

/** Depends on the contents in order, size, fit and the version of the preparation: not on names or places. */
export function imagesKey({ images, size, fit }: Pick<CacheOptions, 'images' | 'size' | 'fit'>): string {
  const hash = createHash('sha256').update(JSON.stringify([PREPARATION_VERSION, size, fit]));
  for (const { sha256 } of images) hash.update(sha256);
  return hash.digest('hex').slice(0, 32);
}

/** What an engine killed while building left behind is removed: a workspace has one engine at a time. */
function prepareDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    for (const name of readdirSync(directory))
      if (name.endsWith('.part') && !name.includes(`.${process.pid}-`)) rmSync(join(directory, name), { force: true });
  } catch (cause) {
    throw writeFailure(cause, 'the decoded images');
  }
}

let builds = 0;

async function build(path: string, { folder, images, size, fit, signal, onProgress }: CacheOptions): Promise<void> {
  const temporary = `${path}.${process.pid}-${++builds}.part`;
  const imageBytes = size * size * 3;
  let finished = 0;
  const file = await open(temporary, 'w').catch((cause: unknown) => {
    throw writeFailure(cause, 'the decoded images');
  });
  try {
    onProgress?.(0, images.length);
    await runAll(
      'prepare',
      images.map((image) => ({ path: join(folder, image.file), size, fit })),
      {
        signal,
        done: async (index, outcome) => {
          if (outcome instanceof CutpointError) throw named(images[index]!.file, outcome);
          if (outcome.sha256 !== images[index]!.sha256) throw changed(images[index]!.file);
          await writeWhole(file, outcome.pixels, index * imageBytes);
          onProgress?.(++finished, images.length);
        },
      },
    );
    await file.sync();
    await file.close();
    renameSync(temporary, path);
  } catch (thrown) {
    await file.close().catch(() => undefined);
    rmSync(temporary, { force: true });
    throw writeFailure(thrown, 'the decoded images');
  }
}

async function writeWhole(file: Awaited<ReturnType<typeof open>>, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;)
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
}

function residentCache(path: string, { images, size }: CacheOptions): ImageCache {
  const imageBytes = size * size * 3;
  let content: Buffer | undefined = readFileSync(path);
  const release = holdFile(path);
  return {
    count: images.length,
    size,
    read(index, into, offset) {
      if (!content) throw closed();
      checkIndex(index, images.length);
      into.set(content.subarray(index * imageBytes, (index + 1) * imageBytes), offset);
    },
    close() {
      content = undefined;
      release();
    },
  };
}

function fileCache(path: string, { images, size }: CacheOptions): ImageCache {
  const imageBytes = size * size * 3;
  let descriptor: number | undefined = openSync(path, 'r');
  const release = holdFile(path);
  return {
    count: images.length,
    size,
    read(index, into, offset) {
      if (descriptor === undefined) throw closed();
      checkIndex(index, images.length);
      const read = readSync(descriptor, into, offset, imageBytes, index * imageBytes);
      if (read !== imageBytes) throw new Error(`the image cache ended at image ${index}`);
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
      release();
    },
  };
}

function checkIndex(index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new RangeError(`image ${index} of a cache of ${count}`);
}

function closed(): Error {
  return new Error('the image cache is closed');
}

function changed(file: string): CutpointError {
  return new CutpointError('FILE_NOT_READABLE', `${file} changed after the audit.`, {
    remedy: 'Run the audit again.',
    details: { file },
  });
}

function named(file: string, error: CutpointError): CutpointError {
  return new CutpointError(error.code, `${file}: ${error.message}`, {
    remedy: 'The file was readable in the audit. Look at it, and run the audit again.',
    details: { ...error.details, file },
    cause: error,
  });
}
