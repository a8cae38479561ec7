import { existsSync } from 'node:fs';
import { readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { giveUsersMode, makeUsersFolder } from '../../userFiles.ts';

/**
 * A new or empty folder to write results to.
 * @throws CutpointError FOLDER_NOT_EMPTY, FOLDER_NOT_WRITABLE
 */
async function emptyFolder(folder: string): Promise<void> {
  const names = await guarded(folder, async () => {
    await makeUsersFolder(folder);
    return readdir(folder);
  });
  if (names.length === 0) return;
  throw new CutpointError('FOLDER_NOT_EMPTY', `The folder '${folder}' is not empty.`, {
    remedy: 'Name a new folder with --out: nothing is overwritten.',
  });
}

/**
 * Does work that writes to a new or empty folder. Where it fails before anything is written, the folder goes again if it
 * was made for it.
 * @throws CutpointError as {@link emptyFolder} does, and what the work throws
 */
export async function intoFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const isNew = !existsSync(folder);
  await emptyFolder(folder);
  try {
    return await work();
  } catch (thrown) {
    // One that holds something stays.
    if (isNew) await rmdir(folder).catch(() => {});
    throw thrown;
  }
}

/** @throws CutpointError FOLDER_NOT_WRITABLE, DISK_FULL */
export async function write(folder: string, name: string, content: Uint8Array | string): Promise<void> {
  await guarded(folder, async () => {
    const path = join(folder, name);
    await writeFile(path, content);
    await giveUsersMode(path);
  });
}

async function guarded<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw full
      ? new CutpointError('DISK_FULL', 'The disk is full.', { remedy: 'Free some space, then do it again.', cause })
      : new CutpointError('FOLDER_NOT_WRITABLE', `Nothing can be written to '${folder}'.`, {
          remedy: 'Choose another folder with --out.',
          cause,
        });
  }
}
