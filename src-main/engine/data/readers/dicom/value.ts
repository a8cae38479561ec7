import type { DataSet, Element } from 'dicom-parser';
import { syntaxName } from './syntaxes.ts';

const MOST_VALUES = 16;
const LONGEST_TEXT = 500;

const NUMBERS: Readonly<Record<string, [size: number, read: keyof DataSet]>> = {
  ...{ US: [2, 'uint16'], SS: [2, 'int16'], UL: [4, 'uint32'], SL: [4, 'int32'] },
  ...{ FL: [4, 'float'], FD: [8, 'double'] },
};
const TEXTS = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'LO', 'LT', 'PN', 'SH', 'ST', 'TM', 'UC', 'UR', 'UT', 'UI']); // prettier-ignore

/** Whether elements of a value type hold something to read, and no items or bytes. */
export const isReadable = (vr: string): boolean => vr === 'AT' || vr in NUMBERS || TEXTS.has(vr);

/** An element as text; of items and bytes, how many they are. */
export function valueOf(data: DataSet, element: Element, vr: string): string {
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

/** Repertoires of PS3.3, C.12.1.1.2, by the names that decoders have. */
const REPERTOIRES: Readonly<Record<string, string>> = {
  ...{ '100': 'latin1', '101': 'iso-8859-2', '109': 'iso-8859-3', '110': 'iso-8859-4', '148': 'iso-8859-9' },
  ...{ '203': 'iso-8859-15', '144': 'iso-8859-5', '127': 'iso-8859-6', '126': 'iso-8859-7', '138': 'iso-8859-8' },
  ...{ '166': 'windows-874', '13': 'shift_jis', '87': 'iso-2022-jp', '149': 'euc-kr', '58': 'gbk' },
  ...{ '192': 'utf-8', GB18030: 'gb18030', GBK: 'gbk' },
};

/** In the character set that the file names, else as Latin-1. */
function textOf(data: DataSet, { dataOffset, length }: Element): string {
  const sets = (data.string('x00080005') ?? '').split('\\');
  const known = sets.flatMap((set) => REPERTOIRES[set.replace(/^ISO.*?IR ?/, '').trim()] ?? []);
  const bytes = data.byteArray.subarray(dataOffset, dataOffset + Math.min(length, 4 * LONGEST_TEXT));
  // Of several, the last is the one that its first lacks.
  const text = new TextDecoder(known.at(-1) ?? 'latin1').decode(bytes);
  return text
    .replaceAll('\0', '')
    .replaceAll('\u001b$)C', '')
    .split('\\')
    .map((part) => part.trim())
    .join('\\');
}
