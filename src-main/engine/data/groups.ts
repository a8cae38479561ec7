import { createHmac } from 'node:crypto';
import type { GroupSource } from '../../contract/data.ts';
import type { LabelledFile } from './labels.ts';
import { invalid, readByPattern } from './pattern.ts';

/** HMAC-SHA256 of a patient identifier under the workspace's salt, 128 bits in hex. The identifier itself is not kept. */
export function hashGroup(salt: string, identifier: string): string {
  return createHmac('sha256', salt).update(identifier).digest('hex').slice(0, 32);
}

/**
 * The patient identifier of each file: from the table's group column, else the pattern on the path, else DICOM
 * PatientID; undefined where there is none. Throws GROUP_PATTERN_INVALID, also when no path matches.
 */
export async function identifyPatients(
  files: (LabelledFile & { dicomPatient?: string | undefined })[],
  { inTable, groupPattern }: { inTable: boolean; groupPattern?: string | undefined },
): Promise<{ source: GroupSource; patients: (string | undefined)[] }> {
  if (inTable) return { source: 'csv', patients: files.map(({ patient }) => patient || undefined) };
  if (groupPattern !== undefined) {
    const names = files.map(({ file }) => file);
    const patients = await readByPattern(groupPattern, names);
    if (files.length > 0 && patients.every((patient) => patient === undefined))
      throw invalid(`The file-name pattern matches none of the ${files.length} images, for example ${files[0]!.file}.`);
    return { source: 'pattern', patients };
  }
  const patients = files.map(({ dicomPatient }) => dicomPatient || undefined);
  return { source: patients.some((patient) => patient !== undefined) ? 'dicom' : 'none', patients };
}
