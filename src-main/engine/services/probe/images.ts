import { orderClasses, positiveWarnings } from '../../../contract/classes.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { appliedTo, type AppliedScale } from '../../../contract/greyScale.ts';
import { groupingOf } from '../../../contract/groups.ts';
import type { ProbeInput } from '../../../contract/probe.ts';
import { isMultiLabel } from '../../../contract/task/index.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { assertTrainable } from '../../data/scan.ts';
import type { Dataset } from '../../data/types.ts';
import type { Workspace } from '../../store/workspace.ts';
import { probeFolds } from '../../transfer/probe/sweep.ts';
import { requireAccepted } from '../../cohort/acceptance.ts';
import { levelsOf, scaleFrom } from '../../cohort/fitted.ts';
import { learningParts, openTest } from '../../cohort/parts.ts';
import { requireOneClass } from '../../cohort/oneClass.ts';
import { asSaid } from '../../cohort/said.ts';
import { likeTraining, scanIn } from '../../cohort/scanned.ts';
import { drawPatients, withoutTest } from '../../cohort/split.ts';
import { seenInTraining, requireTestable } from '../../cohort/testData.ts';

/** Which images a network is probed on. */
export interface ProbedImages {
  dataset: Dataset;
  classes: readonly string[];
  indices: number[];
  /** Of those without a window. */
  scale: AppliedScale;
  leftOut: { test: number; limit: number };
  warnings: { code: string; message: string }[];
}

/** `spared`: images of the test part that were left out. */
type Candidates = Omit<ProbedImages, 'leftOut'> & { spared: number };

/**
 * The images of a probe sweep. Of a run without a selection: those that it was not trained on, without the test part while
 * that is sealed. Of a backbone: those of the selection without the test part of a run with the same seed. At most `limit`,
 * whole patients.
 * @throws CutpointError FOLDER_EMPTY, ONE_CLASS, TOO_FEW_GROUPS, CLASSES_DIFFER, INPUT_INVALID without a selection, and what
 *   {@link scanIn} throws
 */
export async function probedImages(
  workspace: Workspace,
  { run, ...input }: ProbeInput & { run: RunSummary | null },
  options: { signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<ProbedImages> {
  const labels = (run?.plan.data ?? input.data)?.labels;
  if (labels?.multi && input.estimates) requireOneClass({ task: 'multi-label' }, 'estimates');
  const dataset = input.data
    ? await scanIn(workspace, run ? likeTraining(run.plan.data, input.data) : input.data, {
        ...options,
        known: run?.classes,
      })
    : null;
  const { spared, ...found } = run
    ? await ofRun(workspace, run, dataset)
    : ofSelection(dataset && (await asSaid(dataset, input.split)), input);
  const images = found.indices.map((index) => found.dataset.images[index]!);
  const grouping = groupingOf(found.dataset.report);
  const { folds: k, seed, limit } = input;
  if (run && spared > 0) foldsOf(images, { k, seed, grouping }, WITHOUT_TEST);
  else probeFolds(images, { k, seed, grouping });
  const kept = drawPatients(images, input);
  // All images would have done: where those drawn do not, the limit is too low.
  foldsOf(images.filter((_, at) => kept[at]), { k, seed, grouping }, `Take more than ${limit} images, or fewer folds.`); // prettier-ignore
  const indices = found.indices.filter((_, at) => kept[at]);
  return { ...found, indices, leftOut: { test: spared, limit: images.length - indices.length } };
}

function ofSelection(dataset: Dataset | null, { data, split, seed, positive, accept }: ProbeInput): Candidates {
  if (!dataset || !data) {
    throw new CutpointError('INPUT_INVALID', 'A network that was not trained here comes without images.', {
      remedy: 'Name a folder of images, or a run.',
    });
  }
  assertTrainable(dataset);
  requireAccepted([dataset], accept);
  const { several } = dataset.report;
  const classes = several ? dataset.classes : orderClasses(dataset.classes, positive);
  const indices = withoutTest(dataset, { split, seed });
  return {
    dataset,
    classes,
    indices,
    spared: dataset.images.length - indices.length,
    scale: scaleFrom(levelsOf(dataset, indices), { data }),
    warnings: [...dataset.report.warnings, ...(several ? [] : positiveWarnings(classes, positive))],
  };
}

async function ofRun(workspace: Workspace, run: RunSummary, selected: Dataset | null): Promise<Candidates> {
  const { id, classes, plan } = run;
  const doubts = isMultiLabel(plan) ? [] : positiveWarnings(classes, plan.positive);
  if (selected) {
    requireTestable(classes, selected);
    const indices = selected.images.map((_, index) => index);
    return {
      dataset: selected,
      classes,
      indices,
      spared: 0,
      scale: appliedTo(selected.selection),
      warnings: [...seenInTraining(workspace.store, id, selected), ...selected.report.warnings, ...doubts],
    };
  }
  const scale = appliedTo(plan.data);
  if (run.testOpened === null) {
    const { dataset, validation } = learningParts(workspace.store, run);
    const spared = run.split?.test.images ?? 0;
    return { dataset, classes, indices: validation, spared, scale, warnings: [...dataset.report.warnings, ...doubts] };
  }
  const { dataset, indices: test, validation } = (await openTest(workspace, id, 'probe')).images();
  const indices = [...test, ...validation].sort((a, b) => a - b);
  return { dataset, classes, indices, spared: 0, scale, warnings: [...dataset.report.warnings, ...doubts] };
}

const WITHOUT_TEST =
  'The images of its test part are left out while that is sealed. Name a folder of images, take fewer folds, or open the test set.';

/** @param remedy what to do where images do not do for the folds */
function foldsOf(images: Dataset['images'], options: Parameters<typeof probeFolds>[1], remedy: string): void {
  try {
    probeFolds(images, options);
  } catch (thrown) {
    const { code, message, details } = CutpointError.from(thrown);
    throw new CutpointError(code, message, { remedy, details, cause: thrown });
  }
}
