import { findingOf, type Finding } from '../../contract/findings.ts';
import { countedGroups, wordsFor, type Grouping } from '../../contract/groups.ts';
import { joinedGroups } from './joinedGroups.ts';
import type { DatasetImage } from './types.ts';

/**
 * The images with the groups of those that are equal or look the same made one, as a person chose. Whoever has such images in
 * common stays on one side of a split.
 * @param alike sets of images that look the same, by their indices
 */
export function copiesTogether(
  images: readonly DatasetImage[],
  { alike, grouping }: { alike: readonly (readonly number[])[]; grouping: Grouping },
): { images: DatasetImage[]; findings: Finding[] } {
  const copies = [...Map.groupBy(images.keys(), (at) => images[at]!.sha256).values()];
  const { images: joined, before, after } = joinedGroups(images, [...copies, ...alike]);
  const message = `As chosen, copies are kept together: ${countedGroups(before, grouping)} are counted as ${after.toLocaleString('en')}, since ${wordsFor(grouping).many} with images that are equal or look the same are one.`;
  return { images: joined, findings: after < before ? [findingOf('COPIES_TOGETHER', message)] : [] };
}
