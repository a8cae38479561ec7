/** A column of a table of rows. */
export interface Column<R> {
  key: string;
  title: string;
  /** What stands in the cell, and in a copy of the table. */
  text: (row: R) => string;
  /** What is sorted by; left out: the column does not sort. */
  sort?: (row: R) => number | string | null;
  number?: boolean;
}

/**
 * A column of numbers, which sorts by them. @param of the number of a row; null: not known @param write it in words, with
 * what else belongs to it
 */
export const numbers = <R, N extends number | null>(
  key: string,
  title: string,
  of: (row: R) => N,
  write: (value: N, row: R) => string,
): Column<R> => ({ key, title, text: (row) => write(of(row), row), sort: of, number: true });
