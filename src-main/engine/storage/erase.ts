import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { Erasure } from '../../contract/storage.ts';
import { lockWorkspace } from '../store/lock.ts';
import { namesIn, nothing, plus, removePath, sizeOf, type Size } from './files.ts';
import { PARTS, partOf } from './usage.ts';

/** What says who has a workspace open, of the engine and of those that work for it, and where it is spoken to. */
const LOCKS = /\.(lock(-journal)?|pid|sock)$/;

/** What a shell has open for as long as its window is there: files of its own, which hold nothing of a study. */
const OF_WINDOWS: readonly string[] = ['window', 'serve'];

/**
 * Removes a workspace that nothing has open, with all results, networks, weights, copies, backups and the log; images and
 * files that were exported to other folders stay. No engine is needed: what is damaged goes too.
 * @throws CutpointError FOLDER_NOT_FOUND where the folder is no workspace, WORKSPACE_LOCKED while an engine works on it
 */
export async function eraseWorkspace(folder: string, { dryRun }: { dryRun: boolean }): Promise<Erasure> {
  const workspace = resolve(folder);
  if (!existsSync(join(workspace, 'cutpoint.db')))
    throw new CutpointError('FOLDER_NOT_FOUND', `The folder ${workspace} is not a workspace of Cutpoint.`, {
      remedy: 'Nothing was removed. Name the workspace with --workspace.',
    });
  const lock = lockWorkspace(workspace);
  const erasure = await eraseParts(workspace, { dryRun }).finally(() => lock.release());
  if (!dryRun) {
    for (const name of await namesIn(workspace)) if (LOCKS.test(name)) await removePath(join(workspace, name));
    // Stays where something of somebody else's is in it.
    await rmdir(workspace).catch(() => undefined);
  }
  return erasure;
}

/**
 * Removes what a workspace holds, and leaves the folder to the engine that begins anew in it and to its window. The caller
 * has the workspace to itself.
 */
export const emptyWorkspace = (folder: string, { dryRun }: { dryRun: boolean }): Promise<Erasure> =>
  eraseParts(resolve(folder), { dryRun, open: OF_WINDOWS });

/** @param open parts that stay, since they are in use */
async function eraseParts(
  workspace: string,
  { dryRun, open = [] }: { dryRun: boolean; open?: readonly string[] },
): Promise<Erasure> {
  const sizes = new Map<string, Size>();
  const left: string[] = [];
  // The database first: a kill from here on leaves files that `clean` finds, and no row that misses its files.
  const names = (await namesIn(workspace)).sort((a, b) => Number(isStore(b)) - Number(isStore(a)));
  for (const name of names) {
    const part = partOf(name);
    if (part !== undefined && open.includes(part)) continue;
    if (part === undefined) {
      if (!LOCKS.test(name)) left.push(name);
      continue;
    }
    const path = join(workspace, name);
    sizes.set(part, plus(sizes.get(part) ?? nothing, dryRun ? await sizeOf(path) : await removePath(path)));
  }
  const removed = PARTS.flatMap((part) => {
    const size = sizes.get(part.name);
    return size && size.files > 0 ? [{ ...part, ...size }] : [];
  });
  return { workspace, dryRun, removed, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0), left };
}

const isStore = (name: string): boolean => partOf(name) === 'database';
