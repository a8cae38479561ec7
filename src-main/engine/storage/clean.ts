import { join, resolve } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { ParsedInputOf } from '../../contract/index.ts';
import type { Cleaning, StoragePart } from '../../contract/storage.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { isWithin, namesIn, nothing, plus, removePath, sizeOf, writtenAt, type Size } from './files.ts';
import { PARTS } from './usage.ts';

/** What has been written since this engine started may be in use: another part of it is writing, or was asked to. */
const STARTED = performance.timeOrigin;

/** What is made again by whoever misses it, so that even what is new may go. */
const REMADE: ReadonlySet<string> = new Set(['cache', 'facts']);

/** A file or folder that may go, or the reason why it stays. */
interface Candidate {
  part: string;
  name: string;
  path: string;
  keep?: string;
}

/**
 * See `storage.clean` of the contract. `audited` are folders that were looked at since the engine started.
 * @throws CutpointError INPUT_INVALID where something that is named is not there
 */
export async function clean(
  workspace: OwnWorkspace,
  { dryRun, dropped, only }: ParsedInputOf<'storage.clean'>,
  { idle, audited, held }: { idle: boolean; audited: ReadonlySet<string>; held: ReadonlySet<string> },
): Promise<Cleaning> {
  const removed = new Map<string, Size>();
  const kept = new Map<string, StoragePart & { why: string }>();
  const all = await candidates(workspace, { withDropped: dropped, audited, held });
  for (const { part, path, keep } of only ? chosen(all, only) : all) {
    if (keep === undefined) {
      const size = dryRun ? await sizeOf(path) : await removePath(path);
      removed.set(part, plus(removed.get(part) ?? nothing, size));
      continue;
    }
    const before = kept.get(part + keep) ?? nothing;
    kept.set(part + keep, { name: part, title: titleOf(part), why: keep, ...plus(before, await sizeOf(path)) });
  }
  if (idle && !only) {
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

function chosen(all: readonly Candidate[], only: readonly { part: string; name: string }[]): Candidate[] {
  return only.map(({ part, name }) => {
    const found = all.find((each) => each.part === part && each.name === name);
    if (found) return found;
    throw new CutpointError('INPUT_INVALID', `There is no ‘${name}’ among the ${titleOf(part)}.`, {
      remedy: 'Nothing was removed. `cutpoint clean --dry-run` lists what there is.',
    });
  });
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
      found.push({ part, name, path, ...(keep === undefined ? {} : { keep }) });
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

const titleOf = (name: string): string => PARTS.find((part) => part.name === name)?.title ?? name;
