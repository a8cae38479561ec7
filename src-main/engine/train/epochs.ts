import { join } from 'node:path';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import type { Network } from '../execute/run.ts';
import type { StoredEpoch } from '../store/queries/epochs.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';
import type { Workspace } from '../store/workspace.ts';
import { initialWeights } from '../transfer/initialWeights.ts';
import { pruneCheckpoints, readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { EpochResult } from './loop.ts';
import type { Architecture } from './model.ts';
import { firstProgress } from './schedule.ts';

export const checkpointFolder = (workspace: Workspace, run: string): string => join(workspace.paths.checkpoints, run);

/**
 * The last finished epoch of a run, or its first weights. Where the last checkpoint is lost, the epochs after the best
 * one, whose checkpoint is kept too, are trained again: the same numbers follow.
 */
export async function startOf(
  run: RunSummary,
  architecture: Architecture,
  { workspace, emit }: { workspace: Workspace; emit(event: RunEvent): void },
): Promise<Checkpoint> {
  const { epochs } = workspace.store;
  const read = ({ checkpoint }: StoredEpoch) => readCheckpoint(join(checkpointFolder(workspace, run.id), checkpoint));
  const [last, best] = [epochs.last(run.id), epochs.best(run.id)];
  if (last && best) {
    return read(last).catch(async (thrown: unknown) => {
      if (last.checkpoint === best.checkpoint) throw thrown;
      const checkpoint = await read(best);
      epochs.discardAfterBest(run.id);
      const { epoch } = best.record;
      emit({ kind: 'stage', stage: 'weights', message: `The last checkpoint is lost: going on from epoch ${epoch}` });
      return checkpoint;
    });
  }
  return {
    weights: await initialWeights(run.plan, architecture, workspace),
    slots: new Map(),
    progress: firstProgress(run.plan.learningRate),
  };
}

/** The checkpoint is on the disk before the store says that the epoch is finished: killed in between, it is done again. */
export async function keepEpoch(
  run: RunSummary,
  { variables }: Network,
  {
    workspace,
    result,
    rowsOf,
  }: {
    workspace: Workspace;
    result: EpochResult;
    /** Predictions of the validation images, as the store keeps them. */
    rowsOf(probabilities: Float32Array): PredictionRow[];
  },
): Promise<void> {
  const folder = checkpointFolder(workspace, run.id);
  const { record, progress, isBest, probabilities } = result;
  const checkpoint = await writeCheckpoint(folder, {
    weights: await variables.weights(),
    slots: await variables.slots(),
    progress,
  });
  // Together: killed in between, the best epoch would never get its validation predictions.
  workspace.store.atomically(() => {
    workspace.store.epochs.add(run.id, record, { checkpoint, isBest });
    if (!isBest) return;
    workspace.store.predictions.save(run.id, 'validation', rowsOf(probabilities));
  });
  const best = workspace.store.epochs.best(run.id);
  await pruneCheckpoints(folder, [checkpoint, ...(best ? [best.checkpoint] : [])]);
}
