import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { Evaluation } from '../../contract/run.ts';
import { scanDataset } from '../data/scan.ts';
import type { Workspace } from '../store/workspace.ts';
import { evaluate } from '../train/evaluate.ts';
import { prepareImages } from '../train/images.ts';
import { requireSameClasses } from './classes.ts';
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
    if (stored) return stored;
    throw new CutpointError('RUN_STATE', `The run ${id} is ${run.status} and has not been tested.`, {
      remedy: 'Let it finish, or name a folder to evaluate it on.',
    });
  }
  const onProgress = (done: number, total: number): void => progress({ done, total });
  const dataset = await scanDataset(data, { salt: workspace.salt.toString('hex'), signal, onProgress });
  requireSameClasses(run.classes, dataset);
  const prepared = await prepareImages(workspace, dataset, {
    plan: run.plan,
    classes: run.classes,
    signal,
    onProgress,
  });
  const indices = dataset.images.map((_, index) => index);
  const { evaluation, rows } = await withModel(workspace, run, (network, model) =>
    evaluate(
      network,
      { ...prepared, indices, preprocessing: model.preprocessing, classes: run.classes },
      { run: id, on: 'data', batch: run.plan.batch, onProgress: (done) => onProgress(done, indices.length) },
    ),
  );
  prepared.cache.close();
  const set = `data:${dataset.report.fingerprint}` as const;
  store.predictions.save(id, set, rows);
  store.evaluations.save(id, evaluation, set);
  return evaluation;
}
