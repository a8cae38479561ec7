import type { Model } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import { appliedTo, type AppliedScale } from '../../contract/greyScale.ts';
import type { RunSummary } from '../../contract/run.ts';
import { WorkerPool } from '../data/pool.ts';
import { resample } from '../data/prepare.ts';
import type { ReadLevels } from '../data/tasks.ts';
import { preprocess, toTensor } from '../network/batch.ts';

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
