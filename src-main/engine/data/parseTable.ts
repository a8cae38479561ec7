import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { CutpointError } from '../../contract/errors.ts';
import { readBytes } from './places/contents.ts';
import { placeAt, stateAt } from './places/place.ts';

export interface TableTask {
  path: string;
  /** The columns whose values are wanted. */
  wanted: readonly string[];
}

/** Its columns alone, where they are not more than `most`; or its first rows, `rows` of them. */
export type HeadTask = { path: string; most: number } | { path: string; rows: number };

export interface ParsedTable {
  columns: string[];
  /** Numbers of the rows that are not blank, as a spreadsheet shows them (the header is row 1). */
  rows: number[];
  /** Values of each wanted column that the table has, row by row. */
  values: Map<string, string[]>;
  /** Of a workbook, its sheets by name: the first is read. */
  sheets?: string[];
}

/** Excel files, of which the first sheet is read, and in a thread only: see `workbook.ts`. */
export const isWorkbook = (path: string): boolean => /\.xlsx$/i.test(path);

export const MOST_TABLE_BYTES = 200 * 1024 ** 2;
/** A table of labels has a row or a few an image. */
export const MOST_ROWS = 1_000_000;
/** More in one cell is no file name, no label and no patient; a cell of boxes stays far below. */
const LONGEST_CELL = 100_000;
/** Bytes; a header of 50,000 long names is below. */
const LONGEST_LINE = 4 * 1024 ** 2;
const [NUL, LF, CR] = [0, 10, 13];

/**
 * Reads the wanted columns of a table with a header: comma, semicolon or tab (or what Excel's line `sep=` says), quoted
 * fields, UTF-8 with or without byte order mark, UTF-16 or Windows-1252. Values are trimmed.
 * @throws CutpointError LABELS_NOT_READABLE
 */
export async function parseTable(task: TableTask): Promise<ParsedTable> {
  const { path } = task;
  const text = asUtf8(await readStart(path, MOST_TABLE_BYTES + 1));
  if (text.length > MOST_TABLE_BYTES) throw notReadable(path, 'it is larger than 200 MB');
  requireLines(path, text);
  return tableOf(task, (each) => read(path, text, each));
}

/**
 * The wanted columns of records, of which the first is the header.
 * @param give hands over every record, blank ones too
 * @throws CutpointError LABELS_NOT_READABLE
 */
export function tableOf({ path, wanted }: TableTask, give: (each: (record: string[]) => void) => void): ParsedTable {
  const table: ParsedTable = { columns: [], rows: [], values: new Map() };
  let kept: [values: string[], column: number][] = [];
  let row = 0;
  give((record) => {
    row++;
    if (row > MOST_ROWS + 1) throw notReadable(path, 'it has more than 1,000,000 rows');
    if (row === 1) {
      table.columns = record;
      const present = wanted.filter((name) => record.includes(name));
      const twice = present.find((name) => record.indexOf(name) !== record.lastIndexOf(name));
      if (twice !== undefined) throw notReadable(path, `two of its columns are named "${twice}"`, undefined, RENAME);
      kept = present.map((name) => [[], record.indexOf(name)]);
      table.values = new Map(kept.map(([values, column]) => [record[column]!, values]));
    } else if (record.some((value) => value !== '')) {
      table.rows.push(row);
      for (const [values, column] of kept) {
        const value = record[column] ?? '';
        if (value.length > LONGEST_CELL)
          throw notReadable(path, `row ${row} has a cell of ${value.length} characters in "${table.columns[column]}"`);
        values.push(value);
      }
    }
  });
  if (table.columns.every((name) => name === '')) throw notReadable(path, 'it is empty');
  return table;
}

/** Bytes of a table that are looked at to list its columns: the longest line that one may have. */
const HEAD = LONGEST_LINE + 1;
/** What has more is a table of measurements; a chooser of columns cannot show it. */
export const MOST_COLUMNS = 2000;
const LONGEST_NAME = 1000;

/** The columns that a table's head names; undefined where it is no table, or one with more columns than are wanted. */
export async function columnsOf(path: string, most: number = MOST_COLUMNS): Promise<string[] | undefined> {
  let columns: string[] = [];
  try {
    const head = await readStart(path, HEAD);
    const end = head.length < HEAD ? head.length : head.lastIndexOf('\n') + 1;
    const text = asUtf8(head.subarray(0, end));
    if (dialectOf(text).fields > most) return undefined;
    read(path, text, (record) => (columns = record), 1);
  } catch {
    return undefined;
  }
  return areOffered(columns, most) ? columns : undefined;
}

/** Whether a chooser of columns can show them. */
export const areOffered = (columns: readonly string[], most: number): boolean =>
  columns.length <= most &&
  columns.every(({ length }) => length <= LONGEST_NAME) &&
  columns.some((name) => name !== '');

/**
 * The first rows of a table, in the order of its columns; none where it is no table. Only for one whose first line is short,
 * see {@link hasShortHead}.
 */
export async function firstRows(path: string, most: number): Promise<string[][]> {
  const rows: string[][] = [];
  try {
    const text = asUtf8(await readStart(path, HEAD));
    read(path, text, (record) => rows.push(record.map((cell) => cell.slice(0, LONGEST_NAME))), most + 1);
  } catch {
    // Cut off in the middle of a row: those before it count.
  }
  return rows.slice(1);
}

/** A first line up to this has its columns within a few milliseconds. */
const SHORT_LINE = 16 * 1024;

/** Whether listing the columns takes no time worth a thread. Of what is no file, `columnsOf` says so. */
export async function hasShortHead(path: string): Promise<boolean> {
  try {
    const head = await readStart(path, SHORT_LINE + 1);
    if (head.length <= SHORT_LINE) return true;
    const line = /^[^\r\n]*[\r\n]/.exec(head.toString('latin1'))?.[0];
    return line !== undefined && line.split('"').length % 2 === 1;
  } catch {
    return true;
  }
}

/** Hands over every record, or the first `most`; blank lines are records too. */
function read(path: string, text: Buffer, each: (record: string[]) => void, most = -1): void {
  const { line, delimiter } = dialectOf(text);
  try {
    parse(text, {
      delimiter,
      from_line: line,
      to: most,
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: false,
      on_record: (record: string[]) => void each(record),
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { lines } = cause as { lines?: number };
    throw notReadable(
      path,
      lines === undefined ? 'it is not a table' : `its quotes do not match at line ${lines}`,
      cause,
    );
  }
}

/** At most `most` bytes of a file's start; one in an archive is unpacked for them. @throws CutpointError LABELS_NOT_READABLE */
export async function readStart(path: string, most: number): Promise<Buffer> {
  const { file, member } = await placeAt(path);
  if (member !== undefined) return startOfMember(path, most);
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const stats = await handle.stat();
    // A device or a pipe may never end.
    if (!stats.isFile()) throw notReadable(path, 'it is not a file');
    const bytes = Buffer.alloc(Math.min(stats.size, most));
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = (await handle.read(bytes, length, bytes.length - length, length)).bytesRead;
    return bytes.subarray(0, length);
  } catch (cause) {
    if (cause instanceof CutpointError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    const reason =
      code === 'ENOENT'
        ? 'it does not exist'
        : code === 'EACCES' || code === 'EPERM'
          ? 'you have no permission to read it'
          : 'the disk gave an error';
    throw notReadable(path, reason, cause);
  } finally {
    await handle?.close();
  }
}

async function startOfMember(path: string, most: number): Promise<Buffer> {
  const size = (await stateAt(path))?.size;
  if (size === undefined) throw notReadable(path, 'it does not exist');
  if (size === 0) return Buffer.alloc(0);
  if (size > MOST_TABLE_BYTES) throw notReadable(path, 'it is larger than 200 MB');
  const bytes = await readBytes(path).catch((cause: unknown) => {
    throw notReadable(path, 'it is damaged in its archive', cause);
  });
  return bytes.subarray(0, most);
}

/** One line without end would become one record of hundreds of millions of cells. */
function requireLines(path: string, text: Buffer): void {
  const lineEnd = text.includes(LF) ? LF : CR;
  for (let line = 1, start = 0; start < text.length; line++) {
    const window = text.subarray(start, start + LONGEST_LINE + 1);
    const end = window.indexOf(lineEnd);
    if (end < 0 && window.length > LONGEST_LINE) throw notReadable(path, `line ${line} is longer than 4 MB`);
    start += end < 0 ? window.length : end + 1;
  }
}

/** UTF-16 is told by its byte order mark, or by every second byte of the start being zero. */
function asUtf8(bytes: Buffer): Buffer {
  const wide = wideEncoding(bytes);
  if (wide) return Buffer.from(new TextDecoder(wide).decode(bytes));
  return isUtf8(bytes) ? bytes : Buffer.from(new TextDecoder('windows-1252').decode(bytes));
}

function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length < 4) return undefined;
  const zero = [0, 1, 2, 3].map((index) => bytes[index] === NUL).join();
  return zero === 'false,true,false,true' ? 'utf-16le' : zero === 'true,false,true,false' ? 'utf-16be' : undefined;
}

interface Dialect {
  /** At which the header stands. */
  line: number;
  delimiter: string;
  /** Columns of the header at the least. */
  fields: number;
}

function countOf(part: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count++;
  return count;
}

/** The delimiter is the one that the header has most of outside of quotes. */
function dialectOf(text: Buffer): Dialect {
  const start = text.toString('utf8', 0, HEAD).replace(/^\ufeff/, '');
  const said = /^"?sep=(.)"?\r?\n/.exec(start)?.[1];
  if (said !== undefined) return { line: 2, delimiter: said, fields: 1 };
  const header = start.slice(0, start.search(/\r|\n|$/)).replace(/"[^"]*"/g, '');
  return [',', ';', '\t']
    .map((delimiter): Dialect => ({ line: 1, delimiter, fields: 1 + countOf(delimiter, header) }))
    .reduce((best, next) => (next.fields > best.fields ? next : best));
}

const SAVE = 'Save the table as CSV (UTF-8) with a header row.';
const RENAME = 'Rename one of the two in the table, so that it is clear which is meant, or choose another column.';

export function notReadable(path: string, reason: string, cause?: unknown, remedy = SAVE): CutpointError {
  return new CutpointError('LABELS_NOT_READABLE', `The label file ${basename(path)} cannot be read: ${reason}.`, {
    remedy,
    cause,
  });
}
