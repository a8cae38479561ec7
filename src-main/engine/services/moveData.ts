import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Dataset } from '../data/types.ts';
import { digest } from '../digest.ts';
import type { Workspace } from '../store/workspace.ts';
import { pathOf } from '../../userPath.ts';

/**
 * Notes that the images of a run, or those of its test set, lie in another folder now, once every one of them has been
 * found there with the contents it had. All that reads them, of this run and of others on the same data, reads them there.
 * @throws CutpointError FOLDER_NOT_FOUND, DATA_DIFFERS (nothing is noted then), RUN_STATE
 */
export async function moveData(
  { store }: Workspace,
  { id, data, test }: ParsedInputOf<'run.move'>,
  { signal, progress }: CallContext<'run.move'>,
): Promise<RunSummary> {
  const ids = store.runs.datasets(id);
  if (ids.dataset === null) throw new CutpointError('RUN_STATE', `The run ${id} has no data yet.`);
  if (test !== undefined && ids.test === null) {
    throw new CutpointError('RUN_STATE', `The run ${id} has no test folder of its own.`, {
      remedy: 'Name the folder of its images alone: its test images are among them.',
    });
  }
  const moves = [
    ...(data === undefined ? [] : [{ dataset: ids.dataset, folder: pathOf(data) }]),
    ...(test === undefined ? [] : [{ dataset: ids.test!, folder: pathOf(test) }]),
  ];
  for (const { dataset, folder } of moves) await requireSame(store.datasets.load(dataset), folder, signal, progress);
  store.atomically(() => {
    for (const { dataset, folder } of moves) store.datasets.move(dataset, folder);
  });
  return store.runs.get(id);
}

async function requireSame(
  { images, selection }: Dataset,
  folder: string,
  signal: AbortSignal,
  progress: CallContext<'run.move'>['progress'],
): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new CutpointError('FOLDER_NOT_FOUND', `The folder ${folder} does not exist.`, {
      remedy: 'Check the path; a network or removable drive may not be connected.',
    });
  }
  const differing: string[] = [];
  for (const [done, { file, sha256 }] of images.entries()) {
    signal.throwIfAborted();
    const there = await digest([join(folder, file)], signal).catch(() => undefined);
    if (there?.sha256 !== sha256) differing.push(file);
    progress({ done: done + 1, total: images.length });
  }
  if (differing.length === 0) return;
  throw new CutpointError(
    'DATA_DIFFERS',
    `${differing.length} of the ${images.length} images are missing in ${folder} or are not what they were: ${differing[0]}${differing.length > 1 ? ', …' : ''}`,
    {
      remedy: `Name the folder to which ${selection.folder} was moved, with all files in it unchanged. With other images, start a new run.`,
      details: { differing: differing.slice(0, 20) },
    },
  );
}
