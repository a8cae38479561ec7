import { z } from 'zod';
import type { TrainingPlan } from '../../contract/plan.ts';
import { scale } from '../../contract/greyScale.ts';
import { fittedTo } from '../cohort/fitted.ts';
import type { Dataset, DatasetImage } from '../data/types.ts';
import { damagedRow } from '../store/checksum.ts';
import type { Reader, Store } from '../store/store.ts';

/** Name of the note. */
const LEVELS = 'levels of the images';

const extent = z.object({
  ...{ low: z.number(), high: z.number(), whole: z.boolean() },
  ...{ prefersDeclared: z.boolean(), declared: scale.optional() },
});
const kept = z.object({
  /** Whether each image is grey, as 0 or 1. */
  grey: z.string(),
  /** By index, of those that have one. */
  extents: z.array(z.tuple([z.int(), extent])),
  /** What the rule of the split says of each image, and its stratum by number: values of columns are not kept. */
  parts: z.array(z.enum(['train', 'validation', 'test']).nullable()).optional(),
  strata: z.array(z.int()).optional(),
});

/**
 * What the runs of a comparison have in common, with what each fits to its own training images left to them: in every
 * fold, and with every share of the patients, those are others.
 */
export const undecided = (base: TrainingPlan): TrainingPlan => ({
  ...base,
  data: { ...base.data, greyScale: base.data.greyScale ?? 'auto' },
});

/** Keeps with a comparison what its runs fit their preprocessing to, and are divided by. */
export function saveLevels(
  store: Store,
  comparison: string,
  { images, levels = [] }: Pick<Dataset, 'images' | 'levels'>,
): void {
  const strata = strataOf(images);
  const value: z.infer<typeof kept> = {
    grey: levels.map(({ grey }) => (grey ? '1' : '0')).join(''),
    extents: levels.flatMap(({ extent }, index) => (extent ? [[index, extent] as [number, typeof extent]] : [])),
    ...(images.some(({ part }) => part !== undefined) && { parts: images.map(({ part = null }) => part) }),
    ...(strata && { strata }),
  };
  store.comparisonNotes.save(comparison, LEVELS, JSON.stringify(value));
}

/** The stratum of each image by number; undefined where there are none. */
function strataOf(images: Dataset['images']): number[] | undefined {
  const strata = [...new Set(images.map(({ stratum }) => stratum))].sort();
  return strata.some((each) => each !== undefined) ? images.map(({ stratum }) => strata.indexOf(stratum)) : undefined;
}

/** Images as they are kept with a comparison: what a stratum is called decides between folds that lack equally many. */
export function asKept<D extends Pick<Dataset, 'images'>>(dataset: D): D {
  const strata = strataOf(dataset.images);
  if (strata === undefined) return dataset;
  return { ...dataset, images: dataset.images.map((image, index) => ({ ...image, stratum: String(strata[index]) })) };
}

/** The images of a comparison with what its split says of them. */
export function dividedImages<D extends Pick<Dataset, 'images'>>(store: Reader, comparison: string, dataset: D): D {
  const found = store.comparisonNotes.load(comparison, LEVELS);
  const { parts, strata } = found === null ? {} : kept.parse(JSON.parse(found));
  if (parts === undefined && strata === undefined) return dataset;
  const images = dataset.images.map((image, index): DatasetImage => {
    const part = parts?.[index];
    return { ...image, ...(part && { part }), ...(strata && { stratum: String(strata[index]) }) };
  });
  return { ...dataset, images };
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
