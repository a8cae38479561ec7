import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { itemPart, type StorageItem, type StorageUsage } from '../../contract/storage.ts';
import type { Workspace } from '../store/workspace.ts';
import { isWithin, namesIn, nothing, plus, sizeOf, writtenAt, type Size } from './files.ts';

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
  { name: 'serve', title: 'what windows in a browser are let in by' },
];
const OTHER = { name: 'other', title: 'other files' };

/** Bytes that are free where a folder lies; null where the system does not say. */
export async function freeDisk(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk && disk.bavail * disk.bsize;
}

/** How much the workspace takes, by what it is for, the largest first. */
export async function usage(workspace: Workspace): Promise<StorageUsage> {
  const { folder } = workspace;
  const sizes = new Map<string, Size>();
  for (const name of await namesIn(folder)) {
    const part = partOf(name) ?? OTHER.name;
    sizes.set(part, plus(sizes.get(part) ?? nothing, await sizeOf(join(folder, name))));
  }
  const parts = [...PARTS, OTHER].map((part) => ({ ...part, ...(sizes.get(part.name) ?? nothing) }));
  return {
    workspace: folder,
    freeDiskBytes: await freeDisk(folder),
    parts: parts.filter(({ files }) => files > 0).sort((a, b) => b.bytes - a.bytes),
    items: await items(workspace),
  };
}

/** The part that a name in the workspace belongs to; undefined: it is none of Cutpoint's. */
export const partOf = (name: string): string | undefined =>
  name.startsWith('cutpoint.db') ? 'database' : PARTS.find((part) => part.name === name)?.name;

/** What can go one by one, the largest first. */
async function items({ paths, store: { storage } }: Workspace): Promise<StorageItem[]> {
  const datasets = storage.datasets();
  const found: StorageItem[] = [];
  for (const part of itemPart.options)
    for (const name of await namesIn(paths[part])) {
      const path = join(paths[part], name);
      const on = datasets.filter(({ folder }) => isWithin(folder, path));
      const needed = on.reduce((sum, { runs }) => sum + runs, 0);
      const at = new Date(await writtenAt(path)).toISOString();
      found.push({ part, name, ...(await sizeOf(path)), at, needed: part === 'cache' ? null : needed });
    }
  return found.sort((a, b) => b.bytes - a.bytes);
}
