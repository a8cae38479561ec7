import type { AppliedScale } from '../../contract/greyScale.ts';
import { mirrorsAtFirst } from '../../contract/mirroring.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { resolveScale } from '../data/greyScale.ts';
import type { Dataset, ImageLevels } from '../data/types.ts';
import { likeTraining } from './scanned.ts';

/** What is fitted to images before a network sees any. */
export type Fittable = Pick<TrainingPlan, 'data' | 'test' | 'augmentation'>;

/**
 * A plan with what images decide: the grey scale of those that bring none, and whether they are mirrored where nobody has
 * said. Both are fitted to training images: no others are handed over.
 * @param train of the training images
 */
export function fittedTo<T extends Fittable>(train: readonly ImageLevels[], plan: T): T {
  const greyScale = scaleFrom(train, plan);
  const grey = train.filter((image) => image.grey).length;
  const { flipHorizontal = mirrorsAtFirst({ images: train.length, grey }) } = plan.augmentation;
  const data = { ...plan.data, greyScale };
  return {
    ...plan,
    data,
    ...(plan.test && { test: likeTraining(data, plan.test) }),
    augmentation: { ...plan.augmentation, flipHorizontal },
  };
}

/** The grey scale that a plan asks for, fitted to these images where it names none. */
export const scaleFrom = (train: readonly ImageLevels[], { data }: Pick<TrainingPlan, 'data'>): AppliedScale =>
  resolveScale(
    train.flatMap(({ extent }) => extent ?? []),
    data.greyScale,
  );

/** What a scan knows of the levels of some of its images; of a stored list of images it is not known. */
export function levelsOf({ levels }: Pick<Dataset, 'levels'>, indices: readonly number[]): ImageLevels[] {
  if (levels === undefined) throw new Error('these images were not read just now');
  return indices.map((index) => levels[index]!);
}
