import { CutpointError } from '../../contract/errors.ts';
import { NO_LABEL } from '../../contract/labelRows.ts';
import { wordsFor, type Grouping } from '../../contract/groups.ts';
import { generator, shuffle } from '../random.ts';
import type { DatasetImage, SplitName } from './types.ts';
import { compare } from './walk.ts';

export interface SplitOptions {
  /** Share of the patients, in (0, 1). */
  validation: number;
  /** Share of the patients, in [0, 1); 0 where the test set is another folder. */
  test: number;
  seed: number;
  /** What the groups are, for the words of errors. */
  grouping?: Grouping;
}

export type SplitImage = Pick<DatasetImage, 'label' | 'labels' | 'group' | 'sha256' | 'part' | 'stratum'> & {
  file?: string;
};

/** What an image is stratified by: its class, or all labels that it has; that it has none counts as one, too. */
export const labelsOf = ({ label, labels }: SplitImage): readonly string[] =>
  labels === undefined ? [label] : labels.length === 0 ? [NO_LABEL] : labels;

/** The classes that every part needs. Images without a label are divided as evenly as those with one, but none is needed. */
export const neededIn = (labels: Iterable<string>): string[] =>
  [...new Set(labels)].filter((name) => name !== NO_LABEL).sort(compare);

/** Patients of a class that a value to stratify by has at least; others are taken together. */
const LEAST_OF_STRATUM = 5;

/** All images of one patient. */
export interface Group {
  id: string;
  /** Orders groups by content, so that neither a workspace's salt nor the order of files changes the split. */
  key: string;
  labels: string[];
}

/** Groups of several classes can leave a class out of a part by bad luck; another order usually mends it. */
export const ATTEMPTS = 50;

/**
 * Divides images into training, validation and test by patient: a group never crosses, every class is in every split,
 * and each class is divided in the same shares (of its groups). Iterative stratification (Sechidis, Tsoumakas and
 * Vlahavas 2011): the rarest class first, each group to the split that still lacks most of it; a group of several
 * classes, or with images of several labels, counts for all of them. The same images and seed give the same split, in whatever order they come. Images with a
 * stratum are divided in the same shares within it, too.
 * Returns one name per image. Throws TOO_FEW_GROUPS.
 */
export function splitByGroup(images: SplitImage[], { validation, test, seed, grouping }: SplitOptions): SplitName[] {
  const groups = collectGroups(images);
  const classes = neededIn(images.flatMap(labelsOf));
  const shares: [SplitName, number][] = [
    ['train', 1 - validation - test],
    ['validation', validation],
    ...(test > 0 ? ([['test', test]] as [SplitName, number][]) : []),
  ];
  const held = holders(groups);
  for (const name of classes) {
    const count = held.get(name)!;
    if (count < shares.length) throw tooFew(`the class "${name}" has only ${count}`, shares.length, grouping);
  }
  const stratified = withStrata(groups, images);
  const perStratum = holders(stratified);
  const wanted = new Map(
    [...perStratum.keys()].sort(compare).map((name) => [name, quotas(perStratum.get(name)!, shares)]),
  );
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = generator(seed, 'split', attempt);
    const assigned = assignGroups(stratified, wanted, random);
    const complete = shares.every(([split]) => {
      const own = holders(groups.filter(({ id }) => assigned.get(id) === split));
      return classes.every((name) => own.has(name));
    });
    if (complete) return images.map(({ group }) => assigned.get(group)!);
  }
  throw tooFew(`too many ${wordsFor(grouping).many} have images of several classes`, shares.length, grouping);
}

/** The patients of some images, in an order that follows from their contents alone. */
export function collectGroups(images: readonly SplitImage[]): Group[] {
  const groups = Map.groupBy(images, ({ group }) => group);
  return [...groups]
    .map(([id, members]) => ({
      id,
      key: members
        .map(({ sha256 }) => sha256)
        .sort(compare)
        .join(),
      labels: [...new Set(members.flatMap(labelsOf))].sort(compare),
    }))
    .sort((a, b) => compare(a.key, b.key) || compare(a.labels.join('\n'), b.labels.join('\n')));
}

/** The same groups, with the classes within their strata in place of the classes; without strata, as they are. */
export function withStrata(groups: readonly Group[], images: readonly SplitImage[]): readonly Group[] {
  if (images.every(({ stratum }) => stratum === undefined)) return groups;
  const own = Map.groupBy(images, ({ group }) => group);
  const within = (image: SplitImage): string[] => labelsOf(image).map((label) => `${label}\n${image.stratum ?? ''}`);
  const fine = groups.map((group) => ({
    ...group,
    labels: [...new Set(own.get(group.id)!.flatMap(within))].sort(compare),
  }));
  const counts = holders(fine);
  const merged = (name: string): string => (counts.get(name)! < LEAST_OF_STRATUM ? name.split('\n', 1)[0]! : name);
  return fine.map((group) => ({ ...group, labels: [...new Set(group.labels.map(merged))].sort(compare) }));
}

/** How many groups have images of each class; a class that none has is absent. */
export function holders(among: readonly Group[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { labels } of among) for (const name of labels) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/**
 * Iterative stratification of groups over parts.
 * @param quotas per class, in ascending order, how many of its groups each part wants; the parts in the same order
 * @returns part by group
 */
export function assignGroups<P>(
  groups: readonly Group[],
  quotas: ReadonlyMap<string, ReadonlyMap<P, number>>,
  random: () => number,
): Map<string, P> {
  const wanted = new Map([...quotas].map(([name, parts]) => [name, new Map(parts)]));
  const classes = [...wanted.keys()];
  const parts = [...wanted.get(classes[0]!)!.keys()];
  const assigned = new Map<string, P>();
  const order = shuffle(groups, random);
  const members = new Map<string, Group[]>(classes.map((name) => [name, []]));
  for (const group of order) for (const name of group.labels) members.get(name)!.push(group);
  const left = holders(order);
  while (assigned.size < order.length) {
    // Rarest class first, by what is left of it; equally rare ones by name.
    const rarest = classes
      .map((name) => ({ name, count: left.get(name) ?? 0 }))
      .filter(({ count }) => count > 0)
      .reduce((a, b) => (b.count < a.count ? b : a)).name;
    for (const group of members.get(rarest)!) {
      if (assigned.has(group.id)) continue;
      const lacking = (part: P) => wanted.get(rarest)!.get(part)!;
      const overall = (part: P) => group.labels.reduce((sum, name) => sum + wanted.get(name)!.get(part)!, 0);
      const chosen = parts.reduce((best, candidate) =>
        lacking(candidate) > lacking(best) ||
        (lacking(candidate) === lacking(best) && overall(candidate) > overall(best))
          ? candidate
          : best,
      );
      assigned.set(group.id, chosen);
      for (const name of group.labels) {
        wanted.get(name)!.set(chosen, wanted.get(name)!.get(chosen)! - 1);
        left.set(name, left.get(name)! - 1);
      }
    }
  }
  return assigned;
}

/** Whole numbers of groups that sum to `count`: the shares rounded, at least one for every split. */
function quotas(count: number, shares: [SplitName, number][]): Map<SplitName, number> {
  const [[train], ...others] = shares as [[SplitName, number], ...[SplitName, number][]];
  const result = new Map(others.map(([split, share]) => [split, Math.max(1, Math.round(share * count))]));
  const total = () => [...result.values()].reduce((sum, number) => sum + number, 0);
  while (total() > count - 1) {
    const [largest] = [...result].reduce((a, b) => (b[1] > a[1] ? b : a));
    result.set(largest, result.get(largest)! - 1);
  }
  return new Map([[train, count - total()], ...result]);
}

/** `a patient`, `an image`, `an imaging study`. */
export function aGroup(grouping: Grouping | undefined): string {
  const { one } = wordsFor(grouping);
  return `${one.startsWith('i') ? 'an' : 'a'} ${one}`;
}

function tooFew(reason: string, least: number, grouping: Grouping | undefined): CutpointError {
  return new CutpointError(
    'TOO_FEW_GROUPS',
    `Each of ${least === 3 ? 'training, validation and test' : 'training and validation'} needs ${aGroup(grouping)} of every class, but ${reason}.`,
    { remedy: `Add ${wordsFor(grouping).many}, merge small classes, or leave the class out.` },
  );
}
