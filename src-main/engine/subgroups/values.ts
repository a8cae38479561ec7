import { tagNamed } from '../../contract/dicomTag.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { HeaderValue, SubgroupBy } from '../../contract/subgroups.ts';
import { requireTableColumns, tablePath } from '../data/labels.ts';
import { matchedRows } from '../data/matching.ts';
import { dicomTag } from '../data/readers/dicom/tags.ts';
import { readTable } from '../data/table.ts';
import { tagValues } from '../data/tagValues.ts';
import type { Dataset } from '../data/types.ts';

interface Reading {
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/**
 * The value of each file; files without one are left out.
 * @param files of the dataset, relative to its folder
 * @throws CutpointError LABELS_NOT_READABLE, LABELS_COLUMN_MISSING; INPUT_INVALID where there is no table, and for tags that may
 *   say who a patient is
 */
export async function subgroupValues(
  dataset: Pick<Dataset, 'selection' | 'images'>,
  files: readonly string[],
  by: SubgroupBy,
  reading: Reading,
): Promise<Map<string, string>> {
  if (by.kind === 'header') return headerValues(dataset, files, HEADERS[by.value], reading);
  const tag = tagNamed(by.name);
  return tag === undefined ? columnValues(dataset, by) : headerValues(dataset, files, [tag], reading);
}

async function columnValues(
  { selection, images }: Pick<Dataset, 'selection' | 'images'>,
  { name, csv, fileColumn }: Extract<SubgroupBy, { kind: 'column' }>,
): Promise<Map<string, string>> {
  const { folder, labels } = selection;
  const table = csv ?? labels?.csv;
  if (table === undefined)
    throw new CutpointError('INPUT_INVALID', 'The labels of these images do not come from a table, so there are no columns.', {
      remedy: 'Name the table that has the column.',
    }); // prettier-ignore
  const files = fileColumn ?? labels?.fileColumn ?? 'file';
  const read = await readTable(tablePath(folder, table), [files, name]);
  requireTableColumns(read, [files, name], 'Choose one of them.');
  const among = { folder, files: images.map(({ file }) => file), byEnd: labels?.match === 'end' };
  const found = new Map<string, string>();
  for (const { file, values } of await matchedRows(among, read, files)) {
    const value = values[name]!.trim();
    if (value !== '') found.set(file, value);
  }
  return found;
}

/** The elements that say it; a scanner is its maker and its model. */
const HEADERS: Readonly<Record<HeaderValue, readonly string[]>> = {
  age: ['PatientAge'],
  sex: ['PatientSex'],
  scanner: ['Manufacturer', 'ManufacturerModelName'],
  site: ['InstitutionName'],
  'body-part': ['BodyPartExamined'],
  view: ['ViewPosition'],
};

async function headerValues(
  { selection: { folder }, images }: Pick<Dataset, 'selection' | 'images'>,
  files: readonly string[],
  named: readonly string[],
  reading: Reading,
): Promise<Map<string, string>> {
  const tags = named.map((name) => dicomTag(name, 'column'));
  const dicom = new Set(images.flatMap(({ file, format }) => (format === 'DICOM' ? [file] : [])));
  const found = new Map<string, string>();
  for (const [file, own] of await tagValues(folder, files.filter((name) => dicom.has(name)), tags, reading)) {
    const value = own === null || own instanceof CutpointError ? '' : own.join(' ').trim();
    if (value !== '') found.set(file, value);
  } // prettier-ignore
  return tags.some(({ keyword }) => keyword === 'InstitutionName') ? numbered(found) : found;
}

/** Names of institutions may tell whose images these are: they are told apart by number, the one with most images first. */
function numbered(values: ReadonlyMap<string, string>): Map<string, string> {
  const byCount = [...Map.groupBy(values.values(), (value) => value)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  );
  const numbers = new Map(byCount.map(([value], at) => [value, `site ${at + 1}`]));
  return new Map([...values].map(([file, value]) => [file, numbers.get(value)!]));
}
