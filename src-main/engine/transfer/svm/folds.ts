import { CutpointError } from '../../../contract/errors.ts';
import { ATTEMPTS, collectGroups, type Group, type SplitImage } from '../../data/split.ts';
import { compare } from '../../data/walk.ts';
import { generator, shuffle } from '../../random.ts';

/** As in LIBSVM (Lin, Lin and Weng 2007). */
const FOLDS = 5;

/**
 * Folds for the decision values that an SVM is calibrated on: by patient, each class spread evenly, at most five and no
 * more than the rarest class has patients. Whichever fold is left out, every class has patients in the others. The same
 * images and seed give the same folds, whatever salt the patients' names were hashed with.
 * @returns the fold of each image
 * @throws CutpointError TOO_FEW_GROUPS
 */
export function calibrationFolds(images: readonly SplitImage[], seed: number): number[] {
  const patients = collectGroups(images);
  const classes = [...new Set(images.map(({ label }) => label))]
    .map((name) => ({ name, patients: patients.filter(({ labels }) => labels.includes(name)) }))
    .sort((a, b) => a.patients.length - b.patients.length || compare(a.name, b.name));
  const rarest = classes[0]!;
  if (rarest.patients.length < 2) throw tooFew(`the class "${rarest.name}" has one to train on`);
  const count = Math.min(FOLDS, rarest.patients.length);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = generator(seed, 'svm folds', attempt);
    const folds = new Map<string, number>();
    for (const { patients: own } of classes) deal(shuffle(own, random), folds, count);
    const spread = classes.every(({ patients: own }) => new Set(own.map(({ id }) => folds.get(id))).size > 1);
    if (spread) return images.map(({ group }) => folds.get(group)!);
  }
  throw tooFew('too many patients have images of several classes');
}

/** Gives each patient of a class that has no fold yet the one with fewest of them. */
function deal(patients: readonly Group[], folds: Map<string, number>, count: number): void {
  const sizes = new Array<number>(count).fill(0);
  for (const { id } of patients) if (folds.has(id)) sizes[folds.get(id)!]!++;
  for (const { id } of patients) {
    if (folds.has(id)) continue;
    const smallest = sizes.indexOf(Math.min(...sizes));
    folds.set(id, smallest);
    sizes[smallest]!++;
  }
}

function tooFew(reason: string): CutpointError {
  return new CutpointError(
    'TOO_FEW_GROUPS',
    `The SVM's scores are calibrated on patients that it was not fitted on, for which two of every class are needed, but ${reason}.`,
    {
      remedy:
        'Add patients or take a larger share of them, join small classes, leave the class out, or choose the classifier softmax.',
    },
  );
}
