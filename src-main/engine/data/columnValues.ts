import type { DataSelection } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { listed, requireTableColumns, tablePath } from './labels.ts';
import { matchedRows } from './matching.ts';
import { readTable } from './table.ts';

/**
 * What columns of the label table say of each file; files that the table does not name are left out.
 * @param files relative to the folder of the selection
 * @throws CutpointError LABELS_NOT_READABLE, LABELS_COLUMN_MISSING; INPUT_INVALID without a table, SPLIT_INVALID where rows
 *   of one file differ
 */
export async function columnsOfFiles(
  { folder, labels }: Pick<DataSelection, 'folder' | 'labels'>,
  files: readonly string[],
  columns: readonly string[],
): Promise<Map<string, string[]>> {
  if (labels === undefined)
    throw new CutpointError('INPUT_INVALID', 'The labels of these images come from folders, so there is no table.', {
      remedy: 'Name the table that has the columns as the table of the labels.',
    });
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
