import type { AuditReport } from '../../../src-main/contract/data.ts';
import { isPatientColumn } from '../../../src-main/contract/groups.ts';

type Columns = Record<'fileColumn' | 'labelColumn' | 'groupColumn', string>;
type CsvFile = Pick<AuditReport['csvFiles'][number], 'path' | 'columns'>;

const usual = {
  fileColumn: /^(file|file_?name|image|path)/i,
  labelColumn: /^(label|class|diagnosis|finding|target)/i,
};

/** The columns of a table whose names say what they hold; an empty patient column: none does. */
export function usualColumns(columns: readonly string[]): Columns {
  const find = (pattern: RegExp): string | undefined => columns.find((name) => pattern.test(name));
  return {
    fileColumn: find(usual.fileColumn) ?? columns[0] ?? '',
    labelColumn: find(usual.labelColumn) ?? columns[1] ?? '',
    groupColumn: columns.find(isPatientColumn) ?? '',
  };
}

/** What the choice of a table sets: its path, and its columns where it is one of those found in the folder. */
export function withTable(path: string, found: readonly CsvFile[]): { csv: string } & Partial<Columns> {
  const table = found.find((file) => file.path === path);
  return { csv: path, ...(table && usualColumns(table.columns)) };
}
