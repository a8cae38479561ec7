import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { StoragePart } from '../../contract/storage.ts';
import { lockWorkspace } from '../store/lock.ts';
import { namesIn, nothing, plus, removePath, sizeOf, type Size } from './files.ts';
import { PARTS, partOf } from './usage.ts';

export interface Erasure {
  workspace: string;
  /** Nothing was removed: this is what would be. */
  dryRun: boolean;
  removed: StoragePart[];
  bytes: number;
  /** Names of what lies in the folder and is none of Cutpoint's: it stays, and the folder with it. */
  left: string[];
}

/** What says who has a workspace open, of the engine and of those that work for it, and where it is spoken to. */
const LOCKS = /\.(lock(-journal)?|pid|sock)$/;

/**
 * Removes a workspace, with all results, networks, weights, copies, backups and the log; images and files that were exported
 * to other folders stay. No engine is needed: what is damaged goes too.
 * @throws CutpointError FOLDER_NOT_FOUND where the folder is no workspace, WORKSPACE_LOCKED while an engine works on it
 */
export async function eraseWorkspace(folder: string, { dryRun }: { dryRun: boolean }): Promise<Erasure> {
  const workspace = resolve(folder);
  if (!existsSync(join(workspace, 'cutpoint.db')))
    throw new CutpointError('FOLDER_NOT_FOUND', `The folder ${workspace} is not a workspace of Cutpoint.`, {
      remedy: 'Nothing was removed. Name the workspace with --workspace.',
    });
  const lock = lockWorkspace(workspace);
  const sizes = new Map<string, Size>();
  const left: string[] = [];
  try {
    for (const name of await namesIn(workspace)) {
      const part = partOf(name);
      if (part === undefined) {
        if (!LOCKS.test(name)) left.push(name);
        continue;
      }
      const path = join(workspace, name);
      sizes.set(part, plus(sizes.get(part) ?? nothing, dryRun ? await sizeOf(path) : await removePath(path)));
    }
  } finally {
    lock.release();
  }
  if (!dryRun) {
    for (const name of await namesIn(workspace)) if (LOCKS.test(name)) await removePath(join(workspace, name));
    // Stays where something of somebody else's is in it.
    await rmdir(workspace).catch(() => undefined);
  }
  const removed = PARTS.flatMap((part) => {
    const size = sizes.get(part.name);
    return size && size.files > 0 ? [{ ...part, ...size }] : [];
  });
  return { workspace, dryRun, removed, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0), left };
}
