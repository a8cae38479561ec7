import { orderClasses, positiveWarnings } from '../../../contract/classes.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { groupingOf, type Grouping } from '../../../contract/groups.ts';
import { appliedTo } from '../../../contract/greyScale.ts';
import type { ProbeInput } from '../../../contract/probe.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { assertTrainable, scanDataset } from '../../data/scan.ts';
import { splitByGroup } from '../../data/split.ts';
import type { Dataset } from '../../data/types.ts';
import type { Workspace } from '../../store/workspace.ts';
import { probeFolds } from '../../transfer/probe/sweep.ts';
import { seenInTraining, requireTestable } from '../../cohort/testData.ts';
import { requireAccepted } from '../acceptance.ts';

/** Which images a network is probed on. */
export interface ProbedImages {
  dataset: Dataset;
  classes: readonly string[];
  indices: number[];
  leftOut: { test: number; limit: number };
  warnings: { code: string; message: string }[];
}

type Candidates = Omit<ProbedImages, 'leftOut'>;

/**
 * The images of a probe sweep. Of a run without a selection: those that it was not trained on. Of a backbone: those of the
 * selection without the test part of a run with the same seed. At most `limit`, whole patients.
 * @throws CutpointError FOLDER_EMPTY, ONE_CLASS, TOO_FEW_GROUPS, CLASSES_DIFFER, INPUT_INVALID without a selection, and what
 *   {@link scanDataset} throws
 */
export async function probedImages(
  workspace: Workspace,
  { run, ...input }: ProbeInput & { run: RunSummary | null },
  options: { signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<ProbedImages> {
  const dataset = input.data
    ? await scanDataset(
        { ...input.data, ...(run && { greyScale: appliedTo(run.plan.data) }) },
        { salt: workspace.salt.toString('hex'), ...options },
      )
    : null;
  const found = run ? ofRun(workspace, run, dataset) : ofSelection(dataset, input);
  const images = found.indices.map((index) => found.dataset.images[index]!);
  const grouping = groupingOf(found.dataset.report);
  probeFolds(images, { k: input.folds, seed: input.seed, grouping });
  const kept = drawn(images, input);
  requireDrawnFolds(
    images.filter((_, at) => kept[at]),
    { ...input, grouping },
  );
  const indices = found.indices.filter((_, at) => kept[at]);
  const test = run ? 0 : found.dataset.images.length - images.length;
  return { ...found, indices, leftOut: { test, limit: images.length - indices.length } };
}

function ofSelection(dataset: Dataset | null, { split, seed, positive, accept }: ProbeInput): Candidates {
  if (!dataset) {
    throw new CutpointError('INPUT_INVALID', 'A network that was not trained here comes without images.', {
      remedy: 'Name a folder of images, or a run.',
    });
  }
  assertTrainable(dataset);
  requireAccepted([dataset], accept);
  const classes = orderClasses(dataset.classes, positive);
  const parts =
    split.test > 0 ? splitByGroup(dataset.images, { ...split, seed, grouping: groupingOf(dataset.report) }) : [];
  return {
    dataset,
    classes,
    indices: dataset.images.flatMap((_, index) => (parts[index] === 'test' ? [] : [index])),
    warnings: [...dataset.report.warnings, ...positiveWarnings(classes, positive)],
  };
}

function ofRun({ store }: Workspace, { id, classes, plan }: RunSummary, selected: Dataset | null): Candidates {
  const doubts = positiveWarnings(classes, plan.positive);
  if (selected) {
    requireTestable(classes, selected);
    const indices = selected.images.map((_, index) => index);
    return {
      dataset: selected,
      classes,
      indices,
      warnings: [...seenInTraining(store, id, selected), ...selected.report.warnings, ...doubts],
    };
  }
  const ids = store.runs.datasets(id);
  const dataset = store.datasets.load(ids.test ?? ids.dataset!);
  const split = store.splits.load(id);
  const indices = dataset.images.flatMap(({ file }, index) =>
    ids.test !== null || split.get(file) !== 'train' ? [index] : [],
  );
  return { dataset, classes, indices, warnings: [...dataset.report.warnings, ...doubts] };
}

/** All images would have done: where those drawn do not, the limit is too low. */
function requireDrawnFolds(
  images: Dataset['images'],
  { folds, limit, seed, grouping }: ProbeInput & { grouping: Grouping },
): void {
  try {
    probeFolds(images, { k: folds, seed, grouping });
  } catch (thrown) {
    const { code, message, details } = CutpointError.from(thrown);
    const remedy = `Take more than ${limit} images, or fewer folds.`;
    throw new CutpointError(code, message, { remedy, details, cause: thrown });
  }
}

/** Which of the images are taken: patients stratified by class, ever fewer until they have at most `limit` images. */
function drawn(images: Dataset['images'], { limit, seed }: ProbeInput): boolean[] {
  if (images.length <= limit) return images.map(() => true);
  for (let share = limit / images.length; ; share *= 0.9) {
    const kept = splitByGroup(images, { validation: share, test: 0, seed }).map((part) => part === 'validation');
    const count = kept.filter(Boolean).length;
    if (count <= limit) return kept;
    // One patient of each class is the least, however many images they have.
    if (share * images.length < 1) return kept.map((is, at) => is && kept.slice(0, at).filter(Boolean).length < limit);
  }
}
