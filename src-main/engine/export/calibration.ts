import { appliedTo } from '../../contract/greyScale.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Workspace } from '../store/workspace.ts';
import { learningParts } from '../cohort/parts.ts';
import { prepareImages } from '../cohort/prepared.ts';

/** How many give the ranges of the activations; a few seconds of work. */
const IMAGES = 64;

/** Images that a run was trained on, evenly spread over its files and so over its classes, as the network sees them. */
export async function calibrationImages(
  workspace: Workspace,
  run: RunSummary,
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  const { dataset, train } = learningParts(workspace.store, run);
  const { plan, classes } = run;
  const scale = appliedTo(plan.data);
  const { cache } = await prepareImages(workspace, dataset, { plan, scale, classes, signal });
  try {
    const count = Math.min(IMAGES, train.length);
    return Array.from({ length: count }, (_, position) => {
      const picture = new Uint8Array(cache.size * cache.size * 3);
      cache.read(train[Math.floor((position * train.length) / count)]!, picture, 0);
      return picture;
    });
  } finally {
    cache.close();
  }
}
