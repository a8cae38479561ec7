import { isPatientColumn } from './groups.ts';

export interface ColumnGuess {
  fileColumn: string | null;
  labelColumn: string | null;
  /** Of patients. */
  groupColumn: string | null;
}

const USUAL = {
  fileColumn: /^(file|file_?name|image|path)/i,
  labelColumn: /^(label|class|diagnosis|finding|target)/i,
};

/** The columns of a table whose names say what they hold; null where none does. */
export function namedColumns(columns: readonly string[]): ColumnGuess {
  const find = (pattern: RegExp): string | null => columns.find((name) => pattern.test(name)) ?? null;
  return {
    fileColumn: find(USUAL.fileColumn),
    labelColumn: find(USUAL.labelColumn),
    groupColumn: columns.find(isPatientColumn) ?? null,
  };
}
