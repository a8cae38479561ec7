import { CutpointError } from '../../contract/errors.ts';
import { generator, shuffle } from '../random.ts';
import type { DatasetImage, SplitName } from './types.ts';
import { compare } from './walk.ts';

export interface SplitOptions {
  /** Share of the patients, in (0, 1). */
  validation: number;
  /** Share of the patients, in [0, 1); 0 where the test set is another folder. */
  test: number;
  seed: number;
}

type SplitImage = Pick<DatasetImage, 'label' | 'group' | 'sha256'>;

interface Group {
  id: string;
  /** Orders groups by content, so that neither a workspace's salt nor the order of files changes the split. */
  key: string;
  labels: string[];
}

const ATTEMPTS = 50;

/**
 * Divides images into training, validation and test by patient: a group never crosses, every class is in every split,
 * and each class is divided in the same shares (of its groups). Iterative stratification (Sechidis, Tsoumakas and
 * Vlahavas 2011): the rarest class first, each group to the split that still lacks most of it; a group of several
 * classes counts for all of them. The same images and seed give the same split, in whatever order they come.
 * Returns one name per image. Throws TOO_FEW_GROUPS.
 */
export function splitByGroup(images: SplitImage[], { validation, test, seed }: SplitOptions): SplitName[] {
  const groups = collectGroups(images);
  const classes = [...new Set(images.map(({ label }) => label))].sort(compare);
  const shares: [SplitName, number][] = [
    ['train', 1 - validation - test],
    ['validation', validation],
    ...(test > 0 ? ([['test', test]] as [SplitName, number][]) : []),
  ];
  for (const name of classes) {
    const count = groups.filter(({ labels }) => labels.includes(name)).length;
    if (count < shares.length) throw tooFew(`the class "${name}" has only ${count}`, shares.length);
  }
  // Groups of several classes can leave a class out of a split by bad luck; another order usually mends it.
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = generator(seed, 'split', attempt);
    const assigned = assign(groups, classes, { shares, random });
    const complete = shares.every(([split]) =>
      classes.every((name) => groups.some(({ id, labels }) => assigned.get(id) === split && labels.includes(name))),
    );
    if (complete) return images.map(({ group }) => assigned.get(group)!);
  }
  throw tooFew('too many patients have images of several classes', shares.length);
}

function collectGroups(images: SplitImage[]): Group[] {
  const groups = Map.groupBy(images, ({ group }) => group);
  return [...groups]
    .map(([id, members]) => ({
      id,
      key: members
        .map(({ sha256 }) => sha256)
        .sort(compare)
        .join(),
      labels: [...new Set(members.map(({ label }) => label))].sort(compare),
    }))
    .sort((a, b) => compare(a.key, b.key) || compare(a.labels.join('\n'), b.labels.join('\n')));
}

function assign(
  groups: Group[],
  classes: string[],
  { shares, random }: { shares: [SplitName, number][]; random: () => number },
): Map<string, SplitName> {
  const splits = shares.map(([split]) => split);
  const holding = (name: string, among: Group[]) => among.filter(({ labels }) => labels.includes(name)).length;
  const wanted = new Map(classes.map((name) => [name, quotas(holding(name, groups), shares)]));
  const assigned = new Map<string, SplitName>();
  let left = shuffle(groups, random);
  while (left.length > 0) {
    // Rarest class first, by what is left of it; equally rare ones by name.
    const rarest = classes
      .map((name) => ({ name, count: holding(name, left) }))
      .filter(({ count }) => count > 0)
      .reduce((a, b) => (b.count < a.count ? b : a)).name;
    for (const group of left.filter(({ labels }) => labels.includes(rarest))) {
      const lacking = (split: SplitName) => wanted.get(rarest)!.get(split)!;
      const overall = (split: SplitName) => group.labels.reduce((sum, name) => sum + wanted.get(name)!.get(split)!, 0);
      const split = splits.reduce((best, candidate) =>
        lacking(candidate) > lacking(best) ||
        (lacking(candidate) === lacking(best) && overall(candidate) > overall(best))
          ? candidate
          : best,
      );
      assigned.set(group.id, split);
      for (const name of group.labels) wanted.get(name)!.set(split, wanted.get(name)!.get(split)! - 1);
    }
    left = left.filter(({ id }) => !assigned.has(id));
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

function tooFew(reason: string, least: number): CutpointError {
  return new CutpointError(
    'TOO_FEW_GROUPS',
    `Each of ${least === 3 ? 'training, validation and test' : 'training and validation'} needs a patient of every class, but ${reason}.`,
    { remedy: 'Add patients, join small classes, or leave the class out.' },
  );
}
