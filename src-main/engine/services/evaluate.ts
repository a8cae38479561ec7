import { CutpointError } from '../../contract/errors.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import { scanDataset } from '../data/scan.ts';
import type { Dataset } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';
import { bestCheckpoint } from '../network/checkpoint.ts';
import { evaluate } from '../train/evaluate.ts';
import { indicesOf, prepareImages } from '../cohort/prepared.ts';
import { plainPictures } from '../network/inputs.ts';
import { requireTestable, seenInTraining } from '../cohort/testData.ts';
import { withModel } from '../network/trained.ts';

type Call = CallContext<'run.evaluate'>;

/** The stored evaluation of a run on its test split, or a fresh one of its model, there or on other data. */
export async function evaluateRun(
  workspace: Workspace,
  { id, data, again }: ParsedInputOf<'run.evaluate'>,
  call: Call,
): Promise<Evaluation> {
  const { store } = workspace;
  const run = store.runs.get(id);
  if (!data && again) return testAgain(workspace, run, call);
  if (!data) {
    const stored = store.evaluations.load(id, 'test');
    if (stored) {
      const warnings = [...(stored.warnings ?? []), ...(await lostModel(workspace, id))];
      return { ...stored, ...(warnings.length > 0 && { warnings }) };
    }
    const untested = run.split?.test.images === 0 ? 'has no test set' : 'has not been tested';
    throw new CutpointError('RUN_STATE', `The run ${id} is ${run.status} and ${untested}.`, {
      remedy:
        run.split?.test.images === 0
          ? 'Name a folder of images that it was not trained on: --data.'
          : 'Let it finish, or name a folder to evaluate it on.',
    });
  }
  const onProgress = (done: number, total: number): void => call.progress({ done, total });
  const greyScale = appliedTo(run.plan.data);
  const dataset = await scanDataset(
    { ...data, greyScale },
    { salt: workspace.salt.toString('hex'), signal: call.signal, onProgress },
  );
  requireTestable(run.classes, dataset);
  const indices = dataset.images.map((_, index) => index);
  const { evaluation, rows } = await measure(workspace, run, { dataset, indices, on: 'data' }, call);
  const warnings = [...seenInTraining(store, id, dataset), ...dataset.report.warnings, ...(evaluation.warnings ?? [])];
  const warned = { ...evaluation, ...(warnings.length > 0 && { warnings }) };
  const set = `data:${dataset.report.fingerprint}` as const;
  await workspace.commit(['predictions', 'save', id, set, rows], ['evaluations', 'save', id, warned, set]);
  return warned;
}

/**
 * Tests a run anew: where its stored predictions are damaged, or of a version that prepared images in another way.
 * @throws CutpointError RUN_STATE, CHECKPOINT_DAMAGED, CHECKPOINT_MISSING
 */
async function testAgain(workspace: Workspace, run: RunSummary, call: Call): Promise<Evaluation> {
  const { store } = workspace;
  const ids = store.runs.datasets(run.id);
  const dataset = store.datasets.load(ids.test ?? ids.dataset!);
  const indices = ids.test
    ? dataset.images.map((_, index) => index)
    : indicesOf(dataset, store.splits.load(run.id), 'test');
  if (run.status !== 'completed' && run.status !== 'stopped')
    throw new CutpointError('RUN_STATE', `The run ${run.id} is ${run.status}; it is tested when it ends.`);
  if (indices.length === 0) throw new CutpointError('RUN_STATE', `The run ${run.id} has no test set.`);
  const { evaluation, rows } = await measure(workspace, run, { dataset, indices, on: 'test' }, call);
  await workspace.commit(
    ['predictions', 'save', run.id, 'test', rows],
    ['evaluations', 'save', run.id, evaluation, 'test'],
  );
  return evaluation;
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
  const prepared = await prepareImages(workspace, dataset, { plan, classes, only: indices, signal, onProgress });
  try {
    return await withModel(workspace, run, (network, model) =>
      evaluate(
        network,
        { ...prepared, indices, inputs: plainPictures({ ...prepared, ...model }), classes },
        {
          run: id,
          on,
          positive: plan.positive,
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

/** Stored numbers stay right where the network that they were measured on is lost, which is said beside them. */
async function lostModel(workspace: Workspace, id: string): Promise<NonNullable<Evaluation['warnings']>> {
  try {
    await bestCheckpoint(workspace, id);
    return [];
  } catch (thrown) {
    const { code, message } = CutpointError.from(thrown);
    return [{ code, message: `${message} These numbers were measured and stored before.` }];
  }
}
