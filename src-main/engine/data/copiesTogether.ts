import { findingOf, type Finding } from '../../contract/findings.ts';
import { countedGroups, wordsFor, type Grouping } from '../../contract/groups.ts';
import { Sets } from './look/sets.ts';
import type { DatasetImage } from './types.ts';

/**
 * The images with the groups of those that are equal or look the same made one, as a person chose: the group of the first
 * of them stands for all. Whoever has such images in common stays on one side of a split.
 * @param alike sets of images that look the same, by their indices
 */
export function copiesTogether(
  images: readonly DatasetImage[],
  { alike, grouping }: { alike: readonly (readonly number[])[]; grouping: Grouping },
): { images: DatasetImage[]; findings: Finding[] } {
  const names = [...new Set(images.map(({ group }) => group))];
  const numbers = new Map(names.map((name, at) => [name, at]));
  const numberOf = (at: number): number => numbers.get(images[at]!.group)!;
  const sets = new Sets(names.length);
  const copies = [...Map.groupBy(images.keys(), (at) => images[at]!.sha256).values()];
  for (const [first, ...others] of [...copies, ...alike])
    for (const other of others) sets.join(numberOf(first!), numberOf(other));
  const joined = images.map((image, at) => ({ ...image, group: names[sets.of(numberOf(at))]! }));
  const left = new Set(joined.map(({ group }) => group)).size;
  const message = `As chosen, copies are kept together: ${countedGroups(names.length, grouping)} are counted as ${left.toLocaleString('en')}, since ${wordsFor(grouping).many} with images that are equal or look the same are one.`;
  return { images: joined, findings: left < names.length ? [findingOf('COPIES_TOGETHER', message)] : [] };
}
