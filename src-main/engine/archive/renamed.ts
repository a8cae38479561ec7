import type { ArchivedRows, Cell } from '../store/queries/archived.ts';
import { withChecksum, withoutChecksum } from '../store/json.ts';

/** What is called otherwise in the workspace that an archive comes into: old names and new ones. */
export interface Renaming {
  /** Of the study, its runs and its comparisons: no other text is such an id. */
  ids: ReadonlyMap<string, string>;
  /** Of sources, which may be called like anything. */
  sources: ReadonlyMap<string, string>;
}

/** The rows under their new names, wherever they name one another: in their columns, and in the JSON of these. */
export function renamed(tables: ArchivedRows, { ids, sources }: Renaming): ArchivedRows {
  if (ids.size === 0 && sources.size === 0) return tables;
  const nameIn = (key: string, value: unknown): unknown => {
    if (typeof value === 'string') {
      const isSource = key === 'source' || key === 'sources';
      return (isSource ? sources.get(value) : undefined) ?? ids.get(value) ?? value;
    }
    if (Array.isArray(value)) return value.map((each) => nameIn(key, each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([own, each]) => [own, nameIn(own, each)]));
  };
  const cellOf = (cell: Cell): Cell => {
    if (typeof cell !== 'string') return cell;
    if (!/^[[{]/.test(cell)) return ids.get(cell) ?? cell;
    const text = withoutChecksum(cell);
    const other = JSON.stringify(nameIn('', JSON.parse(text)));
    if (other === text) return cell;
    return text === cell ? other : withChecksum(other);
  };
  return Object.fromEntries(
    Object.entries(tables).map(([table, { columns, rows }]) => {
      const name = table === 'sources' ? columns.indexOf('name') : -1;
      const of = (cell: Cell, column: number): Cell =>
        column === name ? (sources.get(cell as string) ?? cell) : cellOf(cell);
      return [table, { columns, rows: rows.map((row) => row.map(of)) }];
    }),
  );
}
