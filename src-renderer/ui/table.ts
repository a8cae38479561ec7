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
