import { findingOf, type Finding } from '../../contract/findings.ts';
import { groupingOf, wordsFor } from '../../contract/groups.ts';
import { alikeSets } from '../data/look/alike.ts';
import { listed } from '../data/labels.ts';
import { withoutFrame } from '../data/places/frameNames.ts';
import type { Dataset, ScannedDataset, SplitName } from '../data/types.ts';
import { requireThese } from './acceptance.ts';

/** What is needed to tell whether a split lets images through. */
export type Divisible = Pick<Dataset, 'images' | 'report'> & Pick<ScannedDataset, 'alike'>;

/** Images named of each set, and sets named. */
const NAMED = { images: 3, sets: 3 };

/**
 * Images that are equal, or look the same, and that a split puts into different parts: what is tested on would have been
 * trained on. One pair is enough.
 * @param parts of each image, in their order
 */
export function leaksIn({ images, report, alike }: Divisible, parts: readonly (SplitName | undefined)[]): Finding[] {
  const divided = (sets: readonly (readonly number[])[]) =>
    sets.filter((set) => new Set(set.flatMap((at) => parts[at] ?? [])).size > 1);
  const named = (sets: readonly (readonly number[])[]) =>
    listed(sets.map((set) => oneOfEach(set, parts).map((at) => `${images[at]!.file} (${parts[at]})`).join(' and ')), NAMED.sets); // prettier-ignore
  const { many } = wordsFor(groupingOf(report));
  const copies = [...Map.groupBy(images.keys(), (at) => images[at]!.sha256).values()];
  const equal = divided(copies.filter(({ length }) => length > 1));
  const similar = divided(alike);
  return [
    ...(equal.length === 0
      ? []
      : [findingOf('LEAK_DUPLICATE', `${equal.flat().length} images are equal to one of another part of the split, under different ${many}: ${named(equal)}. Leave all but one of them out, or keep copies together.`)]), // prettier-ignore
    ...(similar.length === 0
      ? []
      : [findingOf('LEAK_NEAR_DUPLICATE', `${similar.flat().length} images look the same as one of another part of the split: ${named(similar)}. Leave all but one of them out, or keep copies together.`)]), // prettier-ignore
  ];
}

/** The first image of a set in each part. */
const oneOfEach = (set: readonly number[], parts: readonly (SplitName | undefined)[]): number[] =>
  [...Map.groupBy(set, (at) => parts[at]).values()].map(([first]) => first!).slice(0, NAMED.images);

/** Images of another folder to test on that look the same as some to train on. Equal ones are refused beforehand. */
export async function leaksBetween(
  training: ScannedDataset,
  test: ScannedDataset,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const all = [...training.images, ...test.images];
  const looks = [...training.looks, ...test.looks];
  const isTest = (at: number) => at >= training.images.length;
  // Frames of one file are not compared; the same name in the two folders is not one file.
  const fileOf = (at: number): string | undefined => {
    const { file, frame } = withoutFrame(all[at]!.file);
    return frame === undefined ? undefined : `${isTest(at)} ${file}`;
  };
  const sets = await alikeSets(looks.map((look, at) => ({ look, sha256: all[at]!.sha256, fileSha256: fileOf(at) })), signal); // prettier-ignore
  const across = sets.filter((set) => set.some(isTest) && !set.every(isTest));
  if (across.length === 0) return [];
  const named = across.map((set) => `${all[set.find(isTest)!]!.file} and ${all[set.find((at) => !isTest(at))!]!.file}`);
  const count = across.flat().filter(isTest).length;
  return [
    findingOf('LEAK_NEAR_DUPLICATE', `Some images to test on look the same as images to train on (${count}): ${listed(named, NAMED.sets)}. Leave them out of one of the two.`), // prettier-ignore
  ];
}

/**
 * Stops on images that a split lets through, unless that was accepted.
 * @param splits of each of the runs that are asked for
 * @param codes what a person accepts
 * @returns codes of what was accepted
 * @throws CutpointError DATA_DOUBTFUL
 */
export function requireNoLeaks(
  data: Divisible,
  splits: Iterable<readonly (SplitName | undefined)[]>,
  codes: readonly string[],
): string[] {
  const accepted = new Set<string>();
  for (const parts of splits) {
    const found = leaksIn(data, parts);
    requireThese(found, codes);
    for (const { code } of found) accepted.add(code);
  }
  return [...accepted];
}
