import { CutpointError } from '../../contract/errors.ts';
import { wordsFor, type Grouping } from '../../contract/groups.ts';
import { generator } from '../random.ts';
import {
  aGroup,
  ATTEMPTS,
  assignGroups,
  collectGroups,
  holders,
  neededIn,
  splitByGroup,
  withStrata,
  type Group,
  type SplitImage,
} from './split.ts';
import type { SplitName } from './types.ts';
import { compare } from './walk.ts';

/** Patients of each class that a fold needs: of one alone, AUROC could only say right or wrong. */
const LEAST_PER_FOLD = 2;
const MOST_FOLDS = 20;

export interface FoldOptions {
  /** Number of folds. */
  k: number;
  seed: number;
  /** Patients of each class that a fold needs; left out: 2. */
  least?: number;
  /** What the groups are, for the words of errors. */
  grouping?: Grouping;
}

/**
 * Divides images into `k` folds by patient: a group never crosses, and each class is spread evenly over the folds (of its
 * groups; iterative stratification as in `splitByGroup`), and within it each stratum. Folds depend on the images and the
 * seed alone.
 * Returns the fold of each image, from 0. Throws TOO_FEW_GROUPS, with the numbers of folds that would work in
 * `details.valid`.
 */
export function foldsByGroup(images: readonly SplitImage[], options: FoldOptions): number[] {
  const folds = findFolds(images, options);
  if (!folds) throw tooFew(images, options);
  return folds;
}

/** The same; null where the data do not allow so many folds. */
export function findFolds(images: readonly SplitImage[], options: FoldOptions): number[] | null {
  const folds = tryFolds(images, options);
  return folds && images.map(({ group }) => folds.get(group)!);
}

/** The class that the fewest patients have, of equal ones the first by name, and how many have it. */
export const rarestClass = (images: readonly SplitImage[]): { name: string; patients: number } =>
  rarestOf(collectGroups(images));

function rarestOf(groups: readonly Group[]): { name: string; patients: number } {
  const held = holders(groups);
  return classesOf(groups)
    .map((name) => ({ name, patients: held.get(name)! }))
    .reduce((a, b) => (b.patients < a.patients ? b : a));
}

/**
 * The split in which one fold is tested: of the other patients, a share validates.
 * @param validation share of all patients, in (0, 1 − 1 / k); `half`: one half of the patients of the fold, of each class,
 * of which the other half is tested
 * Returns one name per image. Throws TOO_FEW_GROUPS, INPUT_INVALID where nothing would be left to train on.
 */
export function foldSplit(
  images: readonly SplitImage[],
  { k, seed, fold, validation, grouping }: FoldOptions & { fold: number; validation: number | 'half' },
): SplitName[] {
  if (validation === 'half') return halvedFold(images, { k, seed, fold, grouping });
  const rest = 1 - 1 / k;
  if (validation >= rest) {
    throw new CutpointError(
      'INPUT_INVALID',
      `With ${k} folds ${percent(1 / k)} of the ${wordsFor(grouping).many} are tested; a validation share of ${percent(validation)} leaves none to train on.`,
      { remedy: 'Choose a smaller validation share or more folds.' },
    );
  }
  const folds = foldsByGroup(images, { k, seed, grouping });
  const others = images.filter((_, index) => folds[index] !== fold);
  const names = splitByGroup(others, { validation: validation / rest, test: 0, seed, grouping }).values();
  return folds.map((own) => (own === fold ? 'test' : names.next().value!));
}

function halvedFold(
  images: readonly SplitImage[],
  { k, seed, fold, grouping }: FoldOptions & { fold: number },
): SplitName[] {
  const folds = foldsByGroup(images, { k, seed, grouping });
  const own = images.filter((_, index) => folds[index] === fold);
  const names = splitByGroup(own, { validation: 0.5, test: 0, seed, grouping }).values();
  return folds.map((each) => (each !== fold ? 'train' : names.next().value === 'validation' ? 'validation' : 'test'));
}

/** Fold by group; null where some fold would have too few patients of a class. */
function tryFolds(
  images: readonly SplitImage[],
  { k, seed, least = LEAST_PER_FOLD }: FoldOptions,
): Map<string, number> | null {
  const groups = collectGroups(images);
  const classes = classesOf(groups);
  const held = holders(groups);
  if (classes.some((name) => held.get(name)! < k * least)) return null;
  const enough = (fold: readonly Group[]): boolean => {
    const own = holders(fold);
    return classes.every((name) => (own.get(name) ?? 0) >= least);
  };
  const stratified = withStrata(groups, images);
  const quotas = evenQuotas(stratified, k);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const folds = assignGroups(stratified, quotas, generator(seed, 'folds', attempt));
    const members = Map.groupBy(groups, ({ id }) => folds.get(id)!);
    if (members.size === k && [...members.values()].every(enough)) return folds;
  }
  return null;
}

const classesOf = (groups: readonly Group[]): string[] => neededIn(groups.flatMap(({ labels }) => labels));

/** As equal as whole numbers can be; what is left over of one class goes to the folds after those that got it of the last. */
function evenQuotas(groups: readonly Group[], k: number): Map<string, Map<number, number>> {
  let next = 0;
  const held = holders(groups);
  return new Map(
    [...held.keys()].sort(compare).map((name) => {
      const count = held.get(name)!;
      const quota = new Map(Array.from({ length: k }, (_, fold) => [fold, Math.floor(count / k)]));
      for (let spare = count % k; spare > 0; spare--, next = (next + 1) % k) quota.set(next, quota.get(next)! + 1);
      return [name, quota];
    }),
  );
}

function tooFew(
  images: readonly SplitImage[],
  { k, seed, least = LEAST_PER_FOLD, grouping }: FoldOptions,
): CutpointError {
  const { many } = wordsFor(grouping);
  const { name: rarest, patients: count } = rarestOf(collectGroups(images));
  const most = Math.min(MOST_FOLDS, Math.floor(count / least));
  const valid = Array.from({ length: Math.max(0, most - 1) }, (_, index) => index + 2).filter(
    (candidate) => candidate !== k && tryFolds(images, { k: candidate, seed, least }) !== null,
  );
  const reason =
    count < k * least ? `the class "${rarest}" has only ${count}` : `too many ${many} have images of several classes`;
  return new CutpointError(
    'TOO_FEW_GROUPS',
    `Each of ${k} folds needs ${least === 1 ? aGroup(grouping) : `${least} ${many}`} of every class to test on, but ${reason}.`,
    {
      remedy:
        valid.length > 0
          ? `What works with these data: ${valid.join(', ')} folds, or one fixed split.`
          : `Choose one fixed split, add ${many}, merge small classes, or leave the class out.`,
      details: { class: rarest, patients: count, valid },
    },
  );
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
