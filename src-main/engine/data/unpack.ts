import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { FileProblem } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { OutputOf } from '../../contract/index.ts';
import { placeOf } from '../../userPath.ts';
import { writeFailure } from './failures.ts';
import { statesOf } from './listing.ts';
import { ArchiveRefused, entriesOf, isLink, PACKED } from './places/zipDirectory.ts';

/** Of the disk, for whatever else runs on it. */
const LEFT_FREE = 2 ** 29;

const LINK = 'This is a link, which is not unpacked.';
const NOT_WHOLE =
  'This was not unpacked: it is damaged in the archive, or its name is one that this machine cannot store or has twice.';

export interface UnpackOptions {
  signal: AbortSignal;
  /** In bytes, unpacked. */
  onProgress(done: number, total: number): void;
}

/**
 * Unpacks a zip archive into a folder of its own in `into`, which has its name once all is there; what was unpacked before
 * is not unpacked again. Names that begin with a dot are passed over; links and what cannot be read are left out, each
 * with its reason.
 * @throws CutpointError FILE_NOT_READABLE for what is no zip archive, would lead out of its folder, or is far larger
 *   unpacked than images are; DISK_FULL, WORKSPACE_NOT_WRITABLE, CANCELLED
 */
export async function unpackArchive(
  path: string,
  into: string,
  { signal, onProgress }: UnpackOptions,
): Promise<OutputOf<'data.unpack'>> {
  const file = placeOf(path);
  const archive = await yauzl.openPromise(file, { autoClose: false }).catch((cause: unknown) => {
    throw refused(`${basename(file)} cannot be opened as a zip archive.`, cause);
  });
  try {
    const entries = await directoryOf(archive, file);
    const problems = entries.flatMap((entry): FileProblem[] => {
      const message = isLink(entry) ? LINK : entry.canDecodeFileData() ? null : PACKED;
      return message === null ? [] : [{ file: entry.fileName, code: 'FILE_NOT_READABLE', message }];
    });
    const left = new Set(problems.map((problem) => problem.file));
    const wanted = entries.filter(({ fileName }) => !left.has(fileName));
    const folder = join(into, folderName(file, wanted));
    if (
      !(await stat(folder).then(
        (found) => found.isDirectory(),
        () => false,
      ))
    )
      // prettier-ignore
      await unpack(archive, wanted, folder, { signal, onProgress });
    const states = await statesOf(folder, wanted.map(({ fileName }) => fileName), signal); // prettier-ignore
    const isWhole = wanted.map(({ uncompressedSize }, at) => states[at]?.size === uncompressedSize);
    for (const [at, { fileName }] of wanted.entries())
      if (!isWhole[at]) problems.push({ file: fileName, code: 'FILE_NOT_READABLE', message: NOT_WHOLE });
    const whole = wanted.filter((_, at) => isWhole[at]);
    return { folder, files: whole.length, bytes: bytesOf(whole), problems };
  } finally {
    archive.close();
  }
}

const bytesOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);

/** Its files, without those that would be passed over. */
async function directoryOf(archive: ZipFile, file: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of entriesOf(archive)) {
      const names = entry.fileName.split('/');
      const isPassedOver = names.some((name) => /^\../.test(name) || name === '__MACOSX');
      if (!entry.fileName.endsWith('/') && !isPassedOver) entries.push(entry);
    }
  } catch (cause) {
    if (!(cause instanceof ArchiveRefused)) throw cause;
    throw cause.reason === 'large'
      ? refused(`${basename(file)} would be far larger unpacked than images are: it was not unpacked.`)
      : refused(`${basename(file)} is damaged, or holds files that would lead out of its folder: it was not unpacked.`, cause); // prettier-ignore
  }
  return entries;
}

/** The same for the same archive, wherever it lies. */
function folderName(file: string, entries: readonly Entry[]): string {
  const hash = createHash('sha256');
  for (const { fileName, uncompressedSize, crc32: sum } of entries)
    hash.update(`${JSON.stringify([fileName, uncompressedSize, sum])}\n`);
  const name = basename(file).replace(/\.zip$/i, '').replace(/[^\p{L}\p{N} ._-]/gu, '_').slice(0, 60); // prettier-ignore
  return `unpacked ${name} ${hash.digest('hex').slice(0, 8)}`;
}

async function unpack(
  archive: ZipFile,
  entries: readonly Entry[],
  folder: string,
  { signal, onProgress }: UnpackOptions,
): Promise<void> {
  const total = bytesOf(entries);
  const disk = await statfs(dirname(folder));
  if (disk.bavail * disk.bsize < total + LEFT_FREE)
    throw new CutpointError('DISK_FULL', 'There is not enough space in the workspace to unpack the archive.', {
      remedy: 'Free some space, or unpack it on a larger disk and choose the folder that comes out of it.',
    });
  const temporary = `${folder}.${randomUUID()}.part`;
  let done = 0;
  onProgress(0, total);
  try {
    await mkdir(temporary, { mode: 0o700 });
    for (const entry of entries) {
      signal.throwIfAborted();
      await unpackFile(archive, entry, join(temporary, entry.fileName), signal);
      onProgress((done += entry.uncompressedSize), total);
    }
    await rename(temporary, folder);
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true });
    if (signal.aborted) throw new CutpointError('CANCELLED', 'Unpacking was cancelled.', { cause: thrown });
    throw writeFailure(thrown, 'the unpacked archive');
  }
}

/** A file of which something is wrong is not left there. @throws what says that nothing can be written any more */
async function unpackFile(archive: ZipFile, entry: Entry, path: string, signal: AbortSignal): Promise<void> {
  let sum = 0;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(
      await archive.openReadStreamPromise(entry),
      async function* (source: AsyncIterable<Buffer>) {
        for await (const piece of source) {
          sum = crc32(piece, sum);
          yield piece;
        }
      },
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
      { signal },
    );
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return;
    await rm(path, { force: true }).catch(() => {});
    if (signal.aborted || ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS'].includes(code)) throw thrown;
    return;
  }
  if (sum !== entry.crc32) await rm(path, { force: true });
}

const refused = (message: string, cause?: unknown): CutpointError =>
  new CutpointError('FILE_NOT_READABLE', message, {
    remedy: 'Unpack it with another program, and choose the folder that comes out of it.',
    cause,
  });
