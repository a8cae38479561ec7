import { labelsIn, NO_LABEL } from '../../../src-main/contract/labelRows.ts';
import type { ImageRow } from '../../../src-main/contract/images.ts';
import { partsOfRow } from '../../logic/labels.ts';

/** Which images are shown; an empty text and null let all through. */
export interface ImageFilter {
  text: string;
  label: string;
  group: number | null;
  part: string;
  finding: string;
  scanner: string;
}

export const noFilter = (): ImageFilter => ({ text: '', label: '', group: null, part: '', finding: '', scanner: '' });

export const isFiltered = (filter: ImageFilter): boolean => JSON.stringify(filter) !== JSON.stringify(noFilter());

type Query = Readonly<Record<string, unknown>>;

/** The filters that are set, as the query of an address. */
export const filterQuery = (filter: ImageFilter): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]: [string, string | number | null]) =>
      value === '' || value === null ? [] : [[name, String(value)]],
    ),
  );

/** The filters that an address names; what is no filter, or no value of one, is left out. */
export function filterIn(query: Query): ImageFilter {
  const { group, ...texts } = noFilter();
  for (const name of Object.keys(texts) as (keyof typeof texts)[]) {
    const value = query[name];
    if (typeof value === 'string') texts[name] = value;
  }
  const number = typeof query.group === 'string' && /^\d{1,9}$/.test(query.group) ? Number(query.group) : group;
  return { ...texts, group: number };
}

/**
 * What a filter by a label looks for in an image: its class. Of several labels those that it has, those that are not known,
 * with a ? before them, and that it has none.
 */
export const labelValues = ({ label }: Pick<ImageRow, 'label'>, several: boolean): string[] =>
  several ? partsOfRow(label) : [label];

/**
 * The images that pass. The text is looked for in the name of the file, in upper or lower case.
 * @param several an image may have several labels
 */
export function matching(rows: readonly ImageRow[], filter: ImageFilter, several = false): readonly ImageRow[] {
  if (!isFiltered(filter)) return rows;
  const { label, group, part, finding, scanner } = filter;
  const text = filter.text.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (label === '' || labelValues(row, several).includes(label)) &&
      (group === null || row.group === group) &&
      (part === '' || row.part === part) &&
      (finding === '' || row.findings.includes(finding)) &&
      (scanner === '' || row.scanner === scanner) &&
      (text === '' || row.file.toLowerCase().includes(text)),
  );
}

/** The values that occur, each with its number of images, the most frequent first. */
export function occurring(
  rows: readonly ImageRow[],
  valuesOf: (row: ImageRow) => readonly string[],
): { value: string; images: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of valuesOf(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, images]) => ({ value, images })).sort((a, b) => b.images - a.images);
}

export const PARTS = ['train', 'validation', 'test'] as const;
export type Part = (typeof PARTS)[number];

export interface PartCount {
  images: number;
  groups: number;
}

/**
 * Images and groups of each class in each part; null where the images are in none.
 * @param several an image may have several labels: those with each of them, and those with none
 */
export function partsOf(
  rows: readonly ImageRow[],
  several = false,
): { label: string; parts: Record<Part, PartCount> }[] | null {
  if (rows.length === 0 || rows[0]!.part === null) return null;
  const byLabel = new Map<string, ImageRow[]>();
  for (const row of rows) {
    const labels = several ? labelsIn(row.label) : [row.label];
    for (const label of labels.length > 0 ? labels : [NO_LABEL]) {
      const own = byLabel.get(label);
      if (own) own.push(row);
      else byLabel.set(label, [row]);
    }
  }
  return [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, own]) => ({ label, parts: countParts(own) }));
}

export function countParts(rows: readonly ImageRow[]): Record<Part, PartCount> {
  const count = (part: Part): PartCount => {
    const own = rows.filter((row) => row.part === part);
    return { images: own.length, groups: new Set(own.map(({ group }) => group)).size };
  };
  return { train: count('train'), validation: count('validation'), test: count('test') };
}

/** How many groups have one image, two, three, …; the last entry takes all that have more. */
export function imagesPerGroup(rows: readonly ImageRow[], most = 6): { images: number; groups: number }[] {
  const sizes = new Map<number, number>();
  for (const { group } of rows) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const counts = Array.from({ length: most }, (_, at) => ({ images: at + 1, groups: 0 }));
  for (const size of sizes.values()) counts[Math.min(size, most) - 1]!.groups += 1;
  return counts;
}
