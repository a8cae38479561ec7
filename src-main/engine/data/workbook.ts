import { zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/universal';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { CutpointError } from '../../contract/errors.ts';
import {
  MOST_ROWS,
  MOST_TABLE_BYTES,
  notReadable,
  type ParsedTable,
  readStart,
  type TableTask,
  tableOf,
} from './parseTable.ts';

/** Bytes of the file; a million rows of names and labels take about ten million. */
const MOST_PACKED = 50 * 1024 ** 2;
/** More entries than the sheets, texts and styles of any table of labels. */
const MOST_ENTRIES = 1000;
/** What the library reads of it: XML, no images and no macros. */
const READ = /\.(xml|xml\.rels)$/;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;

/** The wanted columns of the first sheet. @throws CutpointError LABELS_NOT_READABLE */
export async function parseWorkbook(task: TableTask): Promise<ParsedTable> {
  const { rows, sheets } = await rowsOf(task.path);
  return { ...tableOf(task, (each) => rows.forEach(each)), sheets };
}

/** The first rows of the first sheet, with its header. @throws CutpointError LABELS_NOT_READABLE */
export async function firstWorkbookRows(path: string, most: number): Promise<string[][]> {
  return (await rowsOf(path, most + 1)).rows;
}

/**
 * The cells of the first sheet as text. The archive is unpacked here, within bounds, and handed to the library without
 * compression: on its own it would unpack a small file to any size.
 * @param most rows that are wanted
 */
async function rowsOf(path: string, most = Infinity): Promise<{ rows: string[][]; sheets: string[] }> {
  const packed = await readStart(path, MOST_PACKED + 1);
  if (packed.length > MOST_PACKED) throw notReadable(path, 'it is larger than 50 MB');
  try {
    const entries = await unpacked(path, packed);
    requireRows(path, entries);
    if (most !== Infinity)
      for (const [name, bytes] of Object.entries(entries))
        if (SHEET.test(name)) entries[name] = firstRowsOf(bytes, most);
    const archive = zipSync(entries, { level: 0 });
    const cells = await readSheet(archive.buffer as ArrayBuffer);
    const sheets = sheetNames(Buffer.from(entries['xl/workbook.xml'] ?? []).toString('utf8'));
    return { rows: cells.map((row) => row.map(textOf)), sheets };
  } catch (cause) {
    if (cause instanceof CutpointError) throw cause;
    throw notReadable(path, 'it is no Excel workbook', cause);
  }
}

/** The parts that are read, unpacked: no more than their directory claims, and not more than 200 MB in all. */
async function unpacked(path: string, packed: Buffer): Promise<Record<string, Uint8Array>> {
  const archive = await yauzl.fromBufferPromise(packed);
  if (archive.entryCount > MOST_ENTRIES) throw notReadable(path, 'it has more parts than a workbook of labels');
  const entries: Record<string, Uint8Array> = {};
  let claimed = 0;
  for await (const entry of archive.eachEntry()) {
    if (!READ.test(entry.fileName)) continue;
    claimed += entry.uncompressedSize;
    if (claimed > MOST_TABLE_BYTES) throw notReadable(path, 'unpacked it is larger than 200 MB');
    entries[entry.fileName] = await contentsOf(archive, entry);
  }
  return entries;
}

async function contentsOf(archive: ZipFile, entry: Entry): Promise<Uint8Array> {
  // The stream ends with an error where there is more than the directory says.
  const stream = await archive.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** One cell in the last row of a sheet would become a million rows. */
function requireRows(path: string, entries: Readonly<Record<string, Uint8Array>>): void {
  const textOfEntry = (name: string) => Buffer.from(entries[name] ?? []);
  const id = /<(?:\w+:)?sheet\b[^>]*:id="([^"]*)"/.exec(textOfEntry('xl/workbook.xml').toString('utf8'))?.[1];
  const relations =
    textOfEntry('xl/_rels/workbook.xml.rels')
      .toString('utf8')
      .match(/<Relationship\b[^>]*>/g) ?? [];
  const target = /\bTarget="([^"]*)"/.exec(relations.find((each) => each.includes(`Id="${id}"`)) ?? '')?.[1];
  const sheet = textOfEntry(`xl/${target?.replace(/^\/?(xl\/)?/, '')}`);
  const at = Math.max(0, sheet.lastIndexOf('<row '));
  const last = /\br="(\d+)"/.exec(sheet.toString('latin1', at, at + 500))?.[1];
  if (Number(last) > MOST_ROWS + 1) throw notReadable(path, 'it has more than 1,000,000 rows');
}

/** A sheet that ends after some of its rows. */
function firstRowsOf(sheet: Uint8Array, most: number): Uint8Array {
  const text = Buffer.from(sheet.buffer, sheet.byteOffset, sheet.length);
  let end = 0;
  for (let row = 0; row < most; row++) {
    const next = text.indexOf('</row>', end);
    if (next < 0) return sheet;
    end = next + '</row>'.length;
  }
  return Buffer.concat([text.subarray(0, end), Buffer.from('</sheetData></worksheet>')]);
}

const sheetNames = (workbook: string): string[] =>
  [...workbook.matchAll(/<(?:\w+:)?sheet\b[^>]*\bname="([^"]*)"/g)].map(([, name]) => name!);

/** A date stands without its time where it has none. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '');
  return String(cell as string | number | boolean).trim();
}
