import { groupingOf } from '../../contract/groups.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { splitByGroup, type SplitImage } from '../data/split.ts';
import { splitAsSaid } from '../data/saidSplit.ts';
import { shareOfPatients } from '../data/trainShare.ts';
import type { Dataset, SplitName } from '../data/types.ts';

/**
 * The part of each image, in their order, that a run with this plan gives it; no patient is set aside for the test where
 * that is another folder.
 * @throws CutpointError TOO_FEW_GROUPS; under a rule, SPLIT_INVALID, PATIENT_ON_BOTH_SIDES
 */
export function plannedSplit(
  { images, report }: Pick<Dataset, 'images' | 'report'>,
  { split: { validation, test, rule }, seed }: Pick<TrainingPlan, 'split' | 'seed'>,
  { testFolder }: { testFolder: boolean },
): SplitName[] {
  const grouping = groupingOf(report);
  if (rule) return splitAsSaid(images, { validation, seed, grouping, testFolder });
  return splitByGroup(images, { validation, test: testFolder ? 0 : test, seed, grouping });
}

/**
 * Indices of the images that a run with this plan does not set aside for its test.
 * @throws CutpointError TOO_FEW_GROUPS where a share is to be set aside
 */
export function withoutTest(dataset: Dataset, plan: Pick<TrainingPlan, 'split' | 'seed'>): number[] {
  const parts = plan.split.test > 0 || plan.split.rule ? plannedSplit(dataset, plan, { testFolder: false }) : [];
  return dataset.images.flatMap((_, index) => (parts[index] === 'test' ? [] : [index]));
}

/**
 * Indices of the images that a plan trains on: the training split, or the plan's share of its patients.
 * @param split of each image
 */
export function trainingIndices(
  images: readonly SplitImage[],
  split: readonly (SplitName | undefined)[],
  { trainShare: share, seed }: Pick<TrainingPlan, 'trainShare' | 'seed'>,
): number[] {
  const all = images.flatMap((_, index) => (split[index] === 'train' ? [index] : []));
  const train = all.map((index) => images[index]!);
  return shareOfPatients(train, { share, seed }).map((position) => all[position]!);
}

/** Which of the images are taken: patients stratified by class, ever fewer until they have at most `limit` images. */
export function drawPatients(
  images: readonly SplitImage[],
  { limit, seed }: { limit: number; seed: number },
): boolean[] {
  if (images.length <= limit) return images.map(() => true);
  for (let share = limit / images.length; ; share *= 0.9) {
    const plain = images.map(({ label, labels, group, sha256 }) => ({
      label,
      ...(labels && { labels }),
      group,
      sha256,
    }));
    const kept = splitByGroup(plain, { validation: share, test: 0, seed }).map((part) => part === 'validation');
    const count = kept.filter(Boolean).length;
    if (count <= limit) return kept;
    // One patient of each class is the least, however many images they have.
    if (share * images.length < 1) return kept.map((is, at) => is && kept.slice(0, at).filter(Boolean).length < limit);
  }
}
