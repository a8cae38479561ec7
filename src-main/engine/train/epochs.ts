import { CutpointError } from '../../contract/errors.ts';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import type { Network } from '../execute/run.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';
import type { Write } from '../store/store.ts';
import type { Workspace } from '../store/workspace.ts';
import { initialWeights } from '../transfer/initialWeights.ts';
import {
  pruneCheckpoints,
  writeCheckpoint,
  type Checkpoint,
  checkpointFolder,
  bestCheckpoint,
  readEpoch,
} from '../network/checkpoint.ts';
import type { EpochResult } from './loop.ts';
import type { Architecture } from '../../backbone/architecture.ts';
import { firstProgress } from './schedule.ts';

/**
 * The last finished epoch of a run, or its first weights. Where the last checkpoint is lost or damaged, the epochs after
 * the best one, whose checkpoint is kept too, are trained again: the same numbers follow. Nothing continues where the best
 * one is lost: hours later there would be no model.
 */
export async function startOf(
  run: RunSummary,
  architecture: Architecture,
  { workspace, emit }: { workspace: Workspace; emit(event: RunEvent): void },
): Promise<Checkpoint> {
  const { epochs } = workspace.store;
  const [last, best] = [epochs.last(run.id), await bestCheckpoint(workspace, run.id)];
  if (last && best) {
    if (last.record.epoch === best.progress.epoch) return best;
    try {
      return await readEpoch(workspace, run.id, last);
    } catch (thrown) {
      if (!(thrown instanceof CutpointError)) throw thrown;
      await workspace.commit(['epochs', 'discardAfterBest', run.id]);
      const message = `${thrown.message} Continuing from epoch ${best.progress.epoch}, whose checkpoint is intact`;
      emit({ kind: 'stage', stage: 'weights', message });
      return best;
    }
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
  const { name, crc32 } = checkpoint;
  const predicted: Write[] = isBest ? [['predictions', 'save', run.id, 'validation', rowsOf(probabilities)]] : [];
  await workspace.commit(['epochs', 'add', run.id, record, { checkpoint: name, crc32, isBest }], ...predicted);
  const best = workspace.store.epochs.best(run.id);
  await pruneCheckpoints(folder, [checkpoint.name, ...(best ? [best.checkpoint] : [])]);
}
