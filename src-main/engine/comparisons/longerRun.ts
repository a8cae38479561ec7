import { constants, existsSync } from 'node:fs';
import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { ComparisonCell } from '../../contract/comparison/shared.ts';
import type { StoredCell } from '../store/queries/comparisonCells.ts';
import type { Workspace } from '../store/workspace.ts';
import { checkpointFolder } from '../network/checkpoint.ts';
import { cellKey } from './cells.ts';

/**
 * Of the cells that have ended, the longest that differs from this one by fewer epochs only; null where there is none, or
 * where going on with it would give other numbers: a cosine schedule depends on the number of epochs from the first on.
 */
export function shorterRun(
  { cell, plan }: { cell: ComparisonCell; plan: TrainingPlan },
  cells: readonly StoredCell[],
): string | null {
  if (plan.schedule.kind === 'cosine' || plan.classifier === 'svm') return null;
  const { epochs } = cell;
  const earlier = cells.filter(({ cell: other, record }) => {
    const same = cellKey({ ...other, epochs }) === cellKey(cell);
    return same && other.epochs < epochs && record?.status === 'completed';
  });
  return earlier.toSorted((a, b) => a.cell.epochs - b.cell.epochs).at(-1)?.run ?? null;
}

/**
 * Lets a run that has no epoch yet begin where a shorter one with otherwise the same plan has ended: with its epochs and
 * its last and best checkpoints. Where one of them is lost nothing is taken over. Killed within, it is done again.
 */
export async function beginWhere(from: string, to: string, workspace: Workspace): Promise<void> {
  const { epochs } = workspace.store;
  const names = [epochs.last(from), epochs.best(from)].flatMap((epoch) => (epoch ? [epoch.checkpoint] : []));
  const [theirs, ours] = [checkpointFolder(workspace, from), checkpointFolder(workspace, to)];
  if (!names.every((name) => existsSync(join(theirs, name)))) return;
  await mkdir(ours, { recursive: true });
  for (const name of new Set(names)) {
    await rm(join(ours, name), { force: true });
    // A checkpoint is never changed once it is written; a second name costs no space.
    await link(join(theirs, name), join(ours, name)).catch(() =>
      copyFile(join(theirs, name), join(ours, name), constants.COPYFILE_FICLONE),
    );
  }
  await workspace.commit(['epochs', 'takeOver', from, to]);
}
