import { generator, shuffle } from '../../random.ts';

/** Images with a class and a group (patient) each. */
export interface Labelled {
  labels: readonly number[];
  groups: readonly string[];
  classes: readonly string[];
}

/**
 * The fold of each picture: the groups of each class, by their first picture, are dealt out in random order.
 * @returns fold index in [0, folds) per picture
 */
export function foldsOf({ labels, groups, classes }: Labelled, folds: number, seed: number): number[] {
  const first = new Map<string, number>();
  groups.forEach((group, index) => first.has(group) || first.set(group, labels[index]!));
  const fold = new Map<string, number>();
  let dealt = 0;
  for (const label of classes.keys()) {
    const own = [...first].flatMap(([group, of]) => (of === label ? [group] : []));
    for (const group of shuffle(own, generator(seed, 'folds', label))) fold.set(group, dealt++ % folds);
  }
  return groups.map((group) => fold.get(group)!);
}
