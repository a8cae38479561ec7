import { basename, join } from 'node:path';
import type { AuditReport } from '../../contract/data.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { stateAt } from './places/place.ts';
import { inThread, LimitReached } from './inThread.ts';
import { columnsOf, firstRows, hasShortHead, type HeadTask, isWorkbook, MOST_COLUMNS, MOST_TABLE_BYTES, notReadable, type ParsedTable, type TableTask } from './parseTable.ts'; // prettier-ignore

export interface Table {
  columns: string[];
  /** Values of the wanted columns, with the row's number as a spreadsheet shows it (the header is row 1). */
  rows: { row: number; values: Record<string, string> }[];
  /** Of a workbook with several sheets, all of them by name: the first is read. */
  sheets?: string[];
}

const THREAD = new URL('./tableThread.ts', import.meta.url);
const MB = 1024 ** 2;
/** A header of four megabytes in commas takes some seconds. */
const HEAD_LIMITS = { milliseconds: 20_000, megabytes: 1024 };

/** As `columnsOf`; of a header that takes longer in a thread, and undefined where it exceeds its time or memory. */
export async function readColumns(path: string, most = MOST_COLUMNS): Promise<string[] | undefined> {
  if (!isWorkbook(path) && (await hasShortHead(path))) return columnsOf(path, most);
  const task: HeadTask = { path, most };
  return inThread<string[] | undefined>(THREAD, task, HEAD_LIMITS).catch((cause) => {
    if (!(cause instanceof LimitReached)) throw cause;
    return undefined;
  });
}

/** The first rows of a table, in the order of its columns; none where its head is too long to be shown, or is no table's. */
export async function readFirstRows(path: string, most: number): Promise<string[][]> {
  if (!isWorkbook(path)) return (await hasShortHead(path)) ? firstRows(path, most) : [];
  const task: HeadTask = { path, rows: most };
  return inThread<string[][]>(THREAD, task, HEAD_LIMITS).catch(() => []);
}

const MOST_TABLES = 20;
/** Tables that are not offered of which is said why. */
const MOST_REASONS = 3;

/**
 * Tables of a folder that can be read, with their columns, offered as label files, and what is to be said of others.
 * Paths are absolute.
 */
export async function describeTables(
  folder: string,
  tables: readonly string[],
): Promise<{ offered: AuditReport['csvFiles']; findings: Finding[] }> {
  const offered: AuditReport['csvFiles'] = [];
  const others: string[] = [];
  for (const table of tables.slice(0, MOST_TABLES)) {
    const path = join(folder, table);
    const columns = await readColumns(path);
    if (columns) offered.push({ path, columns });
    else others.push(table);
  }
  const findings: Finding[] = [];
  for (const table of others.slice(0, MOST_REASONS)) {
    const columns = await readColumns(join(folder, table), Infinity);
    findings.push(
      columns && columns.length > MOST_COLUMNS
        ? findingOf('TABLE_NOT_OFFERED', `${table} is not offered as a table of labels: it has ${columns.length} columns, and more than ${MOST_COLUMNS} cannot be chosen from. Where it holds the labels, name it with its columns (\`--labels\`, \`--file-column\`, \`--label-column\`, or in the window).`) // prettier-ignore
        : findingOf('TABLE_NOT_OFFERED', `${table} is not offered as a table of labels: no columns can be read from its first line.`), // prettier-ignore
    );
  }
  const left = Math.max(0, others.length - MOST_REASONS) + Math.max(0, tables.length - MOST_TABLES);
  if (left > 0)
    findings.push(findingOf('TABLE_NOT_OFFERED', `${left} more ${left === 1 ? 'table' : 'tables'} of the folder ${left === 1 ? 'is' : 'are'} not offered for labels; one that holds them can be named.`)); // prettier-ignore
  return { offered, findings };
}

/**
 * Reads the wanted columns of a table in a thread, within time and memory that follow from its size; columns that it does
 * not have are left out of the values. Throws LABELS_NOT_READABLE.
 */
export async function readTable(path: string, wanted: readonly string[]): Promise<Table> {
  const size = Math.min((await stateAt(path))?.size ?? 0, MOST_TABLE_BYTES) / MB;
  const task: TableTask = { path, wanted: [...new Set(wanted)] };
  // A workbook unpacks to ten times its size and more, and each of its cells is an object before it is a text.
  const limits = isWorkbook(path)
    ? { milliseconds: 20_000 + 5000 * size, megabytes: 512 + 60 * size }
    : { milliseconds: 20_000 + 500 * size, megabytes: 256 + 6 * size };
  const {
    columns,
    rows,
    values,
    sheets = [],
  } = await inThread<ParsedTable>(THREAD, task, limits).catch((cause) => {
    if (!(cause instanceof LimitReached)) throw cause;
    throw notReadable(path, `reading it took more ${cause.limit} than a table of its size should`, cause);
  });
  const named = [...values];
  return {
    columns,
    ...(sheets.length > 1 && { sheets }),
    rows: rows.map((row, index) => ({
      row,
      values: Object.fromEntries(named.map(([name, column]) => [name, column[index]!])),
    })),
  };
}

/** Of a workbook with several sheets: which is read. */
export function sheetFindings(path: string, { sheets }: Table): Finding[] {
  if (!sheets) return [];
  return [findingOf('TABLE_SHEETS', `${basename(path)} has ${sheets.length} sheets; the first, ‘${sheets[0]}’, is read.`)]; // prettier-ignore
}
