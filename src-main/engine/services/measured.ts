import { positiveWarnings } from '../../contract/classes.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Evaluation, MeasuredPart } from '../../contract/evaluation.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import { groupingOf } from '../../contract/groups.ts';
import type { Handlers } from '../../contract/index.ts';
import { PREDICTED_FIELDS, type PredictedImage, type Predictions } from '../../contract/prediction.ts';
import type { RunSummary } from '../../contract/run.ts';
import { toTable } from '../../contract/table.ts';
import { callOf } from '../cohort/call.ts';
import { measuredImages, type MeasuredImages } from '../cohort/parts.ts';
import { predictedBy } from '../cohort/predicted.ts';
import { figuresOf } from '../metrics/figures.ts';
import { computeLabelMetrics } from '../metrics/labelMetrics.ts';
import { computeMetrics } from '../metrics/metrics.ts';
import { bestCheckpoint } from '../network/checkpoint.ts';
import type { Workspace } from '../store/workspace.ts';
import { orderOf } from './classOrder.ts';

type MeasuredHandlers = Pick<Handlers, 'run.evaluate' | 'run.evaluated' | 'run.predictions'>;

/** What a run predicted, and what follows from it: nothing of this needs a network to compute. */
export function measuredHandlers(workspace: Workspace): MeasuredHandlers {
  return {
    'run.evaluate': ({ id, part }, call) => storedEvaluation(workspace, { id, part }, call),
    'run.evaluated': ({ id }) => {
      workspace.store.runs.get(id);
      return workspace.store.evaluations.listOther(id);
    },
    'run.predictions': ({ id, part }) => storedPredictions(workspace, workspace.store.runs.get(id), part),
  };
}

/**
 * The stored evaluation of a run, with intervals and curves. Stored numbers stay right where the network that they were
 * measured on is lost, which is said beside them.
 * @throws CutpointError RUN_STATE where there is none
 */
export async function storedEvaluation(
  workspace: Workspace,
  { id, part }: { id: string; part: MeasuredPart },
  { signal }: { signal: AbortSignal },
): Promise<Evaluation> {
  const run = workspace.store.runs.get(id);
  const measured = await measuredImages(workspace, run, part);
  const stored = part === 'validation' ? validated(run, measured) : measured.evaluation;
  if (!stored) throw notMeasured(run, part);
  const lost = await bestCheckpoint(workspace, id).then(
    () => [],
    (thrown: unknown) => {
      const { code, message } = CutpointError.from(thrown);
      return [{ code, message: `${message} These numbers were measured and stored before.` }];
    },
  );
  const warnings = [...(stored.warnings ?? []), ...lost];
  const figures =
    measured.rows.length === 0
      ? {}
      : await figuresOf(predictedBy(measured, run.classes), run.classes, {
          order: orderOf(workspace.store, run),
          signal,
        });
  return { ...stored, ...figures, ...(warnings.length > 0 && { warnings }) };
}

/** Metrics of the best epoch on the images that it was chosen by; null where there was no epoch. */
function validated({ id, classes, plan }: RunSummary, measured: MeasuredImages): Evaluation | null {
  const { rows, dataset } = measured;
  if (rows.length === 0) return null;
  const { labels, probabilities, groups, several } = predictedBy(measured, classes);
  const warnings = several ? [] : positiveWarnings(classes, plan.positive);
  return {
    run: id,
    on: 'validation',
    images: rows.length,
    grouping: groupingOf(dataset.report),
    groups: new Set(groups).size,
    classes: [...classes],
    ...(several && { several: true }),
    metrics: several
      ? computeLabelMetrics(several, probabilities, classes)
      : computeMetrics(labels, probabilities, classes),
    problems: dataset.report.problems,
    ...(warnings.length > 0 && { warnings }),
  };
}

/** @throws CutpointError RUN_STATE where nothing was predicted */
async function storedPredictions(workspace: Workspace, run: RunSummary, part: MeasuredPart): Promise<Predictions> {
  const measured = await measuredImages(workspace, run, part);
  const { dataset, rows } = measured;
  requireMeasured(run, part, measured);
  const { classes } = run;
  const { probabilities, groups, several } = predictedBy(measured, classes);
  const numbers = new Map<string, number>();
  const images = rows.map((row, at): PredictedImage => {
    const group = numbers.get(groups[at]!) ?? numbers.size;
    numbers.set(groups[at]!, group);
    const has = several?.subarray(at * classes.length, (at + 1) * classes.length);
    const { truth, called: predicted, right } = callOf({ ...row, has }, classes);
    return { file: row.file, class: truth, predicted, correct: right, group };
  });
  return {
    run: run.id,
    classes: [...classes],
    folder: dataset.selection.folder,
    greyScale: appliedTo(run.plan.data),
    grouping: groupingOf(dataset.report),
    images: toTable(PREDICTED_FIELDS, images),
    probabilities: new Uint8Array(probabilities.buffer),
  };
}

/** @throws CutpointError RUN_STATE where nothing was predicted */
export function requireMeasured(run: RunSummary, part: MeasuredPart, { rows }: MeasuredImages): void {
  if (rows.length === 0) throw notMeasured(run, part);
}

/** Says why there is nothing that was measured on a part. */
function notMeasured({ id, status, split }: RunSummary, part: MeasuredPart): CutpointError {
  if (part === 'validation')
    return new CutpointError('RUN_STATE', `The run ${id} is ${status} and has no finished epoch.`, {
      remedy: 'Let it finish an epoch.',
    });
  const hasNone = split?.test.images === 0;
  return new CutpointError('RUN_STATE', `The run ${id} is ${status} and ${hasNone ? 'has no test set' : 'has not been tested'}.`, {
    remedy: hasNone
      ? 'Name a folder of images that it was not trained on: --data.'
      : 'Let it finish, or name a folder to evaluate it on.',
  }); // prettier-ignore
}
