import type { Workspace } from '../store/workspace.ts';
import { pruneCheckpoints, checkpointFolder } from '../network/checkpoint.ts';

/**
 * Of a finished study, each run keeps the checkpoint of its best epoch, which is its model. The last ones are for going
 * on, which a completed run does not; of large networks they would fill a disk.
 */
export async function dropLastCheckpoints(study: string, workspace: Workspace): Promise<void> {
  const { studyCells, epochs } = workspace.store;
  for (const { run, record } of studyCells.list(study)) {
    const best = run === null || record?.status !== 'completed' ? null : epochs.best(run);
    if (best) await pruneCheckpoints(checkpointFolder(workspace, run!), [best.checkpoint]);
  }
}
