import type { TrainingPlan } from '../../contract/run.ts';
import { openImageCache } from '../data/cache.ts';
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
    signal?: AbortSignal;
    onProgress?: (done: number, total: number) => void;
  },
): Promise<PreparedImages> {
  const cache = await openImageCache({
    folder: dataset.selection.folder,
    images: dataset.images,
    size: options.plan.input,
    fit: options.plan.fit,
    directory: workspace.paths.cache,
    signal: options.signal,
    onProgress: options.onProgress,
  });
  return { dataset, cache, labels: dataset.images.map((image) => options.classes.indexOf(image.label)) };
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
