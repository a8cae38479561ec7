import { createHmac } from 'node:crypto';
import type { GroupSource } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { LabelledFile } from './labels.ts';

/** HMAC-SHA256 of a patient identifier under the workspace's salt, 128 bits in hex. The identifier itself is not kept. */
export function hashGroup(salt: string, identifier: string): string {
  return createHmac('sha256', salt).update(identifier).digest('hex').slice(0, 32);
}

/** Reads the patient from a relative path. Throws GROUP_PATTERN_INVALID. */
export function patternReader(pattern: string): (file: string) => string | undefined {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch (cause) {
    throw invalid(`The file-name pattern is not a regular expression: ${(cause as Error).message}.`, cause);
  }
  // With an empty alternative every text matches, and the match tells how many capture groups there are.
  if (new RegExp(`${pattern}|`).exec('')!.length < 2)
    throw invalid('The file-name pattern has no part in round brackets, which is to be the patient.');
  return (file) => expression.exec(file)?.[1] || undefined;
}

/**
 * The patient identifier of each file: from the table's group column, else the pattern on the path, else DICOM
 * PatientID; undefined where there is none. Throws GROUP_PATTERN_INVALID, also when no path matches.
 */
export function identifyPatients(
  files: (LabelledFile & { dicomPatient?: string | undefined })[],
  { inTable, groupPattern }: { inTable: boolean; groupPattern?: string | undefined },
): { source: GroupSource; patients: (string | undefined)[] } {
  if (inTable) return { source: 'csv', patients: files.map(({ patient }) => patient || undefined) };
  if (groupPattern !== undefined) {
    const read = patternReader(groupPattern);
    const patients = files.map(({ file }) => read(file));
    if (files.length > 0 && patients.every((patient) => patient === undefined))
      throw invalid(`The file-name pattern matches none of the ${files.length} images, for example ${files[0]!.file}.`);
    return { source: 'pattern', patients };
  }
  const patients = files.map(({ dicomPatient }) => dicomPatient || undefined);
  return { source: patients.some((patient) => patient !== undefined) ? 'dicom' : 'none', patients };
}

function invalid(message: string, cause?: unknown): CutpointError {
  return new CutpointError('GROUP_PATTERN_INVALID', message, {
    remedy: 'For names such as person12_3.png the pattern is (person\\d+)_',
    cause,
  });
}
