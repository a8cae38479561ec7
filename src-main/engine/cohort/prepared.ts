import { decodeRows } from '../../contract/labelRows.ts';
import { appliedTo, type AppliedScale } from '../../contract/greyScale.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { RunSummary } from '../../contract/run.ts';
import { openImageCache, type CacheOptions } from '../data/cache.ts';
import type { Dataset, ImageCache } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';
import { learningParts, type LearningParts, type TestImages } from './parts.ts';

/** Of each image which of these labels it has, n × k; undefined where it has one class. */
export const labelRows = (
  { selection, images }: Pick<Dataset, 'selection' | 'images'>,
  classes: readonly string[],
): Int8Array | undefined =>
  selection.labels?.multi &&
  decodeRows(
    images.map(({ label }) => label),
    classes,
  );

/** A dataset decoded for a plan, with class indices that follow the run's classes. */
export interface PreparedImages {
  dataset: Dataset;
  cache: ImageCache;
  /** Class index of each; −1 where it may have several labels. */
  labels: readonly number[];
  /** Where they may have several labels: n × k, see contract/labelRows.ts. */
  rows?: Int8Array | undefined;
}

/** Decodes a dataset at the plan's input size, or opens what an earlier run decoded. */
export async function prepareImages(
  workspace: Workspace,
  dataset: Dataset,
  options: {
    plan: Pick<TrainingPlan, 'input' | 'fit'>;
    /** Of images without a window: that of the run, whose training images it was fitted to. */
    scale: AppliedScale;
    classes: readonly string[];
  } & Pick<CacheOptions, 'only' | 'signal' | 'onProgress' | 'onDamaged'>,
): Promise<PreparedImages> {
  const { plan, scale, classes, ...passed } = options;
  const cache = await openImageCache({
    ...passed,
    folder: dataset.selection.folder,
    images: dataset.images,
    size: plan.input,
    fit: plan.fit,
    scale,
    directory: workspace.paths.cache,
  });
  const labels = dataset.images.map((image) => classes.indexOf(image.label));
  return { dataset, cache, labels, rows: labelRows(dataset, classes) };
}

/** All images of a run decoded, those of its test folder too, with the parts that it learns from. */
export interface PreparedRun extends Pick<LearningParts, 'train' | 'validation'> {
  main: PreparedImages;
  /** Those among which the images of an opened test part are. */
  of(part: TestImages): PreparedImages;
  close(): void;
}

/** Decodes what a run learns from and is tested on; close it after use. Throws what {@link prepareImages} throws. */
export async function prepareRun(
  workspace: Workspace,
  { id, plan, classes }: RunSummary,
  options: Pick<CacheOptions, 'signal' | 'onProgress' | 'onDamaged'>,
): Promise<PreparedRun> {
  const { store } = workspace;
  const { dataset, train, validation } = learningParts(store, { id, plan });
  const folder = store.runs.datasets(id).test;
  const prepare = (images: Dataset): Promise<PreparedImages> =>
    prepareImages(workspace, images, { plan, scale: appliedTo(plan.data), classes, ...options });
  const main = await prepare(dataset);
  try {
    const test = folder === null ? null : await prepare(store.datasets.load(folder));
    return {
      ...{ main, train, validation },
      of: ({ ownFolder }) => (ownFolder ? test! : main),
      close() {
        main.cache.close();
        test?.cache.close();
      },
    };
  } catch (thrown) {
    main.cache.close();
    throw thrown;
  }
}
