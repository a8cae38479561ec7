import { orderClasses } from '../../../contract/classes.ts';
import type { DataSelection } from '../../../contract/data.ts';
import type { AppliedScale } from '../../../contract/greyScale.ts';
import { requireAccepted } from '../../cohort/acceptance.ts';
import { levelsOf, scaleFrom } from '../../cohort/fitted.ts';
import { scanIn } from '../../cohort/scanned.ts';
import { drawPatients } from '../../cohort/split.ts';
import { assertTrainable } from '../../data/scan.ts';
import type { ScannedDataset } from '../../data/types.ts';
import type { Workspace } from '../../store/workspace.ts';

/** The images of a data set that is compared with others: all of it, but for those beyond the limit. */
export interface ComparedImages {
  dataset: ScannedDataset;
  classes: string[];
  indices: number[];
  /** Of those without a window. */
  scale: AppliedScale;
}

/** @throws CutpointError what {@link scanIn} throws, ONE_CLASS, DATA_DOUBTFUL */
export async function comparedImages(
  workspace: Workspace,
  { data, limit, seed, accept }: { data: DataSelection; limit: number; seed: number; accept?: string[] },
  options: { signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<ComparedImages> {
  const dataset = await scanIn(workspace, data, options);
  assertTrainable(dataset);
  if (accept) requireAccepted([dataset], accept);
  const kept = drawPatients(dataset.images, { limit, seed });
  const indices = [...dataset.images.keys()].filter((index) => kept[index]);
  return {
    ...{ dataset, indices, classes: orderClasses(dataset.classes, undefined) },
    scale: scaleFrom(levelsOf(dataset, indices), { data }),
  };
}

/** What a data set is called where nobody has named it: the last part of its folder. */
export const nameOfData = ({ folder }: DataSelection): string =>
  folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
