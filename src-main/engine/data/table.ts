import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { CutpointError } from '../../contract/errors.ts';

export interface Table {
  columns: string[];
  /** Values by column, with the row's number as a spreadsheet shows it (the header is row 1). */
  rows: { row: number; values: Record<string, string> }[];
}

const MAX_TABLE_BYTES = 200 * 1024 ** 2;

/**
 * Reads a table with a header: comma, semicolon or tab, quoted fields, UTF-8 with or without byte order mark, UTF-16 or
 * Windows-1252 (as Excel saves them). Values are trimmed.
 * Throws LABELS_NOT_READABLE.
 */
export async function readTable(path: string): Promise<Table> {
  const text = decodeText(await readBytes(path));
  let records: string[][];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      trim: true,
      relax_column_count: true,
      skip_empty_lines: false,
    }) as unknown as string[][];
  } catch (cause) {
    const line = (cause as { lines?: number }).lines;
    throw notReadable(path, line === undefined ? 'it is no table' : `its quotes do not match at line ${line}`, cause);
  }
  const [columns, ...body] = records;
  if (!columns || columns.every((name) => name === '')) throw notReadable(path, 'it is empty');
  const rows = body.flatMap((record, index) =>
    record.every((value) => value === '')
      ? []
      : [
          {
            row: index + 2,
            values: Object.fromEntries(columns.map((name, column) => [name, record[column] ?? ''])),
          },
        ],
  );
  return { columns, rows };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > MAX_TABLE_BYTES) throw notReadable(path, 'it is larger than 200 MB');
    return await readFile(path);
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
  }
}

function decodeText(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    // TextDecoder drops the byte order mark.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The delimiter that the header line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/\r|\n|$/)).replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function notReadable(path: string, reason: string, cause?: unknown): CutpointError {
  return new CutpointError('LABELS_NOT_READABLE', `The label file ${basename(path)} cannot be read: ${reason}.`, {
    remedy: 'Save the table as CSV (UTF-8) with a header row.',
    cause,
  });
}
