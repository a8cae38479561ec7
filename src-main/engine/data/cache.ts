import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { cacheBytes, openCacheFile, placesOf, type CacheFile, type CacheLayout } from './cacheFile.ts';
import { cacheBudget, holdFile, makeRoom } from './cacheFolder.ts';
import { writeFailure } from './failures.ts';
import { runAll } from './pool.ts';
import { PREPARATION_VERSION, type Preparation } from './prepare.ts';
import type { DatasetImage, ImageCache } from './types.ts';
import { requireFolder } from './walk.ts';

export interface CacheOptions extends Preparation {
  /** Folder that the images' paths are relative to. */
  folder: string;
  images: Pick<DatasetImage, 'file' | 'sha256'>[];
  /** Where caches are kept; made when missing. */
  directory: string;
  /** Indices of the images that will be read; default: all. */
  only?: readonly number[];
  /** Caches up to this size are held in memory, larger ones are read from the disk image by image; bytes. */
  mostResident?: number;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
  /** Told how many decoded images of an earlier time were damaged and are decoded again. */
  onDamaged?: (images: number) => void;
}

const MOST_RESIDENT_BYTES = 512 * 1024 ** 2;

/**
 * Opens the decoded images of a dataset, in the order of `images`, and decodes them first where no cache of the same
 * contents, size and fit is there. The file appears under its name only once it is whole. Images whose decoded copies are
 * damaged are decoded again.
 * Throws what `readImage` throws, with the file named, when an image cannot be decoded; FOLDER_NOT_FOUND; DISK_FULL;
 * CANCELLED. Nothing half-written is left behind.
 */
export async function openImageCache(options: CacheOptions): Promise<ImageCache> {
  const { directory, images, size, mostResident = MOST_RESIDENT_BYTES } = options;
  prepareDirectory(directory);
  const layout = { key: imagesKey(options), count: images.length, bytes: size * size * 3 };
  const path = join(directory, `${layout.key}.rgb`);
  const bytes = cacheBytes(layout);
  if (!existsSync(path) || statSync(path).size !== bytes) {
    makeRoom(directory, bytes, cacheBudget(directory));
    await build(path, layout, options);
  } else options.onProgress?.(images.length, images.length);
  const release = holdFile(path);
  let file: CacheFile | undefined;
  try {
    file = openCacheFile(path, layout, bytes <= mostResident);
    await mend(file, options);
  } catch (thrown) {
    file?.close();
    release();
    throw writeFailure(thrown, 'the decoded images');
  }
  const { read, close } = file;
  return {
    count: images.length,
    size,
    read,
    close() {
      close();
      release();
    },
  };
}

/** Depends on the contents in order, size, fit, scale and the version of the preparation: not on names or places. */
export function imagesKey({
  images,
  size,
  fit,
  scale,
}: Pick<CacheOptions, 'images' | 'size' | 'fit' | 'scale'>): string {
  const hash = createHash('sha256').update(JSON.stringify([PREPARATION_VERSION, size, fit, scale ?? 'picture']));
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

async function build(path: string, layout: CacheLayout, options: CacheOptions): Promise<void> {
  const { images, onProgress } = options;
  const temporary = `${path}.${process.pid}-${++builds}.part`;
  let finished = 0;
  const file = await open(temporary, 'w').catch((cause: unknown) => {
    throw writeFailure(cause, 'the decoded images');
  });
  try {
    onProgress?.(0, images.length);
    await decode([...images.keys()], options, async (index, pixels) => {
      for (const [bytes, position] of placesOf(pixels, index, layout)) await writeWhole(file, bytes, position);
      onProgress?.(++finished, images.length);
    });
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

/** Decodes the damaged among the images that will be read. */
async function mend(file: CacheFile, options: CacheOptions): Promise<void> {
  const damaged = await file.damaged(options.only ?? options.images.keys());
  if (damaged.length === 0) return;
  options.onDamaged?.(damaged.length);
  await decode(damaged, options, file.mend);
}

/** Decodes images of these indices, in any order. */
async function decode(
  indices: readonly number[],
  { folder, images, size, fit, scale, signal }: CacheOptions,
  done: (index: number, pixels: Uint8Array) => void | Promise<void>,
): Promise<void> {
  await requireFolder(folder).catch((thrown: unknown) => {
    const { code, message, remedy } = CutpointError.from(thrown);
    throw new CutpointError(code, message, { remedy: [remedy, MOVED].filter(Boolean).join(' '), cause: thrown });
  });
  const wanted = indices.map((index) => ({ path: join(folder, images[index]!.file), size, fit, scale }));
  await runAll('prepare', wanted, {
    signal,
    done: async (at, outcome) => {
      const { file, sha256 } = images[indices[at]!]!;
      if (outcome instanceof CutpointError) throw named(file, outcome);
      if (outcome.sha256 !== sha256) throw changed(file);
      await done(indices[at]!, outcome.pixels);
    },
  });
}

const MOVED =
  'If the images are in another folder now, name it: `cutpoint resume ID --data NEW`, or ‘The folder was moved’ in the window.';

function changed(file: string): CutpointError {
  return new CutpointError('FILE_NOT_READABLE', `${file} changed after the audit.`, {
    remedy: 'Run the audit again.',
    details: { file },
  });
}

function named(file: string, error: CutpointError): CutpointError {
  return new CutpointError(error.code, `${file}: ${error.message}`, {
    remedy: `The file was readable in the audit. Look at it, and run the audit again. ${MOVED}`,
    details: { ...error.details, file },
    cause: error,
  });
}
