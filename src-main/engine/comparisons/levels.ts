import { z } from 'zod';
import type { TrainingPlan } from '../../contract/plan.ts';
import { scale } from '../../contract/greyScale.ts';
import { fittedTo } from '../cohort/fitted.ts';
import type { ImageLevels } from '../data/types.ts';
import { damagedRow } from '../store/checksum.ts';
import type { Reader, Store } from '../store/store.ts';

/** Name of the note. */
const LEVELS = 'levels of the images';

const extent = z.object({
  ...{ low: z.number(), high: z.number(), whole: z.boolean() },
  ...{ prefersDeclared: z.boolean(), declared: scale.optional() },
});
/** Whether each image is grey, as 0 or 1; extents by index, of those that have one. */
const kept = z.object({ grey: z.string(), extents: z.array(z.tuple([z.int(), extent])) });

/**
 * What the runs of a comparison have in common, with what each fits to its own training images left to them: in every
 * fold, and with every share of the patients, those are others.
 */
export const undecided = (base: TrainingPlan): TrainingPlan => ({
  ...base,
  data: { ...base.data, greyScale: base.data.greyScale ?? 'auto' },
});

/** Keeps with a comparison what its runs fit their preprocessing to. */
export function saveLevels(store: Store, comparison: string, levels: readonly ImageLevels[]): void {
  const value: z.infer<typeof kept> = {
    grey: levels.map(({ grey }) => (grey ? '1' : '0')).join(''),
    extents: levels.flatMap(({ extent }, index) => (extent ? [[index, extent] as [number, typeof extent]] : [])),
  };
  store.comparisonNotes.save(comparison, LEVELS, JSON.stringify(value));
}

/**
 * The plan of a run of a comparison, fitted to its training images; of a comparison that was decided on as a whole, by an
 * earlier version, as it is.
 * @param train indices of the training images
 * @throws CutpointError STORE_CORRUPT where what it is fitted to is lost
 */
export function fittedCell(
  store: Reader,
  comparison: string,
  { plan, train }: { plan: TrainingPlan; train: readonly number[] },
): TrainingPlan {
  const found = store.comparisonNotes.load(comparison, LEVELS);
  if (found !== null) {
    const { grey, extents } = kept.parse(JSON.parse(found));
    const byIndex = new Map(extents);
    const levels = train.map((index) => ({ extent: byIndex.get(index) ?? null, grey: grey[index] === '1' }));
    return fittedTo(levels, plan);
  }
  const { greyScale } = plan.data;
  if (greyScale === 'auto' || greyScale === 'folder' || plan.augmentation.flipHorizontal === undefined)
    throw damagedRow(`values of the images of comparison ${comparison}`, new Error('they are not there'));
  return plan;
}
