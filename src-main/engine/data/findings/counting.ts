import type { DicomCounts } from '../../../contract/data.ts';
import { compare } from '../walk.ts';

/** Values with how many images have each. */
export type Counted = DicomCounts['photometric'];

/** Counts by key, most frequent first. */
export function countBy<T>(items: readonly T[], key: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
}

/** The same as the contract has it. */
export const countedBy = <T>(items: readonly T[], key: (item: T) => string): Counted =>
  countBy(items, key).map(([value, images]) => ({ value, images }));

/** `1 image`, `2 images`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
