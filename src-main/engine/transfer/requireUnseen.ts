import { findingOf, type Finding } from '../../contract/findings.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { requireThese } from '../cohort/acceptance.ts';
import type { Dataset, SplitName } from '../data/types.ts';
import type { Reader } from '../store/store.ts';
import { overlapWith } from './seen.ts';

interface Tested {
  dataset: Pick<Dataset, 'images'>;
  /** A folder of its own to test on. */
  test: Pick<Dataset, 'images'> | null;
  /** The part of each image. */
  parts: readonly SplitName[];
}

/** Whether a plan begins with the values of its source, not only with their spread. */
export const takesValues = ({ source, initialisation }: Pick<TrainingPlan, 'source' | 'initialisation'>): boolean =>
  source !== null && initialisation === 'pretrained';

/**
 * Stops on test images that the source of a plan was trained on, unless that was accepted: what is measured on them is no
 * measurement. Those to train on may be among them.
 * @returns codes of what was accepted
 * @throws CutpointError DATA_DOUBTFUL
 */
export function requireUnseen(
  store: Pick<Reader, 'sources'>,
  plan: Pick<TrainingPlan, 'source' | 'initialisation' | 'accept'>,
  tested: Tested,
): string[] {
  const found = seenInTest(store, plan, tested);
  requireThese(found, plan.accept);
  return found.map(({ code }) => code);
}

function seenInTest(
  store: Pick<Reader, 'sources'>,
  plan: Pick<TrainingPlan, 'source' | 'initialisation'>,
  { dataset, test, parts }: Tested,
): Finding[] {
  if (plan.source === null || !takesValues(plan)) return [];
  const apart = test?.images ?? dataset.images.filter((_, at) => parts[at] === 'test');
  const seen = overlapWith(store, plan.source, apart)?.length ?? 0;
  if (seen === 0) return [];
  return [
    findingOf('SOURCE_OVERLAP', `${seen} of the ${apart.length} images to test on are among those that the weights of the source '${plan.source}' were trained on: what is measured on them says nothing of new images. Leave them out, or begin with another source.`), // prettier-ignore
  ];
}
