import { BETWEEN, labelsIn, unknownIn } from '../../src-main/contract/labelRows.ts';

/** What a filter by a label looks for: its name, `?` and its name where that is not known, or that there is none. */
export const partsOfRow = (row: string): string[] => row.split(BETWEEN);

/** A label of an image as it is shown. */
export interface Chip {
  name: string;
  /** Both rows have it; this one alone; or nothing is known of it. */
  kind: 'has' | 'wrong' | 'unknown';
}

/**
 * The labels of a row, and which of them another row of the same image does not have: those predicted beside the true ones,
 * or the true ones beside those predicted.
 * @param row as `encodeRow` writes it
 * @param beside left out: nothing is compared
 */
export function chipsOf(row: string, beside?: string): Chip[] {
  const [right, open] = beside === undefined ? [null, null] : [labelsIn(beside), unknownIn(beside)];
  const kindOf = (name: string): Chip['kind'] =>
    right === null || right.includes(name) ? 'has' : open!.includes(name) ? 'unknown' : 'wrong';
  return [
    ...labelsIn(row).map((name) => ({ name, kind: kindOf(name) })),
    ...unknownIn(row).map((name) => ({ name, kind: 'unknown' as const })),
  ];
}
