import { resolve } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { encodePicture } from './sample/encode.ts';
import { drawPicture } from './sample/texture.ts';
import { sampleStudy } from './sample/study.ts';
import { findFiles, missingFiles, writeFiles } from './sample/folder.ts';
import { placeOf } from '../../userPath.ts';

/**
 * Writes the synthetic sample data into `folder`, which is made where it does not exist: images in the class folders
 * `clear` and `nodular`, `labels.csv` with the columns file, label and group, and `patients.csv` with file, age and
 * sex. The files are the same every time.
 * A folder that holds a part of them is completed; equal files are left alone.
 * Progress is in images. `labels` is the path of the CSV file.
 * Throws CutpointError FOLDER_NOT_EMPTY or CANCELLED (nothing is written then), FOLDER_NOT_WRITABLE, DISK_FULL.
 */
export async function writeSampleStudy(
  folder: string,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?(done: number, total: number): void } = {},
): Promise<{ folder: string; images: number; patients: number; labels: string }> {
  const path = placeOf(folder);
  const study = sampleStudy();
  const rows = study.map(({ file, patient }) => `${file},${patient.label},${patient.id}`).sort();
  const files = new Map<string, Buffer>();
  const found = await findFiles(path, new Set(['labels.csv', 'patients.csv', ...study.map(({ file }) => file)]));
  onProgress?.(0, study.length);
  for (const picture of study) {
    if (signal?.aborted) throw new CutpointError('CANCELLED', 'Writing the sample data was cancelled.');
    files.set(picture.file, await encodePicture(picture, drawPicture(picture)));
    onProgress?.(files.size, study.length);
  }
  const people = study.map(({ file, patient }) => `${file},${patient.age},${patient.sex}`).sort();
  files.set('patients.csv', Buffer.from(['file,age,sex', ...people, ''].join('\n')));
  // Last, so that labels never name an image that is not there yet.
  files.set('labels.csv', Buffer.from(['file,label,group', ...rows, ''].join('\n')));
  await writeFiles(path, await missingFiles(path, found, files));
  return {
    folder: path,
    images: study.length,
    patients: new Set(study.map(({ patient }) => patient.id)).size,
    labels: resolve(path, 'labels.csv'),
  };
}
