import { findingOf } from '../../contract/findings.ts';
import { type Labelling, UNLABELLED } from './labels.ts';
import type { Walk } from './walk.ts';

export const SPLIT_NAMES = new Set(['train', 'training', 'test', 'testing', 'val', 'valid', 'validation']);

/** The label of each file: its first folder. */
export function labelByFolder({ files }: Walk): Labelling {
  const labelling: Labelling = { files: [], problems: [], warnings: [], obstacles: [] };
  for (const file of files) {
    const end = file.indexOf('/');
    if (end > 0) labelling.files.push({ file, label: file.slice(0, end) });
    else
      labelling.problems.push({
        file,
        code: UNLABELLED,
        message: 'The image is in no class folder, so it has no label.',
      });
  }
  const names = new Set(labelling.files.map(({ label }) => label));
  if (names.size > 0 && [...names].every((name) => SPLIT_NAMES.has(name.toLowerCase())))
    labelling.warnings.push(
      findingOf(
        'SPLIT_FOLDERS',
        `The class folders are named ${[...names].join(', ')}: they look like parts of a split, not like classes. Choose one of them, or use a label file.`,
      ),
    );
  return labelling;
}
