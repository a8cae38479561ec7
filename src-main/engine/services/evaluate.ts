import { taskFor } from '../task/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { Dataset } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';
import { evaluate } from '../train/evaluate.ts';
import { changedImages, requireUnchanged } from '../cohort/changed.ts';
import { openTest } from '../cohort/parts.ts';
import { predictedBy } from '../cohort/predicted.ts';
import { likeTraining, scanIn } from '../cohort/scanned.ts';
import { prepareImages } from '../cohort/prepared.ts';
import { plainPictures } from '../network/inputs.ts';
import { requireTestable, seenInTraining } from '../cohort/testData.ts';
import { withModel } from '../network/trained.ts';
import { figuresOf } from '../metrics/figures.ts';
import { orderOf } from './classOrder.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';

type Call = CallContext<'run.evaluate'>;

/**
 * The model of a run evaluated on other data, or anew on its test images; stored.
 * @throws CutpointError RUN_STATE, TEST_SEALED, CHECKPOINT_DAMAGED, CHECKPOINT_MISSING, and whatever is wrong with the data
 */
export async function evaluateAnew(
  workspace: Workspace,
  { id, data, part }: ParsedInputOf<'run.evaluate'>,
  call: Call,
): Promise<Evaluation> {
  const { store } = workspace;
  const run = store.runs.get(id);
  if (!data) {
    if (part !== 'validation' && typeof part === 'string') return testAgain(workspace, run, call);
    throw new CutpointError('INPUT_INVALID', 'Of the parts of a run, only its test images are measured anew.', {
      remedy: 'Name the folder; validation images were measured in every epoch.',
    });
  }
  const onProgress = (done: number, total: number): void => call.progress({ done, total });
  const selection = likeTraining(run.plan.data, data);
  const dataset = await scanIn(workspace, selection, { signal: call.signal, known: run.classes, onProgress });
  requireTestable(run.classes, dataset);
  const indices = dataset.images.map((_, index) => index);
  const { evaluation, rows } = await measure(workspace, run, { dataset, indices, on: 'data' }, call);
  const warnings = [...seenInTraining(store, id, dataset), ...dataset.report.warnings, ...(evaluation.warnings ?? [])];
  // The list of its images stays, to show what was predicted of each.
  const [listed] = await workspace.commit(['datasets', 'save', dataset]);
  const measured: Evaluation = {
    ...evaluation,
    data: { dataset: String(listed), folder: dataset.selection.folder },
    ...(warnings.length > 0 && { warnings }),
  };
  const set = `data:${dataset.report.fingerprint}` as const;
  await workspace.commit(['predictions', 'save', id, set, rows], ['evaluations', 'save', id, measured, set]);
  return { ...measured, ...(await figures(workspace, run, { rows, dataset }, call)) };
}

/** All figures with their intervals, and curves, which are made of the predictions whenever they are asked for. */
const figures = (
  { store }: Workspace,
  run: RunSummary,
  predicted: { rows: PredictionRow[]; dataset: Dataset },
  { signal }: Call,
) => figuresOf(predictedBy(predicted, run.classes), run.classes, { order: orderOf(store, run), signal });

/**
 * Tests a run anew: where its stored predictions are damaged, or of a version that prepared images in another way.
 * @throws CutpointError RUN_STATE, TEST_SEALED, CHECKPOINT_DAMAGED, CHECKPOINT_MISSING
 */
async function testAgain(workspace: Workspace, run: RunSummary, call: Call): Promise<Evaluation> {
  if (run.status !== 'completed' && run.status !== 'stopped')
    throw new CutpointError('RUN_STATE', `The run ${run.id} is ${run.status}; it is tested when it ends.`);
  requireUnchanged(run.id, await changedImages(workspace, run.id, call.signal));
  const { dataset, indices } = (await openTest(workspace, run.id, 'measured anew')).images();
  if (indices.length === 0) throw new CutpointError('RUN_STATE', `The run ${run.id} has no test set.`);
  const { evaluation, rows } = await measure(workspace, run, { dataset, indices, on: 'test' }, call);
  await workspace.commit(
    ['predictions', 'save', run.id, 'test', rows],
    ['evaluations', 'save', run.id, evaluation, 'test'],
  );
  return { ...evaluation, ...(await figures(workspace, run, { rows, dataset }, call)) };
}

/** What the model of a run gives for images of a dataset. */
async function measure(
  workspace: Workspace,
  run: RunSummary,
  { dataset, indices, on }: { dataset: Dataset; indices: readonly number[]; on: Evaluation['on'] },
  { signal, progress }: Call,
) {
  const onProgress = (done: number, total: number): void => progress({ done, total });
  const { id, plan, classes } = run;
  const scale = appliedTo(plan.data);
  const prepared = await prepareImages(workspace, dataset, { plan, scale, classes, only: indices, signal, onProgress });
  try {
    return await withModel(workspace, run, (network, model) =>
      evaluate(
        network,
        { ...prepared, indices, inputs: plainPictures({ ...prepared, ...model }), classes },
        {
          run: id,
          on,
          positive: plan.positive,
          task: taskFor(plan),
          batch: plan.batch,
          beforeBatch: async () => signal.throwIfAborted(),
          onProgress: (done) => onProgress(done, indices.length),
        },
      ),
    );
  } finally {
    prepared.cache.close();
  }
}
