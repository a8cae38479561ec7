import { type Labelling, UNLABELLED } from './labels.ts';
import { CutpointError } from '../../contract/errors.ts';
import { dicomTag } from './readers/dicom/tags.ts';
import { tagValues } from './tagValues.ts';
import type { Walk } from './walk.ts';

/**
 * The label of each file: the value of a DICOM tag in its header.
 * @throws CutpointError INPUT_INVALID where the tag is none, or may say who a patient is
 */
export async function labelByTag(
  folder: string,
  named: string,
  { files }: Pick<Walk, 'files'>,
  signal: AbortSignal | undefined,
): Promise<Labelling> {
  const tag = dicomTag(named, 'class');
  const read = await tagValues(folder, files, [tag], { signal });
  const labelling: Labelling = { files: [], problems: [], warnings: [], obstacles: [] };
  for (const file of files) {
    const values = read.get(file)!;
    const problem = (code: string, message: string) => labelling.problems.push({ file, code, message });
    if (values instanceof CutpointError) problem(values.code, values.message);
    else if (values === null) problem(UNLABELLED, 'It is no DICOM file, and the class is that of a DICOM tag.');
    else if (values[0]! === '') problem(UNLABELLED, `Its header has no value of the DICOM tag ${tag.keyword}.`);
    else labelling.files.push({ file, label: values[0]! });
  }
  return labelling;
}
