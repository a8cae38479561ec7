import type { DataSelection } from '../../contract/data.ts';
import { tagNamed } from '../../contract/dicomTag.ts';
import { CutpointError } from '../../contract/errors.ts';
import { listed, requireTableColumns, tablePath } from './labels.ts';
import { matchedRows } from './matching.ts';
import { dicomTag } from './readers/dicom/tags.ts';
import { readTable } from './table.ts';
import { tagValues } from './tagValues.ts';

type Source = Pick<DataSelection, 'folder' | 'labels'>;

/**
 * What columns say of each file: of the label table, or of the DICOM headers where a tag is named in place of a column (see
 * `tagNamed`). Files that neither knows are left out.
 * @param files relative to the folder of the selection
 * @throws CutpointError LABELS_NOT_READABLE, LABELS_COLUMN_MISSING; INPUT_INVALID without a table, and for tags that may say
 *   who a patient is; SPLIT_INVALID where rows of one file differ
 */
export async function columnsOfFiles(
  source: Source,
  files: readonly string[],
  columns: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, string[]>> {
  const tags = columns.filter((name) => tagNamed(name) !== undefined);
  if (tags.length === 0) return ofTable(source, files, columns);
  const named = columns.filter((name) => tagNamed(name) === undefined);
  const rows = named.length === 0 ? new Map<string, string[]>() : await ofTable(source, files, named);
  const headers = await tagValues(source.folder, files, tags.map((name) => dicomTag(tagNamed(name)!, 'column')), { signal }); // prettier-ignore
  const found = new Map<string, string[]>();
  for (const file of files) {
    const header = headers.get(file);
    const own = header instanceof CutpointError ? null : (header ?? null);
    const row = rows.get(file);
    if (own === null && row === undefined) continue;
    found.set(file, columns.map((name) => (tagNamed(name) === undefined ? row?.[named.indexOf(name)] : own?.[tags.indexOf(name)]) ?? '')); // prettier-ignore
  }
  return found;
}

async function ofTable(
  { folder, labels }: Source,
  files: readonly string[],
  columns: readonly string[],
): Promise<Map<string, string[]>> {
  if (labels === undefined)
    throw new CutpointError('INPUT_INVALID', 'The labels of these images do not come from a table, so there are no columns.', {
      remedy: 'Name the table that has the columns as the table of the labels, or a DICOM tag, as in tag:StationName.',
    }); // prettier-ignore
  const read = await readTable(tablePath(folder, labels.csv), [labels.fileColumn, ...columns]);
  requireTableColumns(read, [labels.fileColumn, ...columns], 'Choose one of them.');
  // Found as their labels are.
  const rows = await matchedRows({ folder, files, byEnd: labels.match === 'end' }, read, labels.fileColumn);
  const found = new Map<string, string[]>();
  const differing: string[] = [];
  for (const { file, row, values } of rows) {
    const own = columns.map((name) => values[name]!.trim());
    const before = found.get(file);
    if (before && own.some((value, column) => value !== before[column])) differing.push(`${file} (row ${row})`);
    found.set(file, own);
  }
  if (differing.length === 0) return found;
  throw new CutpointError(
    'SPLIT_INVALID',
    `Rows of the label file that name one file differ in ${columns.map((name) => `"${name}"`).join(', ')}: ${listed(differing)}.`,
    { remedy: 'Keep the row that is right for each file.' },
  );
}
