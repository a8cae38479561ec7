import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CutpointError } from '../../../contract/errors.ts';
import { giveUsersMode, makeUsersFolder } from '../../../userFiles.ts';

/** Files that operating systems leave in folders by themselves. */
const DEBRIS = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * Names of the files in `folder` and below, relative with forward slashes; none where it does not exist.
 * Throws FOLDER_NOT_EMPTY where one is not in `expected`, FOLDER_NOT_WRITABLE where it cannot be listed.
 */
export async function findFiles(folder: string, expected: ReadonlySet<string>): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    if (errorCode(cause) === 'ENOENT') return [];
    throw folderError(cause, folder);
  });
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory() || DEBRIS.has(entry.name)) continue;
    const name = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (!expected.has(name)) throw notEmpty(folder, name);
    names.push(name);
  }
  return names;
}

/**
 * Those of `files` that `folder` does not hold. A file of which only the beginning is there was interrupted while it
 * was written, and counts as missing. Throws FOLDER_NOT_EMPTY where one of `found` has another content,
 * FOLDER_NOT_WRITABLE where it cannot be read.
 */
export async function missingFiles(
  folder: string,
  found: readonly string[],
  files: ReadonlyMap<string, Buffer>,
): Promise<Map<string, Buffer>> {
  const missing = new Map(files);
  for (const name of found) {
    const expected = files.get(name)!;
    const present = await readFile(join(folder, name)).catch((cause: unknown) => {
      throw folderError(cause, folder);
    });
    if (!present.equals(expected.subarray(0, present.length))) throw notEmpty(folder, name);
    if (present.length === expected.length) missing.delete(name);
  }
  return missing;
}

/** Throws FOLDER_NOT_WRITABLE, DISK_FULL; files written before stay, so that a second attempt completes them. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  try {
    for (const [name, bytes] of files) {
      const path = join(folder, name);
      await makeUsersFolder(dirname(path));
      await writeFile(path, bytes);
      await giveUsersMode(path);
    }
  } catch (cause) {
    throw folderError(cause, folder);
  }
}

function notEmpty(folder: string, name: string): CutpointError {
  return new CutpointError('FOLDER_NOT_EMPTY', `The folder '${folder}' holds other files, for example '${name}'.`, {
    remedy: 'Choose an empty folder, or one that does not exist yet, for the sample data.',
  });
}

function folderError(cause: unknown, folder: string): unknown {
  const code = errorCode(cause);
  const options = { remedy: 'Choose a folder in which you may create files.', cause };
  switch (code) {
    case undefined:
      return cause;
    case 'ENOSPC':
    case 'EDQUOT':
      return new CutpointError('DISK_FULL', `The disk is full: the sample data do not fit into '${folder}'.`, {
        remedy: 'Free 5 MB, or choose a folder on another disk.',
        cause,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new CutpointError('FOLDER_NOT_WRITABLE', `'${folder}' is a file or lies in one, not a folder.`, options);
    default:
      return new CutpointError(
        'FOLDER_NOT_WRITABLE',
        `The sample data cannot be kept in '${folder}' (${code}).`,
        options,
      );
  }
}

function errorCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}
