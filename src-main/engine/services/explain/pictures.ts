import { join } from 'node:path';
import { CutpointError } from '../../../contract/errors.ts';
import type { ExplainedPicture } from '../../../contract/explain.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { learningParts, openTest } from '../../cohort/parts.ts';
import type { Dataset } from '../../data/types.ts';
import type { Workspace } from '../../store/workspace.ts';
import { placeOf } from '../../../userPath.ts';

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

/** An image by its place in a part of the run. */
type Named = Exclude<ExplainedPicture, { file: string }>;

/**
 * Where the images lie.
 * @throws CutpointError INPUT_INVALID for an index that the run's split does not have
 */
export async function pathsOf(
  workspace: Workspace,
  run: RunSummary,
  pictures: readonly ExplainedPicture[],
): Promise<string[]> {
  const files = new Map<string, string[]>();
  const paths: string[] = [];
  for (const picture of pictures) {
    if ('file' in picture) {
      paths.push(placeOf(picture.file));
      continue;
    }
    const { split, index } = picture;
    const own = files.get(split) ?? (await PARTS[split](workspace, run));
    files.set(split, own);
    if (index >= own.length)
      throw new CutpointError('INPUT_INVALID', `The run ${run.id} has ${own.length} ${split} images; there is no image ${index}.`, {
        remedy: own.length === 0 ? 'Name files instead.' : `Choose an index from 0 to ${own.length - 1}.`,
      }); // prettier-ignore
    paths.push(own[index]!);
  }
  return paths;
}

/** Where the images of each part lie. */
const PARTS: Record<Named['split'], (workspace: Workspace, run: RunSummary) => Promise<string[]>> = {
  async validation({ store }, run) {
    const { dataset, validation } = learningParts(store, run);
    return filesOf(dataset, validation);
  },
  async test(workspace, { id }) {
    const { dataset, indices } = (await openTest(workspace, id, 'explanation')).images();
    return filesOf(dataset, indices);
  },
};

const filesOf = ({ selection, images }: Dataset, indices: readonly number[]): string[] =>
  indices.map((index) => join(selection.folder, images[index]!.file));
