import type { AuditReport } from '../../../src-main/contract/data.ts';
import { namedColumns } from '../../../src-main/contract/columns.ts';

type Columns = Record<'fileColumn' | 'labelColumn' | 'groupColumn', string>;
type CsvFile = Pick<AuditReport['csvFiles'][number], 'path' | 'columns'>;

/** The columns of a table whose names say what they hold; an empty patient column: none does. */
export function usualColumns(columns: readonly string[]): Columns {
  const { fileColumn, labelColumn } = namedColumns(columns);
  const file = fileColumn ?? columns[0] ?? '';
  // A column that names the files tells them apart, and not whose they are.
  const { groupColumn } = namedColumns(columns.filter((name) => name !== file));
  return {
    fileColumn: file,
    labelColumn: labelColumn ?? columns[1] ?? '',
    groupColumn: groupColumn ?? '',
  };
}

/** What the choice of a table sets: its path, and its columns where it is one of those found in the folder. */
export function withTable(path: string, found: readonly CsvFile[]): { csv: string } & Partial<Columns> {
  const table = found.find((file) => file.path === path);
  return { csv: path, ...(table && usualColumns(table.columns)) };
}

/** Names that are typed with commas between them. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** What stands for no word at all: with it alone, an empty cell is the only missing value. */
const NO_WORD = '""';
export const missingOf = (text: string): string[] => listOf(text).filter((word) => word !== NO_WORD);
export const typedMissing = (words: readonly string[] | undefined): string =>
  words === undefined ? '' : words.length === 0 ? NO_WORD : words.join(', ');
