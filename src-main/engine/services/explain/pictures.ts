import { join } from 'node:path';
import type { Model } from '../../../backbone/model.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { appliedTo, type AppliedScale } from '../../../contract/greyScale.ts';
import type { ExplainedPicture } from '../../../contract/explain.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { WorkerPool } from '../../data/pool.ts';
import { resample } from '../../data/prepare.ts';
import type { ReadLevels } from '../../data/tasks.ts';
import type { Workspace } from '../../store/workspace.ts';
import { indicesOf } from '../../cohort/prepared.ts';
import { preprocess, toTensor } from '../../network/batch.ts';
import { pathOf } from '../../../userPath.ts';

/**
 * Index of the class to explain; null: whichever is predicted.
 * @throws CutpointError INPUT_INVALID, with the valid names in `details.valid`
 */
export function targetOf({ classes, id }: RunSummary, name: string | undefined): number | null {
  if (name === undefined) return null;
  const index = classes.indexOf(name);
  if (index >= 0) return index;
  throw new CutpointError('INPUT_INVALID', `The run ${id} knows no class named '${name}'.`, {
    remedy: `Choose one of: ${classes.join(', ')}.`,
    details: { valid: [...classes] },
  });
}

/**
 * Where the images lie.
 * @throws CutpointError INPUT_INVALID for an index that the run's split does not have
 */
export function pathsOf(workspace: Workspace, run: RunSummary, pictures: readonly ExplainedPicture[]): string[] {
  const files = new Map<string, string[]>();
  return pictures.map((picture) => {
    if ('file' in picture) return pathOf(picture.file);
    const { split, index } = picture;
    if (!files.has(split)) files.set(split, filesOf(workspace, run, split));
    const own = files.get(split)!;
    if (index < own.length) return own[index]!;
    throw new CutpointError('INPUT_INVALID', `The run ${run.id} has ${own.length} ${split} images; there is no image ${index}.`, {
      remedy: own.length === 0 ? 'Name files instead.' : `Choose an index from 0 to ${own.length - 1}.`,
    }); // prettier-ignore
  });
}

function filesOf({ store }: Workspace, run: RunSummary, split: 'validation' | 'test'): string[] {
  const { dataset, test } = store.runs.datasets(run.id);
  if (dataset === null) return [];
  const images = store.datasets.load(split === 'test' && test !== null ? test : dataset);
  const indices =
    split === 'test' && test !== null
      ? images.images.map((_, index) => index)
      : indicesOf(images, store.splits.load(run.id), split);
  return indices.map((index) => join(images.selection.folder, images.images[index]!.file));
}

/** An image read, and as the network takes it: [1, size, size, channels], to be disposed of by whoever gets it. */
export interface OpenedPicture extends ReadLevels {
  input(): ReturnType<typeof preprocess>;
}

/** Kept: a reader thread takes longer to start than an image to be explained. Idle, it holds nothing up. */
let pool: WorkerPool | undefined;

/** An image in its own pixels, read in a thread. Throws as `readImage` does. */
export async function readLevels(path: string, scale?: AppliedScale): Promise<ReadLevels> {
  pool ??= new WorkerPool({ size: 1 });
  return pool.run('levels', { path, scale });
}

/**
 * Reads images and hands each to `done`, in order, while the next is being read; one that cannot be read is handed over
 * as its error. Throws what `done` throws, and the signal's reason.
 */
export async function readPictures(
  paths: readonly string[],
  { plan }: RunSummary,
  { input, preprocessing }: Pick<Model, 'input' | 'preprocessing'>,
  options: { signal: AbortSignal; done(index: number, picture: OpenedPicture | CutpointError): Promise<void> },
): Promise<void> {
  const size = input.width;
  const scale = appliedTo(plan.data);
  const read = (path: string | undefined): Promise<ReadLevels | CutpointError> | undefined =>
    path === undefined ? undefined : readLevels(path, scale).catch((error: CutpointError) => error);
  let next = read(paths[0]);
  for (let index = 0; index < paths.length; index++) {
    options.signal.throwIfAborted();
    const outcome = await next!;
    next = read(paths[index + 1]);
    if (outcome instanceof CutpointError) {
      if (outcome.kind !== 'user') throw outcome;
      await options.done(index, outcome);
      continue;
    }
    const pixels = resample(outcome.levels, { size, fit: plan.fit });
    const tensor = () => preprocess(toTensor(pixels, 1, size), preprocessing);
    await options.done(index, { ...outcome, input: tensor });
  }
}
