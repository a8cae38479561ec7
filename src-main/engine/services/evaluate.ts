import { CutpointError } from '../../contract/errors.ts';
import { groupingOf, wordsFor } from '../../contract/groups.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { Evaluation } from '../../contract/run.ts';
import { scanDataset } from '../data/scan.ts';
import type { Dataset } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';
import { bestCheckpoint } from '../train/epochs.ts';
import { evaluate } from '../train/evaluate.ts';
import { prepareImages } from '../train/images.ts';
import { plainPictures } from '../train/inputs.ts';
import { requireTestable, sharedWith } from './testData.ts';
import { withModel } from './trained.ts';

/** The stored evaluation of a run on its test split, or a fresh one of its model on other data. */
export async function evaluateRun(
  workspace: Workspace,
  { id, data }: ParsedInputOf<'run.evaluate'>,
  { signal, progress }: CallContext<'run.evaluate'>,
): Promise<Evaluation> {
  const { store } = workspace;
  const run = store.runs.get(id);
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
          ? 'Name a folder of patients that it was not trained on to evaluate it on: --data.'
          : 'Let it finish, or name a folder to evaluate it on.',
    });
  }
  const onProgress = (done: number, total: number): void => progress({ done, total });
  const greyScale = appliedTo(run.plan.data);
  const dataset = await scanDataset(
    { ...data, greyScale },
    { salt: workspace.salt.toString('hex'), signal, onProgress },
  );
  requireTestable(run.classes, dataset);
  const prepared = await prepareImages(workspace, dataset, {
    plan: run.plan,
    classes: run.classes,
    signal,
    onProgress,
  });
  const indices = dataset.images.map((_, index) => index);
  try {
    const { evaluation, rows } = await withModel(workspace, run, (network, model) =>
      evaluate(
        network,
        { ...prepared, indices, inputs: plainPictures({ ...prepared, ...model }), classes: run.classes },
        {
          run: id,
          on: 'data',
          positive: run.plan.positive,
          batch: run.plan.batch,
          beforeBatch: async () => signal.throwIfAborted(),
          onProgress: (done) => onProgress(done, indices.length),
        },
      ),
    );
    const warnings = [
      ...seenInTraining(store, id, dataset),
      ...dataset.report.warnings,
      ...(evaluation.warnings ?? []),
    ];
    const warned = { ...evaluation, ...(warnings.length > 0 && { warnings }) };
    const set = `data:${dataset.report.fingerprint}` as const;
    store.atomically(() => {
      store.predictions.save(id, set, rows);
      store.evaluations.save(id, warned, set);
    });
    return warned;
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

/** A network knows what it was trained on, and its best epoch was chosen on the validation images. */
export function seenInTraining(
  store: Workspace['store'],
  id: string,
  { images }: Dataset,
): NonNullable<Evaluation['warnings']> {
  const trained = store.datasets.load(store.runs.datasets(id).dataset!);
  const known = trained.images;
  const { many } = wordsFor(groupingOf(trained.report));
  const split = store.splits.load(id);
  const seen = sharedWith(
    known.filter(({ file }) => split.get(file) !== 'test'),
    images,
  ).length;
  if (seen === 0) return [];
  const message = `${seen} of the ${images.length} images${many === 'images' ? '' : `, or others of their ${many},`} were used for training or for choosing the epoch: these numbers are better than on new ${many}.`;
  return [{ code: 'SEEN_IN_TRAINING', message }];
}
