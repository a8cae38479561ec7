import type { DataSet, Element } from 'dicom-parser';
import type { HeaderRow } from '../../../../contract/viewer.ts';
import { dictionaryEntry } from './dictionary.ts';
import { parseDicom, type DicomFile } from './header.ts';
import { syntaxName } from './syntaxes.ts';

/** A person looks at so many rows at most; an object of thousands of frames has more. */
const MOST_ROWS = 2000;
const MOST_VALUES = 16;
const LONGEST_TEXT = 500;

const NUMBERS: Readonly<Record<string, [size: number, read: keyof DataSet]>> = {
  ...{ US: [2, 'uint16'], SS: [2, 'int16'], UL: [4, 'uint32'], SL: [4, 'int32'] },
  ...{ FL: [4, 'float'], FD: [8, 'double'] },
};
/** Value types that say who or when, whatever the element is. */
const TELLING = new Set(['PN', 'DA', 'DT', 'TM']);
const TEXTS = new Set(['AE', 'AS', 'CS', 'DS', 'IS', 'LO', 'LT', 'SH', 'ST', 'UC', 'UR', 'UT', 'UI']);

/**
 * All elements of a DICOM file but its pixels, those of sequences below them, without what could tell whose image it is:
 * what the confidentiality profile of PS3.15 removes or replaces, names, dates, times, instances' UIDs, private elements
 * and those that the standard does not know are masked.
 */
export function dicomHeader(bytes: Buffer): HeaderRow[] {
  const file = parseDicom(bytes);
  const rows: HeaderRow[] = [];
  addRows(file.data, 0, { file, rows });
  return rows;
}

function addRows(data: DataSet, depth: number, { file, rows }: { file: DicomFile; rows: HeaderRow[] }): void {
  for (const tag of Object.keys(data.elements).sort()) {
    if (rows.length >= MOST_ROWS) return;
    const element = data.elements[tag]!;
    const known = dictionaryEntry(tag.slice(1));
    const vr = element.vr ?? known?.vr ?? 'UN';
    const value = valueOf(data, element, vr);
    const masked = isMasked(tag, vr, value ?? '');
    const row = { tag: `${tag.slice(1, 5)},${tag.slice(5)}`, keyword: known?.keyword ?? null, vr, depth };
    rows.push({ ...row, value: masked ? null : value, masked });
    if (masked) continue;
    for (const item of element.items ?? []) if (item.dataSet) addRows(item.dataSet, depth + 1, { file, rows });
  }
}

function isMasked(tag: string, vr: string, value: string): boolean {
  const known = dictionaryEntry(tag.slice(1));
  if (!known || known.confidential || TELLING.has(vr) || vr === 'UN') return true;
  // UIDs below this root are those of the standard; any other may name an instance.
  return vr === 'UI' && value !== '' && !value.startsWith('1.2.840.10008.');
}

function valueOf(data: DataSet, element: Element, vr: string): string {
  const { tag, length, items } = element;
  if (items) return `${items.length} ${items.length === 1 ? 'item' : 'items'}`;
  if (length === 0) return '';
  const number = NUMBERS[vr];
  if (number) {
    const [size, read] = number;
    const count = Math.floor(length / size);
    const values = Array.from({ length: Math.min(count, MOST_VALUES) }, (_, at) => String((data[read] as (tag: string, at: number) => number | undefined)(tag, at))); // prettier-ignore
    return values.join('\\') + (count > MOST_VALUES ? ` … (${count} values)` : '');
  }
  if (vr === 'AT') return data.attributeTag(tag)?.slice(1) ?? '';
  if (!TEXTS.has(vr)) return element.encapsulatedPixelData ? 'compressed' : `${length} bytes`;
  const text = textOf(data, element);
  if (tag === 'x00020010' || (vr === 'UI' && syntaxName(text) !== text)) return `${text} (${syntaxName(text)})`;
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… (${length} bytes)` : text;
}

/** In the character set of Unicode where the file says so, else as Latin-1: names are not shown. */
function textOf(data: DataSet, { dataOffset, length }: Element): string {
  const set = data.string('x00080005') ?? '';
  const bytes = Buffer.from(data.byteArray.subarray(dataOffset, dataOffset + Math.min(length, 4 * LONGEST_TEXT)));
  return bytes
    .toString(set.includes('192') ? 'utf8' : 'latin1')
    .replaceAll('\0', '')
    .trim();
}
