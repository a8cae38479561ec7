import type { RunEvent, RunSummary } from '../../contract/run.ts';
import { batchInForce } from '../../contract/smallerBatch.ts';
import type { Network } from '../execute/run.ts';
import { taskFor } from '../task/index.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';
import type { Workspace } from '../store/workspace.ts';
import { withEngine } from '../tensor/engines.ts';
import { stepOps, type Engine } from '../tensor/engine.ts';
import type { RunControl } from './control.ts';
import { keepEpoch, startOf } from './epochs.ts';
import { evaluate, predictionRows } from './evaluate.ts';
import { openTest } from '../cohort/parts.ts';
import { prepareRun, type PreparedImages, type PreparedRun } from '../cohort/prepared.ts';
import type { Inputs } from '../network/inputs.ts';
import type { EpochResult } from './loop.ts';
import { requireMemory } from './memory.ts';
import { precisionFor } from './precision.ts';
import { settledPrecision } from './settledPrecision.ts';
import { architectureOf } from '../../backbone/architecture.ts';
import { leastBatch } from './requireBatch.ts';
import { openInputs } from './openInputs.ts';
import { trainStages, type Staged, type Trained } from './stages.ts';
import { modelOf, networkOn } from '../network/open.ts';

export interface SessionContext {
  workspace: Workspace;
  control: RunControl;
  emit(event: RunEvent): void;
}

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
  await requireMemory({ ...run.plan, batch: batchInForce(run) });
  emit({ kind: 'stage', stage: 'caching', message: `Decoding the images at ${input} × ${input} pixels` });
  const prepared = await prepare(run, context).catch((thrown: unknown) => {
    // Ended while decoding: what was decoded is discarded, and that is no error.
    if (control.ending) return null;
    throw thrown;
  });
  if (prepared) {
    try {
      await withEngine(choice, async (engine) =>
        trainOn({ engine, run: await withPrecision(engine, run, context), prepared, context }),
      );
    } finally {
      prepared.close();
    }
  }
  if (control.ending === 'interrupt') return 'interrupted';
  return control.ending === 'stop' ? 'stopped' : 'completed';
}

/** A run with the precision that it is trained in, which is settled before its first step and stays. */
async function withPrecision(
  engine: Engine,
  run: RunSummary,
  { workspace, control, emit }: SessionContext,
): Promise<RunSummary> {
  const precision = await precisionFor(
    engine,
    { ...run.plan, precision: settledPrecision(workspace.store, run) },
    {
      folder: workspace.paths.cache,
      signal: control.signal,
      onTiming: () => emit({ kind: 'stage', stage: 'weights', message: 'Timing steps in float32 and bfloat16' }),
    },
  );
  if (precision === run.plan.precision) return run;
  await workspace.commit(['runs', 'setPrecision', run.id, precision]);
  return { ...run, plan: { ...run.plan, precision } };
}

/** What all work of a session is done with. */
interface Setting {
  engine: Engine;
  run: RunSummary;
  prepared: PreparedRun;
  context: SessionContext;
}

async function trainOn(setting: Setting): Promise<void> {
  const { engine, run, prepared, context } = setting;
  const { workspace, control, emit } = context;
  const { plan, classes } = run;
  // Settled above.
  const precision = plan.precision === 'bfloat16' ? 'bfloat16' : 'float32';
  const architecture = architectureOf(plan, classes, 'softmax');
  await workspace.commit(['runs', 'setStatus', run.id, 'running', { engine: engine.name }]);
  const message = plan.source === null ? 'Drawing random weights' : `Loading ${plan.source}`;
  emit({ kind: 'stage', stage: 'weights', message });
  const start = await startOf(run, architecture, context);
  const { train, validation } = prepared;
  const { dataset, labels, rows } = prepared.main;
  const rowsOf = (probabilities: Float32Array): PredictionRow[] =>
    predictionRows({ dataset, labels, classes, indices: validation }, probabilities);
  const work: Staged['work'] = (model, compute) =>
    withNetwork(setting, model, prepared.main, (network, inputs) => {
      const images = { inputs, labels, rows, train, validation, classes };
      const onEpoch = (result: EpochResult): Promise<void> => keepEpoch(run, network, { workspace, result, rowsOf });
      return compute(network, images, {
        ...{ plan, stepOps: stepOps(engine, precision), control, emit, onEpoch },
        smallerBatches: run.smallerBatches,
        leastBatch: leastBatch(architecture),
        onSmallerBatch: (found) => workspace.commit(['runs', 'addSmallerBatch', run.id, found]).then(() => {}),
      });
    });
  await trainStages({ run, workspace, control, architecture, start, dataset, train, work });
  if (control.ending !== 'interrupt') await testBest(setting);
}

/** Computes with a network of the run and what it reads of these images. */
async function withNetwork<T>(
  { engine, run, context: { workspace, emit } }: Setting,
  model: Trained,
  images: PreparedImages,
  compute: (network: Network, inputs: Inputs) => Promise<T>,
): Promise<T> {
  const network = networkOn(engine, model, model);
  try {
    const inputs = openInputs(network, model, {
      images,
      plan: run.plan,
      weights: model.weights,
      engine: engine.name,
      directory: workspace.paths.cache,
      say: (message) => emit({ kind: 'stage', stage: 'caching', message }),
    });
    try {
      return await compute(network, inputs);
    } finally {
      inputs.close();
    }
  } finally {
    network.variables.dispose();
  }
}

function prepare(run: RunSummary, { workspace, control, emit }: SessionContext): Promise<PreparedRun> {
  return prepareRun(workspace, run, {
    signal: control.signal,
    onProgress: (done, total) => emit({ kind: 'reading', done, total }),
    onDamaged: (images) => {
      const message = `${images} decoded ${images === 1 ? 'image was' : 'images were'} damaged: decoding again`;
      emit({ kind: 'stage', stage: 'caching', message });
    },
  });
}

async function testBest(setting: Setting): Promise<void> {
  const { run, prepared, context } = setting;
  const { workspace, emit } = context;
  const best = workspace.store.epochs.best(run.id);
  const model = await modelOf(run, workspace);
  if (!best || !model) return;
  const part = (await openTest(workspace, run.id, 'own test')).images();
  const { indices } = part;
  const images = prepared.of(part);
  // By the plan, nothing was set aside for a test.
  if (indices.length === 0) return;
  emit({ kind: 'stage', stage: 'testing', message: `Testing epoch ${best.record.epoch} on ${indices.length} images` });
  const { evaluation, rows } = await withNetwork(setting, model, images, (network, inputs) =>
    evaluate(
      network,
      { ...images, inputs, indices, classes: run.classes },
      { run: run.id, on: 'test', batch: run.plan.batch, positive: run.plan.positive, task: taskFor(run.plan) },
    ),
  );
  await workspace.commit(
    ['predictions', 'save', run.id, 'test', rows],
    ['evaluations', 'save', run.id, evaluation, 'test'],
  );
}
