import { architectureOf, type Architecture } from '../../backbone/architecture.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import { inferShapes } from '../../backbone/shapes.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { Precision, TrainingPlan } from '../../contract/plan.ts';
import { breathe } from '../breathe.ts';
import type { Activations } from '../data/activations.ts';
import type { ImageCache } from '../data/types.ts';
import { run, type Network } from '../execute/run.ts';
import { pictureInputs, type Inputs, type Pictures } from '../network/inputs.ts';
import { networkOn } from '../network/open.ts';
import { predictInputs } from '../network/predict.ts';
import { generator } from '../random.ts';
import { taskFor } from '../task/index.ts';
import { stepOps, type Engine } from '../tensor/engine.ts';
import { initialise } from '../weights/initialise.ts';
import { frozenInputs, GROUP } from './frozen.ts';
import { rateFactors } from './rates.ts';
import { trainingStep } from './step.ts';

/** Seconds that the parts of an epoch take. */
export interface StepTime {
  /** Of a training step with a full batch. */
  step: number;
  /** Of predicting a full batch. */
  forward: number;
  /** Of the frozen layers for one image, which goes through them once; 0 where nothing is frozen. */
  frozen: number;
}

/** Steps are timed for about so long, in seconds, but so many at least. */
const SPAN = 2;
const FEWEST = 2;
const MOST = 10;

/**
 * Times steps of the network of a plan, with weights and images that are drawn: neither matters to the time.
 * @param precision of training steps
 * @throws CutpointError as `architectureOf` and `stepOps` do; the signal's reason when it is aborted
 */
export async function timeSteps(engine: Engine, plan: TimedPlan, signal: AbortSignal): Promise<StepTime> {
  return withDrawn(engine, plan, async ({ network, inputs, batch, pictures, architecture: { frozen } }) => {
    const step = await trainingSeconds(engine, plan, { network, inputs, batch }, signal);
    const forward = await median(signal, () => predictInputs(network, inputs, batch, { batch: plan.batch }));
    const throughFrozen = async (to: string): Promise<void> => {
      const group = Array.from({ length: GROUP }, (_, index) => index % plan.batch);
      const { augmentation, seed } = plan;
      const options = { ops: network.ops, augmentation, seed };
      const x = pictureInputs(pictures, options).training(group, { epoch: 1, step: 1 });
      const y = run(network, x, { to }).get(to)!;
      y.dataSync();
      x.dispose();
      y.dispose();
    };
    const bottom = frozen === null ? 0 : await median(signal, () => throughFrozen(frozen));
    return { step, forward, frozen: bottom / GROUP };
  });
}

/** Seconds that a training step takes, and nothing else; otherwise as {@link timeSteps}. */
export const timeTraining = (engine: Engine, plan: TimedPlan, signal: AbortSignal): Promise<number> =>
  withDrawn(engine, plan, (drawn) => trainingSeconds(engine, plan, drawn, signal));

/** A plan of which the precision is known. */
export type TimedPlan = Omit<TrainingPlan, 'precision'> & { precision: Precision };

interface Drawn {
  architecture: Architecture;
  network: Network;
  pictures: Pictures;
  inputs: Inputs;
  /** Indices of images. */
  batch: number[];
}

const CLASSES = ['0', '1'];
const labelOf = (index: number): number => index % CLASSES.length;

async function withDrawn<T>(engine: Engine, plan: TimedPlan, compute: (drawn: Drawn) => Promise<T>): Promise<T> {
  const architecture = architectureOf(plan, CLASSES, 'softmax');
  const { graph, input, frozen } = architecture;
  const weights = initialise(graphParameters(graph, input), findBackbone(plan.backbone).initialisation, generator(0));
  const network = networkOn(engine, architecture, { weights });
  const batch = Array.from({ length: plan.batch }, (_, index) => index);
  const pictures = { cache: drawnImages(plan.batch, plan.input), preprocessing: architecture.preprocessing };
  const { augmentation, seed } = plan;
  const inputs: Inputs =
    frozen === null
      ? pictureInputs(pictures, { ops: network.ops, augmentation, seed })
      : frozenInputs(network, {
          ...{ from: frozen, shape: inferShapes(graph, input).get(frozen)!, pictures, augmentation, seed },
          variants: 1,
          stored: () => inMemory(),
        });
  try {
    return await compute({ architecture, network, pictures, inputs, batch });
  } finally {
    inputs.close();
    network.variables.dispose();
  }
}

function trainingSeconds(
  engine: Engine,
  plan: TimedPlan,
  { network, inputs, batch }: Pick<Drawn, 'network' | 'inputs' | 'batch'>,
  signal: AbortSignal,
): Promise<number> {
  const lossOf = taskFor(plan).targets(
    { labels: batch.map(labelOf), rows: drawnRows(batch), classes: CLASSES, train: batch },
    plan,
  );
  const trained = { ...network, ops: stepOps(engine, plan.precision) };
  let steps = 0;
  return median(signal, async () => {
    const x = inputs.training(batch, { epoch: 1, step: ++steps });
    trainingStep(trained, x, {
      from: inputs.from,
      loss: lossOf(batch),
      random: generator(plan.seed, 'dropout', steps),
      update: {
        optimiser: plan.optimiser,
        learningRate: plan.learningRate,
        rateFactor: rateFactors(plan),
        weightDecay: plan.weightDecay,
        step: steps,
      },
    });
    x.dispose();
  });
}

/** Median of the seconds that work takes; the first time, when much is set up, does not count. */
async function median(signal: AbortSignal, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  let spent = 0;
  for (let time = -1; time < MOST && (time < FEWEST || spent < SPAN); time++) {
    signal.throwIfAborted();
    const start = performance.now();
    await work();
    const seconds = (performance.now() - start) / 1000;
    if (time >= 0) times.push(seconds);
    spent += seconds;
    await breathe();
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

/** Images of noise, in the place of decoded ones. */
function drawnImages(count: number, size: number): ImageCache {
  const length = size * size * 3;
  const random = generator(0, 'noise');
  const noise = Uint8Array.from({ length }, () => 256 * random());
  return { count, size, read: (_index, into, offset) => into.set(noise, offset), close() {} };
}

function inMemory(): Activations {
  const kept = new Map<number, Float32Array>();
  return {
    read(image, into, offset) {
      const values = kept.get(image);
      if (values) into.set(values, offset);
      return values !== undefined;
    },
    write: (image, values) => void kept.set(image, values.slice()),
    close() {},
  };
}

/** For tasks with several labels an image: of each the one that is its class. */
const drawnRows = (batch: readonly number[]): Int8Array =>
  Int8Array.from(batch.flatMap((image) => CLASSES.map((_, label) => Number(labelOf(image) === label))));
