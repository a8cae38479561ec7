import { architectureOf } from '../../backbone/architecture.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import { inferShapes } from '../../backbone/shapes.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { breathe } from '../breathe.ts';
import type { Activations } from '../data/activations.ts';
import type { ImageCache } from '../data/types.ts';
import { run } from '../execute/run.ts';
import { pictureInputs, type Inputs } from '../network/inputs.ts';
import { networkOn } from '../network/open.ts';
import { predictInputs } from '../network/predict.ts';
import { generator } from '../random.ts';
import { taskFor } from '../task/index.ts';
import type { Engine } from '../tensor/engine.ts';
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
 * @throws CutpointError as `architectureOf` does; the signal's reason when it is aborted
 */
export async function timeSteps(engine: Engine, plan: TrainingPlan, signal: AbortSignal): Promise<StepTime> {
  const classes = ['0', '1'];
  const architecture = architectureOf(plan, classes, 'softmax');
  const { graph, input, frozen } = architecture;
  const weights = initialise(graphParameters(graph, input), findBackbone(plan.backbone).initialisation, generator(0));
  const network = networkOn(engine, architecture, { weights });
  const batch = Array.from({ length: plan.batch }, (_, index) => index);
  const labels = batch.map((index) => index % classes.length);
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
  const lossOf = taskFor(plan).targets({ labels, classes, train: batch }, plan);
  let steps = 0;
  try {
    const step = await median(signal, async () => {
      const x = inputs.training(batch, { epoch: 1, step: ++steps });
      trainingStep(network, x, {
        from: inputs.from,
        loss: lossOf(batch),
        random: generator(seed, 'dropout', steps),
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
    const forward = await median(signal, () => predictInputs(network, inputs, batch, { batch: plan.batch }));
    const bottom = frozen === null ? 0 : await median(signal, () => throughFrozen(frozen));
    return { step, forward, frozen: bottom / GROUP };
  } finally {
    inputs.close();
    network.variables.dispose();
  }

  async function throughFrozen(to: string): Promise<void> {
    const group = Array.from({ length: GROUP }, (_, index) => index % plan.batch);
    const x = pictureInputs(pictures, { ops: network.ops, augmentation, seed }).training(group, { epoch: 1, step: 1 });
    const y = run(network, x, { to }).get(to)!;
    y.dataSync();
    x.dispose();
    y.dispose();
  }
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
