import { CutpointError } from '../../contract/errors.ts';
import { groupingOf, wordsFor } from '../../contract/groups.ts';
import type { Dataset, DatasetImage } from '../data/types.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { Reader } from '../store/store.ts';
import { withoutTestPart } from './parts.ts';

/**
 * Refuses data on which a model cannot be tested.
 * @throws CutpointError FOLDER_EMPTY without a usable image, CLASSES_DIFFER with a class that the model does not know
 */
export function requireTestable(classes: readonly string[], other: Dataset): void {
  if (other.images.length === 0) {
    const [first] = other.report.problems;
    throw new CutpointError(
      'FOLDER_EMPTY',
      `None of the files to test on can be used${first ? `; the first, ${first.file}: ${first.message}` : '.'}`,
      { remedy: 'Run the audit on this folder: it lists each file with its reason.' },
    );
  }
  const unknown = other.classes.filter((name) => !classes.includes(name));
  if (unknown.length === 0) return;
  throw new CutpointError(
    'CLASSES_DIFFER',
    `The data to test on have classes that the model does not know: ${unknown.join(', ')}.`,
    {
      remedy: `Label them with the model's classes: ${classes.join(', ')}.`,
      details: { unknown, known: [...classes] },
    },
  );
}

/**
 * A patient never crosses from training to test, and no image is in both.
 * @throws CutpointError TEST_OVERLAPS
 */
export function requireApart(training: Dataset, test: Dataset): void {
  const shared = sharedWith(training.images, test.images);
  if (shared.length === 0) return;
  throw new CutpointError(
    'TEST_OVERLAPS',
    `${shared.length} of the ${test.images.length} images to test on are also among those to train on${training.report.groupSource === 'none' ? '' : `, or are of the same ${wordsFor(groupingOf(training.report)).many}`}: ${shared[0]!.file}${shared.length > 1 ? ', …' : ''}`,
    {
      remedy: 'Leave them out of one of the two, or name no separate test data: then a share is set aside.',
    },
  );
}

/** The images of `others` that are among `images` by content or by patient. */
export function sharedWith(images: readonly DatasetImage[], others: readonly DatasetImage[]): DatasetImage[] {
  const contents = new Set(images.map(({ sha256 }) => sha256));
  const patients = new Set(images.map(({ group }) => group));
  return others.filter(({ sha256, group }) => contents.has(sha256) || patients.has(group));
}

/** A network knows what it was trained on, and its best epoch was chosen on the validation images. */
export function seenInTraining(store: Reader, id: string, { images }: Dataset): NonNullable<Evaluation['warnings']> {
  const known = withoutTestPart(store, id);
  const { many } = wordsFor(groupingOf(known.report));
  const seen = sharedWith(known.images, images).length;
  const foreign = known.foreign ? [{ code: 'PATIENTS_UNKNOWN', message: FOREIGN }] : [];
  if (seen === 0) return foreign;
  const message = `${seen} of the ${images.length} images${many === 'images' ? '' : `, or others of their ${many},`} were used for training or for choosing the epoch: these results are better than they would be on new ${many}.`;
  return [{ code: 'SEEN_IN_TRAINING', message }, ...foreign];
}

const FOREIGN =
  'The run was imported from another workspace, which hashes patients in another way: equal images were looked for, but whether there are others of the same patients cannot be told.';
