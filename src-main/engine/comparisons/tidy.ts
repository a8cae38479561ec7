import type { Workspace } from '../store/workspace.ts';
import { pruneCheckpoints, checkpointFolder } from '../network/checkpoint.ts';

/**
 * Of a finished comparison, each run keeps the checkpoint of its best epoch, which is its model. The last ones are for
 * going on, which a completed run does not; of large networks they would fill a disk.
 */
export async function dropLastCheckpoints(comparison: string, workspace: Workspace): Promise<void> {
  const { comparisonCells, epochs } = workspace.store;
  for (const { run, record } of comparisonCells.list(comparison)) {
    const best = run === null || record?.status !== 'completed' ? null : epochs.best(run);
    if (best) await pruneCheckpoints(checkpointFolder(workspace, run!), [best.checkpoint]);
  }
}
