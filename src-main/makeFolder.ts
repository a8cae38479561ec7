import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with those on the way to it, and answers with the first that was made. Unlike Node's recursive `mkdir`,
 * it ends where making a folder answers ENOENT although its parent is there (`/proc`, some network shares): Node tries
 * again without end, and blocks a thread.
 * @throws what the file system answers; EEXIST where a file stands in the way
 */
export function makeFolder(path: string, mode = 0o777): string | undefined {
  const missing: string[] = [];
  let at = resolve(path);
  for (; !exists(at); at = dirname(at)) missing.unshift(at);
  if (missing.length === 0 && !statSync(at).isDirectory()) throw taken(at);
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      // Somebody else made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(folder)) throw error;
    }
  }
  return missing[0];
}

/** A link that leads nowhere is not there; what stands behind a file is an error of the file system. */
function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined || path === dirname(path);
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const taken = (path: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`EEXIST: file already exists, mkdir '${path}'`), { code: 'EEXIST' });
