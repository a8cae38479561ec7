/** The values of one field, one a row; or, where they repeat, each value once and in `at` the place of every row's. */
export type Column<T> = T[] | { values: T[]; at: number[] };

/** Rows with the names of their fields said once, not in every row: for lists that grow. */
export type Table<R> = { [K in keyof R]: Column<R[K]> };

/** Rows as a table; those of no row have no values. */
export function toTable<R extends object>(fields: readonly (keyof R)[], rows: readonly R[]): Table<R> {
  return Object.fromEntries(fields.map((field) => [field, toColumn(rows.map((row) => row[field]))])) as Table<R>;
}

/** The rows of a table. */
export function rowsOf<R extends object>(table: Table<R>): R[] {
  const columns = Object.entries(table) as [keyof R, Column<R[keyof R]>][];
  const all = columns.map(([field, column]) => [field, toValues(column)] as const);
  const length = all[0]?.[1].length ?? 0;
  return Array.from(
    { length },
    (_, row) => Object.fromEntries(all.map(([field, values]) => [field, values[row]])) as R,
  );
}

function toColumn<T>(all: T[]): Column<T> {
  const places = new Map<T, number>();
  const at = all.map((value) => places.get(value) ?? (places.set(value, places.size), places.size - 1));
  return places.size * 2 > all.length ? all : { values: [...places.keys()], at };
}

const toValues = <T>(column: Column<T>): T[] =>
  Array.isArray(column) ? column : column.at.map((place) => column.values[place] as T);
