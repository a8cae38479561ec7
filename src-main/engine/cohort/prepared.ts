import { appliedTo } from '../../contract/greyScale.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { openImageCache, type CacheOptions } from '../data/cache.ts';
import { shareOfPatients } from '../data/trainShare.ts';
import type { Dataset, ImageCache, SplitName } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';

/** A dataset decoded for a plan, with class indices that follow the run's classes. */
export interface PreparedImages {
  dataset: Dataset;
  cache: ImageCache;
  labels: readonly number[];
}

/** Decodes a dataset at the plan's input size, or opens what an earlier run decoded. */
export async function prepareImages(
  workspace: Workspace,
  dataset: Dataset,
  options: {
    plan: Pick<TrainingPlan, 'input' | 'fit'>;
    classes: readonly string[];
  } & Pick<CacheOptions, 'only' | 'signal' | 'onProgress' | 'onDamaged'>,
): Promise<PreparedImages> {
  const { plan, classes, ...passed } = options;
  const cache = await openImageCache({
    ...passed,
    folder: dataset.selection.folder,
    images: dataset.images,
    size: plan.input,
    fit: plan.fit,
    scale: appliedTo(dataset.selection),
    directory: workspace.paths.cache,
  });
  return { dataset, cache, labels: dataset.images.map((image) => classes.indexOf(image.label)) };
}

/** Indices of the images of one split. */
export function indicesOf(dataset: Dataset, split: ReadonlyMap<string, SplitName>, name: SplitName): number[] {
  return dataset.images.flatMap((image, index) => (split.get(image.file) === name ? [index] : []));
}

/** Indices of the images that a plan trains on: the training split, or the plan's share of its patients. */
export function trainingIndices(
  dataset: Dataset,
  split: ReadonlyMap<string, SplitName>,
  { trainShare: share, seed }: Pick<TrainingPlan, 'trainShare' | 'seed'>,
): number[] {
  const all = indicesOf(dataset, split, 'train');
  const images = all.map((index) => dataset.images[index]!);
  return shareOfPatients(images, { share, seed }).map((position) => all[position]!);
}
