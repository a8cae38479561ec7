import type { AuditReport } from '../../contract/data.ts';
import { labelsIn, unknownIn } from '../../contract/labelRows.ts';
import { wordsFor, type Grouping } from '../../contract/groups.ts';
import type { Obstacle } from './audit.ts';
import { listed, quoted } from './labels.ts';
import type { DatasetImage } from './types.ts';

type ClassCount = AuditReport['classes'][number];

const EXAMPLES = 4;
/** Training, validation and test each need one, with the label and without it. */
const LEAST_GROUPS = 3;

/** Images and groups of each class, or of each label that an image may have beside others. */
export function countClasses(
  images: readonly DatasetImage[],
  names: readonly string[],
  several: boolean,
): ClassCount[] {
  const of = new Map<string, DatasetImage[]>(names.map((name) => [name, []]));
  const unknown = new Map<string, number>();
  for (const image of images) {
    for (const name of several ? labelsIn(image.label) : [image.label]) of.get(name)?.push(image);
    if (several) for (const name of unknownIn(image.label)) unknown.set(name, (unknown.get(name) ?? 0) + 1);
  }
  return names.map((name) => {
    const own = of.get(name)!;
    const counts = { name, images: own.length, groups: groupsOf(own), examples: examplesOf(own) };
    return several ? { ...counts, unknown: unknown.get(name) ?? 0 } : counts;
  });
}

/** Of images that may have several labels: how many have none, and the most that one has. */
export const severalCounts = (images: readonly DatasetImage[]): NonNullable<AuditReport['several']> => {
  const counts = images.map(({ label }) => labelsIn(label).length);
  return { none: counts.filter((count) => count === 0).length, most: Math.max(0, ...counts) };
};

/**
 * Labels from which nothing can be learnt: all known values are the same, none is known, or too few patients have it or
 * have it not.
 */
export function labelObstacles(
  images: readonly DatasetImage[],
  labels: readonly ClassCount[],
  grouping: Grouping,
): Obstacle[] {
  const without = (name: string) =>
    images.filter(({ label }) => !labelsIn(label).includes(name) && !unknownIn(label).includes(name));
  const remedy = (names: readonly string[]): string =>
    `Leave ${names.length === 1 ? 'it' : 'them'} out, or choose other columns.`;
  const unknown = labels.filter(({ images: own, unknown: count = 0 }) => own === 0 && count === images.length);
  const constant = labels.filter(
    (each) => !unknown.includes(each) && (each.images === 0 || without(each.name).length === 0),
  );
  const few = labels.filter(
    (each) =>
      ![...unknown, ...constant].includes(each) && Math.min(each.groups, groupsOf(without(each.name))) < LEAST_GROUPS,
  );
  const named = (of: readonly ClassCount[]): string => listed(quoted(of.map(({ name }) => name)));
  const found: Obstacle[] = [];
  if (unknown.length > 0)
    found.push({
      code: 'ONE_CLASS',
      message: `Of no image is it known whether it has ${named(unknown)}: there is nothing to learn.`,
      remedy: remedy(unknown.map(({ name }) => name)),
    });
  if (constant.length > 0)
    found.push({
      code: 'ONE_CLASS',
      message: `All images whose value is known are alike in ${named(constant)}: there is nothing to tell apart.`,
      remedy: remedy(constant.map(({ name }) => name)),
    });
  if (few.length > 0)
    found.push({
      code: 'TOO_FEW_GROUPS',
      message: `Training, validation and test each need ${wordsFor(grouping).many} with and without each label, but there are fewer than ${LEAST_GROUPS} with or without ${named(few)}.`,
      remedy: remedy(few.map(({ name }) => name)),
    });
  return found;
}

/** A few files spread over a class, each of another patient. */
function examplesOf(images: readonly DatasetImage[]): string[] {
  const files = [...new Map(images.map(({ group, file }) => [group, file])).values()];
  const shown = Math.min(EXAMPLES, files.length);
  return Array.from({ length: shown }, (_, index) => files[Math.floor((index * files.length) / shown)]!);
}

export const groupsOf = (images: readonly DatasetImage[]): number => new Set(images.map(({ group }) => group)).size;
