import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { tablePath } from './labels.ts';
import { compare, walkFolder } from './walk.ts';
import { pathOf } from '../../userPath.ts';

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
    const path = 'path' in thing ? pathOf(thing.path) : tablePath(pathOf(thing.folder), thing.table);
    for (const line of await linesOf(path, signal)) hash.update(`${line}\n`);
  }
  return hash.digest('hex');
}

async function linesOf(path: string, signal?: AbortSignal): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return [line(path, found)];
  try {
    const { files, tables, problems } = await walkFolder(path, signal);
    const names = [...files, ...tables].sort(compare);
    const lines: string[] = [];
    for (let start = 0; start < names.length; start += TOGETHER) {
      signal?.throwIfAborted();
      const some = names.slice(start, start + TOGETHER);
      const stats = await Promise.all(some.map((name) => stat(join(path, name)).catch(() => null)));
      lines.push(...some.map((name, at) => line(name, stats[at]!)));
    }
    return [path, ...lines, ...problems.map(({ file, code }) => `${JSON.stringify(file)} ${code}`)];
  } catch (thrown) {
    const { kind, code } = CutpointError.from(thrown);
    if (kind !== 'user') throw thrown;
    return [`${JSON.stringify(path)} ${code}`];
  }
}

/** Files asked for at the same time. */
const TOGETHER = 64;

type Facts = { size: number; mtimeMs: number; ctimeMs: number; ino: number };

/** The time of the last change of a file's entry cannot be set back, as that of its contents can. */
const line = (name: string, facts: Facts | null): string =>
  JSON.stringify(facts ? [name, facts.size, facts.mtimeMs, facts.ctimeMs, facts.ino] : [name, 'missing']);
