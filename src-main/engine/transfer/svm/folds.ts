import { CutpointError } from '../../../contract/errors.ts';
import { findFolds, rarestClass } from '../../data/folds.ts';
import type { SplitImage } from '../../data/split.ts';

/** As in LIBSVM (Lin, Lin and Weng 2007). */
const FOLDS = 5;

/**
 * Folds for the decision values that an SVM is calibrated on: by patient, each class in every fold, at most five and no
 * more than the rarest class has patients. Whichever fold is left out, every class has patients in the others.
 * @returns the fold of each image
 * @throws CutpointError TOO_FEW_GROUPS
 */
export function calibrationFolds(images: readonly SplitImage[], seed: number): number[] {
  const rarest = rarestClass(images);
  if (rarest.patients < 2) throw tooFew(`the class "${rarest.name}" has one to train on`);
  for (let k = Math.min(FOLDS, rarest.patients); k >= 2; k--) {
    const folds = findFolds(images, { k, seed, least: 1 });
    if (folds) return folds;
  }
  throw tooFew('too many patients (or whatever groups the images) have images of several classes');
}

function tooFew(reason: string): CutpointError {
  return new CutpointError(
    'TOO_FEW_GROUPS',
    `The SVM's scores are calibrated on patients (or whatever groups the images) that it was not fitted on, for which two of every class are needed, but ${reason}.`,
    {
      remedy:
        'Add images, or take a larger share of them, merge small classes, leave the class out, or choose the classifier softmax.',
    },
  );
}
