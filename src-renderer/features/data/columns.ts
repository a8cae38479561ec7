import { isPatientColumn } from '../../../src-main/contract/groups.ts';

const usual = {
  fileColumn: /^(file|file_?name|image|path)/i,
  labelColumn: /^(label|class|diagnosis|finding|target)/i,
};

/** The columns of a table whose names say what they hold; an empty patient column: none does. */
export function usualColumns(columns: readonly string[]): Record<keyof typeof usual | 'groupColumn', string> {
  const find = (pattern: RegExp): string | undefined => columns.find((name) => pattern.test(name));
  return {
    fileColumn: find(usual.fileColumn) ?? columns[0] ?? '',
    labelColumn: find(usual.labelColumn) ?? columns[1] ?? '',
    groupColumn: columns.find(isPatientColumn) ?? '',
  };
}
