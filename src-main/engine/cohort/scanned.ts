import type { DataSelection } from '../../contract/data.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import { scanDataset, type ScanOptions } from '../data/scan.ts';
import type { ScannedDataset } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';

/**
 * Looks at every image of a selection, as {@link scanDataset}, with what the workspace knows of its files, and behind a run
 * that trains meanwhile.
 */
export const scanIn = (
  { salt, paths, store }: Pick<Workspace, 'salt' | 'paths' | 'store'>,
  selection: DataSelection,
  options: Omit<ScanOptions, 'salt' | 'facts' | 'lowered'>,
): Promise<ScannedDataset> =>
  scanDataset(selection, {
    ...options,
    salt: salt.toString('hex'),
    facts: paths.facts,
    lowered: () => store.runs.someTrains(),
  });

/**
 * Other images as those of training were taken: on the same scale, with the same classes read, joined and left out, masks left
 * out, the class in the same folder or DICOM tag, and frames taken alike.
 */
export function likeTraining(training: DataSelection, other: DataSelection): DataSelection {
  const join = other.join ?? training.join;
  const classes = [...new Set([...(training.leaveOut?.classes ?? []), ...(other.leaveOut?.classes ?? [])])];
  const masks = other.leaveOut?.masks ?? training.leaveOut?.masks;
  const frames = other.frames ?? training.frames;
  const layout = other.layout ?? (training.layout?.classes && { classes: training.layout.classes });
  return {
    ...other,
    ...(other.labels && { labels: { ...saying(training.labels, other.labels), ...other.labels } }),
    ...(!other.labels && !other.labelTag && training.labelTag && { labelTag: training.labelTag }),
    greyScale: appliedTo(training),
    ...(join && { join }),
    ...(frames && { frames }),
    ...((classes.length > 0 || masks) && {
      leaveOut: { files: [], ...other.leaveOut, classes, ...(masks && { masks }) },
    }),
    ...(layout && { layout }),
  };
}

type Labels = NonNullable<DataSelection['labels']>;

/** How a table says the class beside its column; columns of 0 and 1 where no other column is named. */
function saying(training: Labels | undefined, { labelColumn }: Labels): Partial<Labels> {
  const { oneHot, missing, several, multi } = training ?? {};
  return {
    ...(multi && { multi }),
    ...(oneHot && training?.labelColumn === labelColumn && { oneHot }),
    ...(missing && { missing }),
    ...(several && { several }),
  };
}
