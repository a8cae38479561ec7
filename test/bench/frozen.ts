// `npm run bench:frozen`: one epoch of layer-wise fine-tuning of ResNet-50 at 224×224, frozen up to layer3.5 (block 3), or
// up to CUT: what the frozen layers give taken from the cache, against computing it anew (augmentation, the frozen layers
// forward, the training pass of the rest; the measuring of statistics and validation over the whole network). The epochs
// take turns in one process, so that a machine whose speed drifts slows both. Then what it takes to read a stored batch,
// rounded to bfloat16 and in float32, beside a training step. TRAIN and VALIDATION set how many images.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count } from '../../src-main/backbone/count.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { type RunEvent } from '../../src-main/contract/run.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { run, type Network } from '../../src-main/engine/execute/run.ts';
import { generator } from '../../src-main/engine/random.ts';
import { loadEngine } from '../../src-main/engine/tensor/engines.ts';
import { RunControl } from '../../src-main/engine/train/control.ts';
import { pictureInputs, type Inputs } from '../../src-main/engine/network/inputs.ts';
import { trainLoop } from '../../src-main/engine/train/loop.ts';
import { architectureOf } from '../../src-main/backbone/architecture.ts';
import { openInputs } from '../../src-main/engine/train/openInputs.ts';
import type { Progress } from '../../src-main/engine/network/checkpoint.ts';
import { firstProgress } from '../../src-main/engine/train/schedule.ts';
import { networkOn } from '../../src-main/engine/network/open.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';
import { exampleDataset } from '../support/dataset.ts';
import { formulaImages } from '../engine/export/formula.ts';

const [trained, validated, rounds] = [Number(process.env.TRAIN ?? 128), Number(process.env.VALIDATION ?? 32), 3];
const FROZEN = process.env.CUT ?? 'layer3.5';
const READINGS = 100;
const PHASES = ['training', 'statistics', 'validation'] as const;
type Phase = (typeof PHASES)[number];
/** Seconds on the clock, and of all processors together, which other programs do not lengthen. */
interface Spent {
  clock: number;
  processor: number;
}

const now = (): Spent => {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now() / 1000, processor: (user + system) / 1e6 };
};
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const since = (start: Spent): Spent => {
  const end = now();
  return { clock: end.clock - start.clock, processor: end.processor - start.processor };
};

const plan = trainingPlan.parse({
  data: { folder: '/' },
  backbone: 'resnet50',
  strategy: 'layerwise',
  cut: FROZEN,
  epochs: 1000,
  earlyStopping: null,
});
const engine = await loadEngine('tensorflow');
const classes = ['a', 'b'];
const architecture = architectureOf(plan, classes);
const weights = initialise(
  graphParameters(architecture.graph, architecture.input),
  findBackbone(plan.backbone).initialisation,
  generator(0, 'weights'),
);
const contents = formulaImages(trained + validated, architecture.input);
const cache = {
  count: contents.length,
  size: plan.input,
  read: (index: number, into: Uint8Array, offset: number) => into.set(contents[index]!, offset),
  close() {},
};
const labels = contents.map((_, index) => index % 2);
const indices = labels.map((_, index) => index);
const [train, validation] = [indices.slice(0, trained), indices.slice(trained)];
const directory = mkdtempSync(join(tmpdir(), 'cutpoint-bench-'));

/** Every batch through the frozen layers, each time: what one writes without a cache. */
function computedAnew(network: Network): Inputs {
  const pictures = pictureInputs({ cache, ...architecture }, { ops: engine.ops, ...plan });
  const forward = (x: ReturnType<Inputs['plain']>): ReturnType<Inputs['plain']> => {
    const y = run(network, x, { to: FROZEN }).get(FROZEN)!;
    x.dispose();
    return y;
  };
  return {
    from: FROZEN,
    training: (batch, at) => forward(pictures.training(batch, at)),
    plain: (batch) => forward(pictures.plain(batch)),
    close() {},
  };
}

/** Trains one more epoch at each call, and tells what its phases took. */
function trainer(network: Network, inputs: Inputs): () => Promise<Record<Phase, Spent>> {
  let progress: Progress = firstProgress(plan.learningRate);
  return async () => {
    const spent = {} as Record<Phase, Spent>;
    let start = now();
    const finish = (phase: Phase): void => {
      spent[phase] = since(start);
      start = now();
    };
    const emit = (event: RunEvent): void => {
      if (event.kind === 'step' && event.step === event.steps) finish('training');
      if (event.kind === 'stage' && event.stage === 'validating') finish('statistics');
    };
    const onEpoch = async (result: { progress: Progress }): Promise<void> => {
      finish('validation');
      progress = result.progress;
    };
    const images = { inputs, labels, train, validation, classes };
    const once = { ...plan, epochs: progress.epoch + 1 };
    await trainLoop(network, images, { plan: once, progress, control: new RunControl(() => {}), emit, onEpoch });
    return spent;
  };
}

/** Milliseconds in which a batch of what is stored becomes a tensor: what is trained on, and what is measured. */
function reading(inputs: Inputs): Record<'bfloat16' | 'float32', number> {
  const times: Record<'bfloat16' | 'float32', number[]> = { bfloat16: [], float32: [] };
  const timed = (precision: keyof typeof times, read: () => ReturnType<Inputs['plain']>): void => {
    const start = performance.now();
    read().dispose();
    times[precision].push(performance.now() - start);
  };
  for (let round = 0; round < READINGS; round++) {
    const at = (round * plan.batch) % (trained - plan.batch + 1);
    const batch = train.slice(at, at + plan.batch);
    timed('bfloat16', () => inputs.training(batch, { epoch: 1 + (round % plan.frozenVariants), step: 1 }));
    timed('float32', () => inputs.plain(batch));
  }
  return { bfloat16: median(times.bfloat16), float32: median(times.float32) };
}

const networks = [0, 1].map(() => networkOn(engine, architecture, { weights }));
const stored = openInputs(networks[0]!, architecture, {
  images: { dataset: exampleDataset({ patients: contents.length / 2 }), cache, labels },
  plan,
  weights,
  engine: engine.name,
  directory,
  say: (message) => console.log(message),
});
try {
  const filling = now();
  for (let first = 0; first < indices.length; first += 8) stored.plain(indices.slice(first, first + 8)).dispose();
  for (let epoch = 1; epoch <= plan.frozenVariants; epoch++)
    for (let first = 0; first < trained; first += 8)
      stored.training(train.slice(first, first + 8), { epoch, step: 1 }).dispose();
  const filled = since(filling);
  const bytes = readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);

  const withCache = trainer(networks[0]!, stored);
  const without = trainer(networks[1]!, computedAnew(networks[1]!));
  const epochs: Record<'with' | 'without', Record<Phase, Spent>[]> = { with: [], without: [] };
  // The first of each takes memory and builds kernels.
  for (let round = 0; round <= rounds; round++) {
    const [slow, quick] = [await without(), await withCache()];
    if (round > 0) epochs.without.push(slow);
    if (round > 0) epochs.with.push(quick);
    process.stderr.write(`round ${round} of ${rounds}\n`);
  }

  const row = (name: string, phases: readonly Phase[]): void => {
    const of = (which: 'with' | 'without', clock: keyof Spent): number =>
      median(epochs[which].map((epoch) => phases.reduce((sum, phase) => sum + epoch[phase][clock], 0)));
    const cells = (['clock', 'processor'] as const).flatMap((clock) => {
      const [slow, quick] = [of('without', clock), of('with', clock)];
      return [slow, quick, slow / quick];
    });
    console.log(`| ${name.padEnd(10)} | ${cells.map((value) => value.toFixed(2).padStart(8)).join(' | ')} |`);
  };
  const whole = count(architecture.graph, architecture.input).macs;
  const nodes = architecture.graph.nodes;
  const bottom = nodes.slice(0, nodes.findIndex(({ name }) => name === FROZEN) + 1);
  const frozen = count({ ...architecture.graph, nodes: bottom }, architecture.input).macs;
  console.log(
    `ResNet-50 frozen up to ${FROZEN}, ${plan.input}×${plan.input}, batch ${plan.batch}; one epoch of ${trained} images to train on and ${validated} to validate; median of ${rounds}`,
  );
  // A training pass: forward, and the gradients by input and by kernel, which take as many operations each.
  const forward = Math.min(256, trained) + validated;
  const behind = whole - frozen;
  const [slow, quick] = [trained * (frozen + 3 * behind) + forward * whole, trained * 3 * behind + forward * behind];
  console.log(
    `multiply-accumulates per image: ${(frozen / 1e9).toFixed(2)} G frozen, ${(behind / 1e9).toFixed(2)} G behind, three times that to train; arithmetic alone allows a ratio of about ${(slow / quick).toFixed(1)}`,
  );
  console.log('| seconds    | on the clock: without, with, ratio | of all processors: without, with, ratio |');
  console.log('|------------|---------:|---------:|---------:|---------:|---------:|---------:|');
  for (const phase of PHASES) row(phase, [phase]);
  row('epoch', PHASES);
  console.log(`filling the cache, once: ${filled.clock.toFixed(1)} s, ${(bytes / 1e6).toFixed(0)} MB for ${plan.frozenVariants} variants and the images as they are`); // prettier-ignore
  const read = reading(stored);
  const step = (1000 * median(epochs.with.map(({ training }) => training.clock))) / Math.ceil(trained / plan.batch);
  console.log(`reading a stored batch of ${plan.batch}: ${read.bfloat16.toFixed(1)} ms in bfloat16, ${read.float32.toFixed(1)} ms in float32; a training step ${step.toFixed(0)} ms with the reading`); // prettier-ignore
} finally {
  stored.close();
  rmSync(directory, { recursive: true });
}
