import type { DataSet } from 'dicom-parser';
import type { HeaderRow } from '../../../../contract/viewer.ts';
import { dictionaryEntry } from './dictionary.ts';
import { parseDicom, type DicomFile } from './header.ts';
import { valueOf } from './value.ts';

/** A person looks at so many rows at most; an object of thousands of frames has more. */
const MOST_ROWS = 2000;
/** Value types that say who or when, whatever the element is. */
const TELLING = new Set(['PN', 'DA', 'DT', 'TM']);

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
