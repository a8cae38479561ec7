import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { HeaderValue, SubgroupBy } from '../../contract/subgroups.ts';
import { requireTableColumns, tablePath } from '../data/labels.ts';
import { matchedRows } from '../data/matching.ts';
import { readHeaderValue } from '../data/readers/dicom/personal.ts';
import { readTable } from '../data/table.ts';
import type { Dataset } from '../data/types.ts';

interface Reading {
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/**
 * The value of each file; files without one are left out.
 * @param files of the dataset, relative to its folder
 * @throws CutpointError LABELS_NOT_READABLE, LABELS_COLUMN_MISSING; INPUT_INVALID where there is no table
 */
export async function subgroupValues(
  dataset: Pick<Dataset, 'selection' | 'images'>,
  files: readonly string[],
  by: SubgroupBy,
  reading: Reading,
): Promise<Map<string, string>> {
  return by.kind === 'header' ? headerValues(dataset, files, by.value, reading) : columnValues(dataset, by);
}

async function columnValues(
  { selection, images }: Pick<Dataset, 'selection' | 'images'>,
  { name, csv, fileColumn }: Extract<SubgroupBy, { kind: 'column' }>,
): Promise<Map<string, string>> {
  const { folder, labels } = selection;
  const table = csv ?? labels?.csv;
  if (table === undefined)
    throw new CutpointError('INPUT_INVALID', 'The labels of these images came from folders, so there is no table.', {
      remedy: 'Name the table that has the column.',
    });
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

async function headerValues(
  { selection: { folder }, images }: Pick<Dataset, 'selection' | 'images'>,
  files: readonly string[],
  value: HeaderValue,
  { signal, onProgress }: Reading,
): Promise<Map<string, string>> {
  const formats = new Map(images.map(({ file, format }) => [file, format]));
  const found = new Map<string, string>();
  for (const [done, file] of files.entries()) {
    signal.throwIfAborted();
    const own = formats.get(file) === 'DICOM' ? await readHeaderValue(join(folder, file), value) : null;
    if (own !== null) found.set(file, own);
    onProgress(done + 1, files.length);
  }
  return value === 'site' ? numbered(found) : found;
}

/** Names of institutions may tell whose images these are: they are told apart by number, the one with most images first. */
function numbered(values: ReadonlyMap<string, string>): Map<string, string> {
  const byCount = [...Map.groupBy(values.values(), (value) => value)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  );
  const numbers = new Map(byCount.map(([value], at) => [value, `site ${at + 1}`]));
  return new Map([...values].map(([file, value]) => [file, numbers.get(value)!]));
}
