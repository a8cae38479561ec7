import { join } from 'node:path';
import type { MovedFolders } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { Dataset } from '../data/types.ts';
import { digestAt } from '../data/places/contents.ts';
import { requireFolder } from '../data/walk.ts';
import type { Write } from '../store/store.ts';
import type { Workspace } from '../store/workspace.ts';
import { placeOf } from '../../userPath.ts';

/**
 * Notes that the images of a run or a comparison, or those of its test folder, lie in another folder now, once every
 * one of them has been found there with the contents it had. All that reads them, of this and of others on the same
 * data, reads them there.
 * @returns the folders that were noted
 * @throws CutpointError FOLDER_NOT_FOUND, DATA_DIFFERS (nothing is noted then), RUN_STATE or COMPARISON_STATE without
 *   such data
 */
export async function moveData(
  { store, commit }: Workspace,
  { of, data, test }: ParsedInputOf<'data.move'>,
  { signal, progress }: CallContext<'data.move'>,
): Promise<MovedFolders> {
  const [what, stored] =
    'run' in of
      ? ([`run ${of.run}`, store.runs.datasets(of.run)] as const)
      : ([`comparison ${of.comparison}`, store.comparisons.datasets(of.comparison)] as const);
  const state = 'run' in of ? 'RUN_STATE' : 'COMPARISON_STATE';
  if (stored.dataset === null) throw new CutpointError(state, `The ${what} has no data yet.`);
  if (test !== undefined && stored.test === null) {
    throw new CutpointError(state, `The ${what} has no test folder of its own.`, {
      remedy: 'Name the folder of its images alone: its test images are among them.',
    });
  }
  const moves = [
    ...(data === undefined ? [] : [{ dataset: stored.dataset, folder: placeOf(data) }]),
    ...(test === undefined ? [] : [{ dataset: stored.test!, folder: placeOf(test) }]),
  ];
  for (const { dataset, folder } of moves) await requireSame(store.datasets.load(dataset), folder, signal, progress);
  await commit(...moves.map(({ dataset, folder }): Write => ['datasets', 'move', dataset, folder]));
  return { ...(data !== undefined && { data: placeOf(data) }), ...(test !== undefined && { test: placeOf(test) }) };
}

async function requireSame(
  { images, selection }: Dataset,
  folder: string,
  signal: AbortSignal,
  progress: CallContext<'data.move'>['progress'],
): Promise<void> {
  await requireFolder(folder);
  const differing: string[] = [];
  for (const [done, { file, sha256 }] of images.entries()) {
    signal.throwIfAborted();
    const there = await digestAt(join(folder, file), signal).catch(() => undefined);
    if (there !== sha256) differing.push(file);
    progress({ done: done + 1, total: images.length });
  }
  if (differing.length === 0) return;
  throw new CutpointError(
    'DATA_DIFFERS',
    `${differing.length} of the ${images.length} images are missing in ${folder} or are not what they were: ${differing[0]}${differing.length > 1 ? ', …' : ''}`,
    {
      remedy: `Name the folder to which ${selection.folder} was moved, with all files in it unchanged. With other images, start again from the beginning.`,
      details: { differing: differing.slice(0, 20) },
    },
  );
}
