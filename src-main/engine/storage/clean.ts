import { join, resolve, sep } from 'node:path';
import type { Cleaning, StoragePart } from '../../contract/storage.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { namesIn, nothing, plus, removePath, sizeOf, writtenAt, type Size } from './files.ts';
import { PARTS } from './usage.ts';

/** What has been written since this engine started may be in use: another part of it is writing, or was asked to. */
const STARTED = performance.timeOrigin;

/** What is made again by whoever misses it, so that even what is new may go. */
const REMADE: ReadonlySet<string> = new Set(['cache', 'facts']);

/** A file or folder that may go, or the reason why it stays. */
interface Candidate {
  part: string;
  path: string;
  keep?: string;
}

/** See `storage.clean` of the contract. `audited` are folders that were looked at since the engine started. */
export async function clean(
  workspace: OwnWorkspace,
  { dryRun, dropped }: { dryRun: boolean; dropped: boolean },
  { idle, audited, held }: { idle: boolean; audited: ReadonlySet<string>; held: ReadonlySet<string> },
): Promise<Cleaning> {
  const removed = new Map<string, Size>();
  const kept = new Map<string, StoragePart & { why: string }>();
  for (const { part, path, keep } of await candidates(workspace, { withDropped: dropped, audited, held })) {
    if (keep === undefined) {
      const size = dryRun ? await sizeOf(path) : await removePath(path);
      removed.set(part, plus(removed.get(part) ?? nothing, size));
      continue;
    }
    const before = kept.get(part + keep) ?? nothing;
    kept.set(part + keep, { name: part, title: titleOf(part), why: keep, ...plus(before, await sizeOf(path)) });
  }
  if (idle) {
    const bytes = dryRun ? workspace.store.storage.compactable() : workspace.store.storage.compact();
    if (bytes > 0) removed.set('database', { files: 0, bytes });
  }
  const parts = [...removed].map(([name, size]) => ({ name, title: titleOf(name), ...size }));
  return {
    dryRun,
    removed: parts.filter(({ files, bytes }) => files + bytes > 0),
    freedBytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    kept: [...kept.values()],
  };
}

async function candidates(
  { paths, store }: OwnWorkspace,
  { withDropped, audited, held }: { withDropped: boolean; audited: ReadonlySet<string>; held: ReadonlySet<string> },
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const inFolder = async (
    part: keyof typeof paths,
    judge: (name: string, path: string) => string | undefined | false,
  ) => {
    for (const name of await namesIn(paths[part])) {
      const path = join(paths[part], name);
      let keep = judge(name, path);
      if (keep === false) continue;
      if (keep === undefined && !REMADE.has(part) && (await writtenAt(path)) > STARTED)
        keep = 'written since the engine started';
      found.push({ part, path, ...(keep === undefined ? {} : { keep }) });
    }
  };
  await inFolder('cache', (_, path) => (held.has(path) ? 'a run that is training reads it' : undefined));
  await inFolder('facts', () => undefined);
  await inFolder('downloads', () => undefined);
  const runs = new Set(store.storage.ids('runs'));
  await inFolder('checkpoints', (name) => (runs.has(name) ? false : undefined));
  const weights = new Set(store.storage.ids('sources').map((name) => store.storage.weightsFile(name)));
  await inFolder('sources', (name) => (weights.has(name) ? false : undefined));
  const folders = store.storage.datasets().map(({ folder }) => resolve(folder));
  await inFolder('dropped', (_, path) => {
    if ([...audited].some((folder) => isWithin(folder, path))) return 'it is open';
    if (!withDropped && folders.some((folder) => isWithin(folder, path))) return 'runs were trained on it';
    return undefined;
  });
  return found;
}

export const isWithin = (path: string, folder: string): boolean =>
  resolve(path) === folder || resolve(path).startsWith(folder + sep);

const titleOf = (name: string): string => PARTS.find((part) => part.name === name)?.title ?? name;
