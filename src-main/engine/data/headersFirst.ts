import { join } from 'node:path';
import type { HeaderCounts } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { countedBy } from './findings/counting.ts';
import { stateAt } from './places/place.ts';
import { dicomTag, type DicomTag } from './readers/dicom/tags.ts';
import { tagValues } from './tagValues.ts';

/** Fewer files, and smaller ones, are read whole about as soon. */
const LEAST_FILES = 200;
const LEAST_BYTES = 32 * 1024;
/** So many, spread over all, tell whether the files are such. */
const SAMPLED = 16;

const MODALITY = dicomTag('Modality', 'class');
/** Who a file is of is counted here, and leaves this function as a number. */
const PATIENT: DicomTag = { tag: 'x00100020', keyword: 'PatientID', vr: 'LO' };
const SERIES: DicomTag = { tag: 'x0020000e', keyword: 'SeriesInstanceUID', vr: 'UI' };

/**
 * What the headers of many DICOM files say together, without their pixels: in a folder that takes minutes to read, that is
 * known within seconds. Null of few files, of small ones, and of others.
 * @param files relative to the folder
 * @throws CutpointError CANCELLED
 */
export async function headersFirst(
  folder: string,
  files: readonly string[],
  signal?: AbortSignal,
): Promise<HeaderCounts | null> {
  if (files.length < LEAST_FILES) return null;
  const some = Array.from({ length: SAMPLED }, (_, at) => files[Math.floor((at * files.length) / SAMPLED)]!);
  const states = await Promise.all(some.map((file) => stateAt(join(folder, file))));
  if (states.reduce((sum, state) => sum + (state?.size ?? 0), 0) < SAMPLED * LEAST_BYTES) return null;
  if ((await headersOf(folder, some, signal)).length === 0) return null;
  const found = await headersOf(folder, files, signal);
  const distinct = (at: number): number => new Set(found.flatMap((values) => values[at] || [])).size;
  return {
    files: files.length,
    dicom: found.length,
    patients: distinct(1),
    series: distinct(2),
    modality: countedBy(found, ([modality]) => modality || 'not-said'),
  };
}

/** Modality, patient and series of those that are DICOM and have a header that can be read. */
async function headersOf(
  folder: string,
  files: readonly string[],
  signal?: AbortSignal,
): Promise<(readonly string[])[]> {
  const values = await tagValues(folder, files, [MODALITY, PATIENT, SERIES], { signal });
  return [...values.values()].flatMap((each) => (each === null || each instanceof CutpointError ? [] : [each]));
}
