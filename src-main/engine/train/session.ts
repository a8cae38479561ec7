import { join } from 'node:path';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import type { Dataset } from '../data/types.ts';
import type { Network } from '../execute/run.ts';
import type { StoredEpoch } from '../store/queries/epochs.ts';
import type { Workspace } from '../store/workspace.ts';
import { initialWeights } from '../transfer/initialWeights.ts';
import { withEngine } from '../tensor/engines.ts';
import type { Engine } from '../tensor/engine.ts';
import { pruneCheckpoints, readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { RunControl } from './control.ts';
import { evaluate, predictionRows } from './evaluate.ts';
import { indicesOf, prepareImages, type PreparedImages } from './images.ts';
import { trainLoop, type EpochResult, type TrainingImages } from './loop.ts';
import { architectureOf, type Architecture } from './model.ts';
import { firstProgress } from './schedule.ts';

export interface SessionContext {
  workspace: Workspace;
  control: RunControl;
  emit(event: RunEvent): void;
}

export const checkpointFolder = (workspace: Workspace, run: string): string => join(workspace.paths.checkpoints, run);

/**
 * Trains a stored run from where it stands to its end, and tests its best epoch: images decoded, weights in place,
 * epochs with a checkpoint each, evaluation on the test split.
 * @returns how it ended
 */
export async function trainSession(
  run: RunSummary,
  context: SessionContext,
): Promise<'completed' | 'stopped' | 'interrupted'> {
  const { control, emit } = context;
  const { input, engine: choice } = run.plan;
  emit({ kind: 'stage', stage: 'caching', message: `Decoding the images at ${input} × ${input} pixels` });
  const prepared = await prepareRun(run, context).catch((thrown: unknown) => {
    // Ended while decoding: what was decoded is thrown away, and that is no error.
    if (control.ending) return null;
    throw thrown;
  });
  if (prepared) {
    try {
      await withEngine(choice, (engine) => trainOn(engine, run, { prepared, context }));
    } finally {
      prepared.main.cache.close();
      prepared.test?.cache.close();
    }
  }
  if (control.ending === 'interrupt') return 'interrupted';
  return control.ending === 'stop' ? 'stopped' : 'completed';
}

/** Images of a run: with its three splits, and of the test folder where it has one. */
interface PreparedRun {
  main: PreparedImages;
  test: PreparedImages | null;
}

async function trainOn(
  engine: Engine,
  run: RunSummary,
  { prepared, context }: { prepared: PreparedRun; context: SessionContext },
): Promise<void> {
  const { workspace, control, emit } = context;
  const { plan, classes } = run;
  const architecture = architectureOf(plan, classes);
  workspace.store.runs.setStatus(run.id, 'running', { engine: engine.name });
  const message = plan.source === null ? 'Drawing random weights' : `Loading ${plan.source}`;
  emit({ kind: 'stage', stage: 'weights', message });
  const start = await startOf(run, architecture, context);
  const network = networkOn(engine, architecture, start);
  try {
    const { dataset, cache, labels } = prepared.main;
    const split = workspace.store.splits.load(run.id);
    const images: TrainingImages = {
      cache,
      labels,
      train: indicesOf(dataset, split, 'train'),
      validation: indicesOf(dataset, split, 'validation'),
      preprocessing: architecture.preprocessing,
      classes,
    };
    const onEpoch = (result: EpochResult): Promise<void> =>
      keepEpoch(run, network, { workspace, result, images, dataset });
    await trainLoop(network, images, { plan, progress: start.progress, control, emit, onEpoch });
  } finally {
    network.variables.dispose();
  }
  if (control.ending !== 'interrupt') await testBest(run, engine, { prepared, context });
}

/** A network with these weights on an engine. */
export function networkOn(
  engine: Engine,
  { graph }: Pick<Architecture, 'graph'>,
  { weights, slots }: Pick<Checkpoint, 'weights'> & Partial<Checkpoint>,
): Network {
  return { graph, ops: engine.ops, variables: engine.createVariables(weights, slots) };
}

async function prepareRun(run: RunSummary, { workspace, control, emit }: SessionContext): Promise<PreparedRun> {
  const ids = workspace.store.runs.datasets(run.id);
  const options = {
    plan: run.plan,
    classes: run.classes,
    signal: control.signal,
    onProgress: (done: number, total: number) => emit({ kind: 'reading', done, total }),
  };
  const prepare = (id: string) => prepareImages(workspace, workspace.store.datasets.load(id), options);
  const main = await prepare(ids.dataset!);
  try {
    return { main, test: ids.test === null ? null : await prepare(ids.test) };
  } catch (thrown) {
    main.cache.close();
    throw thrown;
  }
}

/**
 * The last finished epoch of a run, or its first weights. Where the last checkpoint is lost, the epochs after the best
 * one, whose checkpoint is kept too, are trained again: the same numbers follow.
 */
async function startOf(
  run: RunSummary,
  architecture: Architecture,
  { workspace, emit }: SessionContext,
): Promise<Checkpoint> {
  const { epochs } = workspace.store;
  const read = ({ checkpoint }: StoredEpoch) => readCheckpoint(join(checkpointFolder(workspace, run.id), checkpoint));
  const [last, best] = [epochs.last(run.id), epochs.best(run.id)];
  if (last && best) {
    return read(last).catch(async (thrown: unknown) => {
      if (last.checkpoint === best.checkpoint) throw thrown;
      const checkpoint = await read(best);
      epochs.discardAfterBest(run.id);
      const { epoch } = best.record;
      emit({ kind: 'stage', stage: 'weights', message: `The last checkpoint is lost: going on from epoch ${epoch}` });
      return checkpoint;
    });
  }
  return {
    weights: await initialWeights(run.plan, architecture, workspace),
    slots: new Map(),
    progress: firstProgress(run.plan.learningRate),
  };
}

/** The checkpoint is on the disk before the store says that the epoch is finished: killed in between, it is done again. */
async function keepEpoch(
  run: RunSummary,
  { variables }: Network,
  {
    workspace,
    result,
    images,
    dataset,
  }: { workspace: Workspace; result: EpochResult; images: TrainingImages; dataset: Dataset },
): Promise<void> {
  const folder = checkpointFolder(workspace, run.id);
  const { record, progress, isBest, probabilities } = result;
  const checkpoint = await writeCheckpoint(folder, {
    weights: await variables.weights(),
    slots: await variables.slots(),
    progress,
  });
  // Together: killed in between, the best epoch would never get its validation predictions.
  workspace.store.atomically(() => {
    workspace.store.epochs.add(run.id, record, { checkpoint, isBest });
    if (!isBest) return;
    const rows = predictionRows({ ...images, dataset, indices: images.validation }, probabilities);
    workspace.store.predictions.save(run.id, 'validation', rows);
  });
  const best = workspace.store.epochs.best(run.id);
  await pruneCheckpoints(folder, [checkpoint, ...(best ? [best.checkpoint] : [])]);
}

async function testBest(
  run: RunSummary,
  engine: Engine,
  { prepared, context }: { prepared: PreparedRun; context: SessionContext },
): Promise<void> {
  const { workspace, emit } = context;
  const best = workspace.store.epochs.best(run.id);
  const model = await modelOf(run, workspace);
  if (!best || !model) return;
  const images = prepared.test ?? prepared.main;
  const indices = prepared.test
    ? images.dataset.images.map((_, index) => index)
    : indicesOf(images.dataset, workspace.store.splits.load(run.id), 'test');
  emit({ kind: 'stage', stage: 'testing', message: `Testing epoch ${best.record.epoch} on ${indices.length} images` });
  const network = networkOn(engine, model, model);
  try {
    const { evaluation, rows } = await evaluate(
      network,
      { ...images, ...model, indices },
      { run: run.id, on: 'test', batch: run.plan.batch },
    );
    workspace.store.atomically(() => {
      workspace.store.predictions.save(run.id, 'test', rows);
      workspace.store.evaluations.save(run.id, evaluation, 'test');
    });
  } finally {
    network.variables.dispose();
  }
}

/** The model a finished run keeps: its architecture with the weights of its best epoch. */
export async function modelOf(run: RunSummary, workspace: Workspace) {
  const best = workspace.store.epochs.best(run.id);
  const architecture = architectureOf(run.plan, run.classes);
  if (!best) return null;
  const { weights } = await readCheckpoint(join(checkpointFolder(workspace, run.id), best.checkpoint));
  return { ...architecture, weights };
}
