import { CutpointError } from '../../contract/errors.ts';
import { countedGroups, type Grouping } from '../../contract/groups.ts';
import { listed, quoted } from './labels.ts';
import { labelsOf, neededIn, splitByGroup, type SplitImage } from './split.ts';
import type { SplitName } from './types.ts';

/** Files that an error names in its details. */
const MOST_FILES = 200;
const LACKS = {
  train: (classes: string) => `There is no image to train on of ${classes}.`,
  validation: (classes: string) => `There is no image to validate on of ${classes}.`,
};

export interface SaidOptions {
  /** Share of the patients that are not tested, where no image is said to validate. */
  validation: number;
  seed: number;
  grouping?: Grouping;
  /** The test images are another folder. */
  testFolder: boolean;
}

/**
 * The split that the images say themselves. Patients stay whole; where no image is said to validate, patients of the
 * training part are drawn, as in {@link splitByGroup}.
 * @param images each with its part
 * Returns one name per image. Throws PATIENT_ON_BOTH_SIDES, SPLIT_INVALID, TOO_FEW_GROUPS.
 */
export function splitAsSaid(images: readonly SplitImage[], options: SaidOptions): SplitName[] {
  const { validation, seed, grouping, testFolder } = options;
  const lost = images.filter(({ part }) => part === undefined);
  if (lost.length > 0) {
    throw new CutpointError(
      'SPLIT_INVALID',
      `Of ${lost.length} of the ${images.length} images it is not said in which part they are: ${named(lost)}.`,
      { remedy: 'Say it for each image, or leave these out.', details: { files: filesOf(lost) } },
    );
  }
  requireWholePatients(images, grouping);
  const isTested = images.map(({ part }) => part === 'test');
  if (testFolder && isTested.includes(true)) {
    throw new CutpointError(
      'SPLIT_INVALID',
      'The split says which images are tested, and there is a test folder besides.',
      { remedy: 'Take one of them.' },
    );
  }
  const given = images.map(({ part }) => part!);
  if (given.includes('validation')) return withAllClasses(images, given);
  const others = images.filter((_, index) => !isTested[index]);
  const drawn = splitByGroup(others, { validation, test: 0, seed, ...(grouping && { grouping }) }).values();
  return isTested.map((tested) => (tested ? 'test' : drawn.next().value!));
}

/** @throws CutpointError PATIENT_ON_BOTH_SIDES */
function requireWholePatients(images: readonly SplitImage[], grouping: Grouping | undefined): void {
  const torn = [...Map.groupBy(images, ({ group }) => group).values()].filter(
    (own) => new Set(own.map(({ part }) => part)).size > 1,
  );
  if (torn.length === 0) return;
  const files = torn.flat();
  const shown = listed(files.map(({ file, part }) => `${file ?? ''} (${part!})`));
  // Where nobody is known, what is torn apart are copies of one file.
  const message =
    grouping === 'image'
      ? `${torn.length} images are in more than one part of the split, as identical files: ${shown}.`
      : `${countedGroups(torn.length, grouping)} with images in more than one part of the split: ${shown}.`;
  throw new CutpointError('PATIENT_ON_BOTH_SIDES', message, {
    remedy:
      'Leave these files out of one of the parts, or choose another split: what is tested must not be known from training.',
    details: { files: filesOf(files) },
  });
}

/** @throws CutpointError SPLIT_INVALID where the network would not be taught, or chosen by, a class */
function withAllClasses(images: readonly SplitImage[], parts: SplitName[]): SplitName[] {
  const classes = neededIn(images.flatMap(labelsOf));
  for (const part of ['train', 'validation'] as const) {
    const own = new Set(images.flatMap((image, index) => (parts[index] === part ? labelsOf(image) : [])));
    const lacking = classes.filter((name) => !own.has(name));
    if (lacking.length === 0) continue;
    throw new CutpointError('SPLIT_INVALID', LACKS[part](listed(quoted(lacking))), {
      remedy: 'Choose another split, or leave the class out.',
    });
  }
  return parts;
}

const filesOf = (images: readonly SplitImage[]): string[] =>
  images.slice(0, MOST_FILES).flatMap(({ file }) => file ?? []);
const named = (images: readonly SplitImage[]): string => listed(filesOf(images));
