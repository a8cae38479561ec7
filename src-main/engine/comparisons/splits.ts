import { CutpointError } from '../../contract/errors.ts';
import { groupingOf } from '../../contract/groups.ts';
import type { ComparisonPlan } from '../../contract/comparison/index.ts';
import { foldSplit } from '../data/folds.ts';
import { plannedSplit } from '../cohort/split.ts';
import type { Dataset, SplitName } from '../data/types.ts';

/**
 * The splits of a comparison: they depend on the data, the seed and the fold alone, so that whatever else its runs vary
 * is compared on the same patients. A fixed split is that of an ordinary run with the same seed.
 * @param testFolder whether the test set is another folder, and no patient is set aside for it
 * @throws CutpointError INPUT_INVALID where a comparison has no test images; when called, TOO_FEW_GROUPS, INPUT_INVALID
 */
export function splits(
  plan: ComparisonPlan,
  dataset: Pick<Dataset, 'images' | 'report'>,
  { testFolder }: { testFolder: boolean },
): (seed: number, fold: number | null) => readonly SplitName[] {
  const { validation, test, rule } = plan.base.split;
  const k = foldsOf(plan);
  const grouping = groupingOf(dataset.report);
  const known = new Map<string, readonly SplitName[]>();
  const needsTest = plan.kind !== 'search' && foldsOf(plan) === null && !testFolder;
  if (rule && k !== null) {
    throw new CutpointError('INPUT_INVALID', 'In folds every patient is tested once; the split says who is tested.', {
      remedy: 'Choose one fixed split instead of folds, or leave the rule of the split out.',
    });
  }
  if (needsTest && (rule ? !dataset.images.some(({ part }) => part === 'test') : test === 0)) {
    throw new CutpointError('INPUT_INVALID', 'What is compared is measured on test images, and none are set aside.', {
      remedy: 'Set aside a share for the test, name a test folder, or divide into folds.',
    });
  }
  return (seed, fold) => {
    const key = `${seed} ${fold}`;
    const split =
      known.get(key) ??
      (fold === null || k === null
        ? plannedSplit(dataset, { split: plan.base.split, seed }, { testFolder })
        : foldSplit(dataset.images, { k, seed, fold, validation: areHalved(plan) ? 'half' : validation, grouping }));
    known.set(key, split);
    return split;
  };
}

/** Number of folds; null for a fixed split. */
export function foldsOf(plan: ComparisonPlan): number | null {
  return plan.kind === 'tournament' && plan.folds.kind === 'groups' ? plan.folds.k : null;
}

const areHalved = (plan: ComparisonPlan): boolean =>
  plan.kind === 'tournament' && plan.folds.kind === 'groups' && plan.folds.halved === true;
