import type { DataSelection } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { appliedTo, type AppliedScale } from '../../contract/greyScale.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Dataset } from '../data/types.ts';
import { generator, shuffle } from '../random.ts';
import type { Workspace } from '../store/workspace.ts';
import { learningParts } from './parts.ts';
import { likeTraining, scanIn } from './scanned.ts';

/** Fewer say nothing, whatever is compared. */
const LEAST = 3;

/**
 * The images that networks are compared on: those of a selection, or the validation images of a run, at most `limit` of
 * them drawn at random.
 * @returns indices in ascending order, and the grey scale of those without a window
 * @throws CutpointError FOLDER_EMPTY with too few usable images, INPUT_INVALID with neither selection nor run, and what
 *   {@link scanIn} throws
 */
export async function comparedImages(
  workspace: Workspace,
  from: { data: DataSelection | undefined; run: RunSummary | null },
  options: { limit: number; seed: number; signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<{ dataset: Dataset; indices: number[]; scale: AppliedScale }> {
  const { dataset, candidates, scale } = await candidatesFrom(workspace, from, options);
  if (candidates.length < LEAST) {
    throw new CutpointError('FOLDER_EMPTY', `There are only ${candidates.length} images to compare networks on.`, {
      remedy: 'Name a folder with a few hundred images: several times as many as the layers have channels.',
    });
  }
  const drawn = shuffle(candidates, generator(options.seed, 'compared images')).slice(0, options.limit);
  return { dataset, scale, indices: drawn.sort((a, b) => a - b) };
}

async function candidatesFrom(
  workspace: Workspace,
  { data, run }: { data: DataSelection | undefined; run: RunSummary | null },
  { signal, onProgress }: { signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<{ dataset: Dataset; candidates: number[]; scale: AppliedScale }> {
  if (data) {
    const selection = run ? likeTraining(run.plan.data, data) : data;
    const dataset = await scanIn(workspace, selection, { signal, known: run?.classes, onProgress });
    // Nothing is learnt from them here: without a run, they are shown on a scale of their own.
    return { dataset, candidates: dataset.images.map((_, index) => index), scale: appliedTo(dataset.selection) };
  }
  if (!run) {
    throw new CutpointError('INPUT_INVALID', 'Neither of the two networks is a run, so there are no images to take.', {
      remedy: 'Name a folder of images to compare them on.',
    });
  }
  const { dataset, validation } = learningParts(workspace.store, run);
  return { dataset, candidates: validation, scale: appliedTo(run.plan.data) };
}
