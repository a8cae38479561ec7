import type { Layout } from './layout.ts';
import { type Labelling, UNLABELLED } from './labels.ts';
import type { Walk } from './walk.ts';

/** The label of each file: the folder that is its class. Files in no part of a split that was chosen are not among them. */
export function labelByFolder({ files }: Pick<Walk, 'files'>, layout: Layout): Labelling {
  const labelling: Labelling = { files: [], problems: [], warnings: [], obstacles: [] };
  for (const file of files) {
    if (layout.choice?.parts && layout.partOf(file) === undefined) continue;
    const label = layout.labelOf(file);
    if (label !== undefined) labelling.files.push({ file, label });
    else
      labelling.problems.push({
        file,
        code: UNLABELLED,
        message: 'The image is in no class folder, so it has no label.',
      });
  }
  return labelling;
}
