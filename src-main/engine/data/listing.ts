import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { tablePath } from './labels.ts';
import { type FileState, stateLine } from './places/fileState.ts';
import { isIndex, stateAt } from './places/place.ts';
import { compare, walkFolder } from './walk.ts';
import { placeOf } from '../../userPath.ts';

/** A file or a folder, or a table that may lie in the folder that it describes. */
export type OnDisk = { path: string } | { table: string; folder: string };

/**
 * SHA-256 over names, sizes and times of files, those below a folder included, which are not read. The same digest: nothing
 * was changed. What is not there, or cannot be looked into, is part of it as such.
 * @throws CutpointError CANCELLED
 */
export async function listingDigest(things: readonly OnDisk[], signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (const thing of things) {
    const path = 'path' in thing ? placeOf(thing.path) : tablePath(placeOf(thing.folder), thing.table);
    for (const line of await linesOf(path, signal)) hash.update(`${line}\n`);
  }
  return hash.digest('hex');
}

async function linesOf(path: string, signal?: AbortSignal): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  const isIndexed = found?.isFile() === true && isIndex(basename(path));
  if (!found?.isDirectory() && !isIndexed) return [line(path, found)];
  try {
    const { files, tables, problems } = await walkFolder(path, signal);
    const names = [...files, ...tables].sort(compare);
    const lines = (await statesOf(path, names, signal)).map((facts, at) => line(names[at]!, facts));
    return [
      isIndexed ? line(path, found) : path,
      ...lines,
      ...problems.map(({ file, code }) => `${JSON.stringify(file)} ${code}`),
    ];
  } catch (thrown) {
    const { kind, code } = CutpointError.from(thrown);
    if (kind !== 'user') throw thrown;
    return [`${JSON.stringify(path)} ${code}`];
  }
}

/** Files asked for at the same time. */
const TOGETHER = 64;

/** What the disk says of files of a folder, in their order; null of one that is not there. */
export async function statesOf(
  folder: string,
  files: readonly string[],
  signal?: AbortSignal,
): Promise<(FileState | null)[]> {
  const states: (FileState | null)[] = [];
  for (let start = 0; start < files.length; start += TOGETHER) {
    signal?.throwIfAborted();
    const some = files.slice(start, start + TOGETHER);
    states.push(...(await Promise.all(some.map((name) => stateAt(join(folder, name))))));
  }
  return states;
}

const line = (name: string, state: FileState | null): string =>
  JSON.stringify([name, state ? stateLine(state) : 'missing']);
