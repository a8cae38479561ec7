import { stat } from 'node:fs/promises';
import { inThread, LimitReached } from './inThread.ts';
import { MOST_TABLE_BYTES, notReadable, type ParsedTable, type TableTask } from './parseTable.ts';

export interface Table {
  columns: string[];
  /** Values of the wanted columns, with the row's number as a spreadsheet shows it (the header is row 1). */
  rows: { row: number; values: Record<string, string> }[];
}

const THREAD = new URL('./tableThread.ts', import.meta.url);
const MB = 1024 ** 2;

/**
 * Reads the wanted columns of a table in a thread, within time and memory that follow from its size; columns that it does
 * not have are left out of the values. Throws LABELS_NOT_READABLE.
 */
export async function readTable(path: string, wanted: readonly string[]): Promise<Table> {
  const size = Math.min(await stat(path).then((stats) => stats.size, () => 0), MOST_TABLE_BYTES) / MB; // prettier-ignore
  const task: TableTask = { path, wanted: [...new Set(wanted)] };
  const limits = { milliseconds: 20_000 + 500 * size, megabytes: 256 + 6 * size };
  const { columns, rows, values } = await inThread<ParsedTable>(THREAD, task, limits).catch((cause) => {
    if (!(cause instanceof LimitReached)) throw cause;
    throw notReadable(path, `reading it took more ${cause.limit} than a table of its size should`, cause);
  });
  const named = [...values];
  return {
    columns,
    rows: rows.map((row, index) => ({
      row,
      values: Object.fromEntries(named.map(([name, column]) => [name, column[index]!])),
    })),
  };
}
