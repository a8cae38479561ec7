import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageUsage } from '../../contract/storage.ts';
import type { Workspace } from '../store/workspace.ts';
import { namesIn, nothing, plus, sizeOf, type Size } from './files.ts';

/** What lies in a workspace, by the name of its folder. */
export const PARTS: readonly { name: string; title: string }[] = [
  { name: 'database', title: 'results' },
  { name: 'checkpoints', title: 'networks of runs' },
  { name: 'sources', title: 'pretrained weights' },
  { name: 'cache', title: 'decoded images and activations' },
  { name: 'facts', title: 'what was read of images' },
  { name: 'dropped', title: 'copies of dropped folders and unpacked archives' },
  { name: 'downloads', title: 'downloaded files' },
  { name: 'backups', title: 'backups' },
  { name: 'exports', title: 'exported files' },
  { name: 'sample', title: 'sample data' },
  { name: 'logs', title: 'logs' },
  { name: 'window', title: 'files of the window' },
];
const OTHER = { name: 'other', title: 'other files' };

/** Bytes that are free where a folder lies; null where the system does not say. */
export async function freeDisk(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk && disk.bavail * disk.bsize;
}

/** How much the workspace takes, by what it is for, the largest first. */
export async function usage({ folder }: Workspace): Promise<StorageUsage> {
  const sizes = new Map<string, Size>();
  for (const name of await namesIn(folder)) {
    const part = name.startsWith('cutpoint.db') ? 'database' : (PARTS.find((each) => each.name === name) ?? OTHER).name;
    sizes.set(part, plus(sizes.get(part) ?? nothing, await sizeOf(join(folder, name))));
  }
  const parts = [...PARTS, OTHER].map((part) => ({ ...part, ...(sizes.get(part.name) ?? nothing) }));
  return {
    workspace: folder,
    freeDiskBytes: await freeDisk(folder),
    parts: parts.filter(({ files }) => files > 0).sort((a, b) => b.bytes - a.bytes),
  };
}
