import { Sets } from './look/sets.ts';
import type { DatasetImage } from './types.ts';

/**
 * The images with the groups that each of these sets touches made one: the group that comes first stands for all.
 * @param sets of images, by their indices
 */
export function joinedGroups(
  images: readonly DatasetImage[],
  sets: Iterable<readonly number[]>,
): { images: DatasetImage[]; before: number; after: number } {
  const names = [...new Set(images.map(({ group }) => group))];
  const numbers = new Map(names.map((name, at) => [name, at]));
  const numberOf = (at: number): number => numbers.get(images[at]!.group)!;
  const groups = new Sets(names.length);
  for (const [first, ...others] of sets) for (const other of others) groups.join(numberOf(first!), numberOf(other));
  const joined = images.map((image, at) => ({ ...image, group: names[groups.of(numberOf(at))]! }));
  return { images: joined, before: names.length, after: new Set(joined.map(({ group }) => group)).size };
}
