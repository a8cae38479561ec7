import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { giveUsersMode, makeUsersFolder } from '../../userFiles.ts';

/** Something written beside its destination, which becomes visible there whole or not at all. */
export interface Staged {
  /** Where it lies until it is published. */
  path: string;
  /** Moves it to its destination, replacing what is there. Throws DISK_FULL or EXPORT_WRITE_FAILED. */
  publish(): Promise<void>;
  /** Removes it; the destination stays as it was. */
  discard(): Promise<void>;
}

/**
 * Writes a file beside `out`, on the same file system, and syncs it to disk. Folders on the way are made.
 * @throws CutpointError DISK_FULL, EXPORT_WRITE_FAILED; nothing is left behind then
 */
export function stageFile(out: string, bytes: Uint8Array): Promise<Staged> {
  return stage(out, (path) => writeSynced(path, bytes), rename);
}

/** The same for a folder of files. */
export function stageFolder(out: string, files: Iterable<readonly [name: string, bytes: Uint8Array]>): Promise<Staged> {
  const write = async (path: string) => {
    await mkdir(path);
    for (const [name, bytes] of files) await writeSynced(join(path, name), bytes);
  };
  return stage(out, write, replaceFolder);
}

async function stage(
  out: string,
  write: (path: string) => Promise<void>,
  replace: (path: string, target: string) => Promise<void>,
): Promise<Staged> {
  const target = resolve(out);
  const path = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.partial`);
  const discard = () => rm(path, { recursive: true, force: true });
  const guarded = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      // What cannot be removed must not hide why the write failed.
      await discard().catch(() => undefined);
      throw writeError(thrown, out);
    }
  };
  await guarded(() => makeUsersFolder(dirname(target)));
  // A folder that may be written to but not listed is fine.
  await removeUnfinished(target).catch(() => undefined);
  await guarded(async () => {
    await write(path);
    await giveUsersMode(path);
  });
  return { path, discard, publish: () => guarded(() => replace(path, target)) };
}

/** What an engine killed while it wrote to the same place left beside it. */
async function removeUnfinished(target: string): Promise<void> {
  const folder = dirname(target);
  for (const name of await readdir(folder)) {
    const random = name.startsWith(`.${basename(target)}.`) && name.slice(basename(target).length + 2);
    if (random && /^[0-9a-f]{8}\.partial$/.test(random)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** A folder cannot be renamed onto a full one: that one steps aside first, and comes back if the second step fails. */
async function replaceFolder(path: string, target: string): Promise<void> {
  if (!existsSync(target)) return rename(path, target);
  const former = `${path}.former`;
  await rename(target, former);
  try {
    await rename(path, target);
  } catch (thrown) {
    await rename(former, target);
    throw thrown;
  }
  await rm(former, { recursive: true, force: true });
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The user's error behind a failed write; what the file system did not say is passed on as it is. */
function writeError(thrown: unknown, out: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
  if (code === undefined || thrown instanceof CutpointError) return thrown;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CutpointError('DISK_FULL', `The disk is full: nothing could be written to '${out}'.`, {
      remedy: 'Free some space, or write to another disk. Nothing was left behind.',
      cause: thrown,
    });
  }
  return new CutpointError('EXPORT_WRITE_FAILED', `Nothing could be written to '${out}' (${code}).`, {
    remedy: 'Choose a folder in which you may create files.',
    cause: thrown,
  });
}
