import type { Grouping } from '../../contract/groups.ts';
import type { Appearance } from './look/appearance.ts';
import type { Note } from './readers/picture.ts';
import type { Probe } from './tasks.ts';
import type { DatasetImage, ImageDetails } from './types.ts';

interface Known {
  read: readonly { probe: Probe }[];
  /** What was noticed while reading each. */
  noted: readonly (readonly Note[])[];
  appearance: Appearance;
  grouping: Grouping;
}

/** What is known of each image. */
export function detailsOf(
  images: readonly DatasetImage[],
  { read, noted, appearance, grouping }: Known,
): ImageDetails[] {
  const copies = [...Map.groupBy(images.keys(), (at) => images[at]!.sha256).values()];
  const own: string[][] = images.map(() => []);
  const mark = (some: readonly number[], ...codes: readonly string[]) => some.forEach((at) => own[at]!.push(...codes));
  const repeats = (code: string, set: readonly number[]): string[] => {
    const differ = (key: 'label' | 'group') => new Set(set.map((at) => images[at]![key])).size > 1;
    const isOfSeveral = grouping !== 'image' && differ('group');
    return [code, ...(differ('label') ? [`${code}_LABELS`] : []), ...(isOfSeveral ? [`${code}_GROUPS`] : [])];
  };
  for (const set of copies.filter(({ length }) => length > 1)) mark(set, ...repeats('DUPLICATE', set));
  for (const set of appearance.alike) mark(set, ...repeats('NEAR_DUPLICATE', set));
  // The first of each set stands for it.
  mark([...new Set([...copies, ...appearance.alike].flatMap((set) => set.slice(1)))], 'REPEATED');
  mark(appearance.blank, 'BLANK');
  mark(appearance.inverted, 'INVERTED');
  mark(appearance.text, 'BURNED_TEXT');
  // One list for all images of which the same is to be said: a table then says it once.
  const lists = new Map<string, string[]>();
  return images.map((_, at) => {
    const { bits, frames, identity } = read[at]!.probe;
    const codes = [...own[at]!, ...new Set(noted[at]!.map(({ code }) => code))];
    const key = codes.join();
    if (!lists.has(key)) lists.set(key, codes);
    return { bits, frames, scanner: identity?.scanner ?? null, findings: lists.get(key)! };
  });
}
