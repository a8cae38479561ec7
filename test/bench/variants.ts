// `npm run bench:variants`: what stored variants of augmented images cost in AUROC, and what it costs that they are rounded
// to bfloat16. MobileNetV2 from ImageNet weights, 96×96 pixels, frozen up to block_9_add, on cxr_pneumonia and skin_lesions
// of ../shared/data: trained on 1, 4 and 8 variants and on as many as there are epochs, which is fresh augmentation in each
// epoch; and on 4 that are not rounded, drawn alike. DATA=name,name, SEEDS=number,number, EPOCHS, INPUT, CUT choose others.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { architectureOf } from '../../src-main/backbone/architecture.ts';
import type { Preprocessing } from '../../src-main/backbone/model.ts';
import { contract } from '../../src-main/contract/index.ts';
import { trainingPlan, type TrainingPlan } from '../../src-main/contract/plan.ts';
import { prepareImages, type PreparedImages } from '../../src-main/engine/cohort/prepared.ts';
import { plannedSplit, trainingIndices } from '../../src-main/engine/cohort/split.ts';
import { fromBfloat16, toBfloat16 } from '../../src-main/engine/data/bfloat16.ts';
import { scanDataset } from '../../src-main/engine/data/scan.ts';
import { run, type Network } from '../../src-main/engine/execute/run.ts';
import { patientDraws, numbered } from '../../src-main/engine/metrics/draws.ts';
import { augmented, type Inputs } from '../../src-main/engine/network/inputs.ts';
import { networkOn } from '../../src-main/engine/network/open.ts';
import { predictInputs } from '../../src-main/engine/network/predict.ts';
import { generator } from '../../src-main/engine/random.ts';
import { sourceFileHandlers } from '../../src-main/engine/services/sources.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { taskFor } from '../../src-main/engine/task/index.ts';
import { loadEngine } from '../../src-main/engine/tensor/engines.ts';
import { RunControl } from '../../src-main/engine/train/control.ts';
import { trainLoop } from '../../src-main/engine/train/loop.ts';
import { openInputs } from '../../src-main/engine/train/openInputs.ts';
import { firstProgress } from '../../src-main/engine/train/schedule.ts';
import { initialWeights } from '../../src-main/engine/transfer/initialWeights.ts';
import { sharedData } from '../support/shared.ts';

const SETS = (process.env.DATA ?? 'cxr_pneumonia,skin_lesions').split(',');
const seeds = (process.env.SEEDS ?? '0,1,2').split(',').map(Number);
const [epochs, input] = [Number(process.env.EPOCHS ?? 10), Number(process.env.INPUT ?? 96)];
const cut = process.env.CUT ?? 'block_9_add';
const backbone = 'mobilenet_v2_keras';
const RESAMPLES = 1000;
interface Arm {
  name: string;
  variants: number;
  unrounded?: boolean;
}
const ARMS: readonly [Arm, Arm, Arm, Arm, Arm] = [
  { name: '1 variant', variants: 1 },
  { name: '4 variants', variants: 4 },
  { name: '8 variants', variants: 8 },
  { name: 'fresh each epoch', variants: epochs },
  { name: '4, not rounded', variants: 4, unrounded: true },
];
type Score = Record<'validation' | 'test', number>;
interface Trained {
  score: Score;
  /** Of the test images, by the best epoch. */
  probabilities: Float32Array;
}

const file = sharedData('pretrained', 'mobilenet_v2_imagenet', 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5'); // prettier-ignore
const folder = mkdtempSync(join(tmpdir(), 'cutpoint-variants-'));
const workspace = openWorkspace(folder);
const engine = await loadEngine('tensorflow');
const { signal } = new AbortController();
try {
  if (file) {
    const source = contract['source.add'].input.parse({ file, name: 'imagenet', backbone });
    await sourceFileHandlers(workspace)['source.add'](source, { signal, progress: () => {} });
    console.log(
      `MobileNetV2 frozen up to ${cut}, ${input}×${input} pixels, ${epochs} epochs, seeds ${seeds.join(', ')}`,
    );
    for (const name of SETS) await compare(name);
  }
} finally {
  workspace.close();
  rmSync(folder, { recursive: true });
}

async function compare(name: string): Promise<void> {
  const data = sharedData(name);
  if (!data) return;
  const planOf = (seed: number, frozenVariants: number): TrainingPlan =>
    trainingPlan.parse({
      data: { folder: data, labels: { csv: join(data, 'labels.csv'), groupColumn: 'group' } },
      ...{ backbone, source: 'imagenet', strategy: 'layerwise', cut, input, epochs, frozenVariants, seed },
      ...{ batch: 32, learningRate: 1e-3, split: { validation: 0.25, test: 0.25 } },
    });
  const plan = planOf(0, 1);
  const dataset = await scanDataset(plan.data, { salt: workspace.salt.toString('hex') });
  const { classes } = dataset;
  const images = await prepareImages(workspace, dataset, { plan, classes, scale: 'picture' });
  const found = new Map<Arm, Trained[]>(ARMS.map((arm) => [arm, []]));
  const gaps: string[] = [];
  for (const seed of seeds) {
    for (const arm of ARMS) {
      const trained = await train(images, planOf(seed, arm.variants), arm);
      found.get(arm)!.push(trained);
      process.stderr.write(`${name} seed ${seed}, ${arm.name}: ${JSON.stringify(trained.score)}\n`);
    }
    const last = (arm: Arm): Float32Array => found.get(arm)!.at(-1)!.probabilities;
    gaps.push(await gap(images, planOf(seed, 4), { own: last(ARMS[1]), other: last(ARMS[4]) }));
  }
  images.cache.close();
  console.log(`\n${name}, ${dataset.images.length} images\n| | validation AUROC | test AUROC |\n|---|---|---|`);
  for (const [arm, runs] of found) {
    const cells = (['validation', 'test'] as const).map((part) => spread(runs.map(({ score }) => score[part])));
    console.log(`| ${arm.name.padEnd(16)} | ${cells.join(' | ')} |`);
  }
  console.log('test AUROC, 4 variants minus 4 that are not rounded, with the 95 % interval over drawn patients:');
  for (const each of gaps) console.log(`  ${each}`);
}

async function train(images: PreparedImages, plan: TrainingPlan, { unrounded }: Arm): Promise<Trained> {
  const { dataset, labels } = images;
  const { classes } = dataset;
  const architecture = architectureOf(plan, classes);
  const weights = await initialWeights(plan, architecture, workspace);
  const network = networkOn(engine, architecture, { weights });
  const from = architecture.frozen!;
  const stored = openInputs(network, architecture, {
    ...{ images, plan, weights, engine: engine.name, directory: workspace.paths.cache },
    say: (message) => console.log(message),
  });
  const { preprocessing } = architecture;
  const inputs = unrounded
    ? { ...stored, ...unroundedTraining(network, { images, preprocessing, plan, from }) }
    : stored;
  const { train, validation, test } = partsOf(images, plan);
  const scoreOf = (indices: readonly number[], probabilities: Float32Array): number =>
    taskFor(plan).scores({ labels, classes }, indices, probabilities).auroc!;
  let best: Trained | null = null;
  try {
    await trainLoop(
      network,
      { inputs, labels, train, validation, classes },
      {
        ...{ plan, progress: firstProgress(plan.learningRate), control: new RunControl(() => {}), emit: () => {} },
        onEpoch: async ({ isBest, probabilities: validated }) => {
          if (!isBest) return;
          const probabilities = await predictInputs(network, inputs, test, plan);
          best = {
            probabilities,
            score: { validation: scoreOf(validation, validated), test: scoreOf(test, probabilities) },
          };
        },
      },
    );
    if (unrounded) await tellRoundedValidation(network, stored, { plan, validation });
    return best!;
  } finally {
    inputs.close();
    network.variables.dispose();
  }
}

/** How far probabilities would be from those of the whole network, were they of rounded values too. */
async function tellRoundedValidation(
  network: Network,
  inputs: Inputs,
  { plan, validation }: { plan: TrainingPlan; validation: readonly number[] },
): Promise<void> {
  const plain = (indices: readonly number[]): tf.Tensor => {
    const x = inputs.plain(indices);
    const values = x.dataSync<'float32'>();
    fromBfloat16(toBfloat16(values), values);
    const rounded = tf.tensor(values, x.shape);
    x.dispose();
    return rounded;
  };
  const whole = await predictInputs(network, inputs, validation, plan);
  const rounded = await predictInputs(network, { from: inputs.from, plain }, validation, plan);
  const largest = whole.reduce((most, value, i) => Math.max(most, Math.abs(value - rounded[i]!)), 0);
  console.log(`validated on rounded values, probabilities would differ by up to ${largest.toExponential(1)}`);
}

/** The same variants as they come out of the frozen layers, held in memory. */
function unroundedTraining(
  network: Network,
  options: {
    images: PreparedImages;
    preprocessing: Preprocessing;
    plan: TrainingPlan;
    from: string;
  },
): Pick<Inputs, 'training'> {
  const { images, preprocessing, plan, from } = options;
  const { augmentation, seed, frozenVariants } = plan;
  const kept = new Map<string, tf.Tensor>();
  const through = (index: number, variant: number): tf.Tensor => {
    const x = augmented({ cache: images.cache, preprocessing }, [index], {
      ...{ ops: network.ops, augmentation, random: generator(seed, 'frozen augment', index, variant) },
    });
    const y = run(network, x, { to: from }).get(from)!;
    x.dispose();
    return y;
  };
  return {
    training: (indices, { epoch }) => {
      const variant = (epoch - 1) % frozenVariants;
      return tf.concat(
        indices.map((index) => {
          const key = `${index} ${variant}`;
          if (!kept.has(key)) kept.set(key, through(index, variant));
          return kept.get(key)!;
        }),
      );
    },
  };
}

function partsOf({ dataset }: PreparedImages, plan: TrainingPlan): Record<'train' | 'validation' | 'test', number[]> {
  const split = plannedSplit(dataset, plan, { testFolder: false });
  const part = (name: string): number[] => [...split.keys()].filter((index) => split[index] === name);
  return { train: trainingIndices(dataset.images, split, plan), validation: part('validation'), test: part('test') };
}

/** The difference of two AUROCs on the test images, with its interval over patients drawn with replacement. */
async function gap(
  { dataset, labels }: PreparedImages,
  plan: TrainingPlan,
  { own, other }: Record<'own' | 'other', Float32Array>,
): Promise<string> {
  const { test } = partsOf({ dataset, labels } as PreparedImages, plan);
  const { classes } = dataset;
  const k = classes.length;
  const { patients, count } = numbered(test.map((index) => dataset.images[index]!.group));
  const differenceOf = (weights: Uint32Array): number => {
    const rows = test.flatMap((_, row) => Array<number>(weights[patients[row]!]!).fill(row));
    const score = (all: Float32Array): number => {
      const probabilities = Float32Array.from(rows.flatMap((row) => [...all.subarray(row * k, (row + 1) * k)]));
      return taskFor(plan).scores({ labels, classes }, rows.map((row) => test[row]!), probabilities).auroc!; // prettier-ignore
    };
    return score(own) - score(other);
  };
  const drawn: number[] = [];
  for await (const weights of patientDraws(count, { resamples: RESAMPLES, seed: 0 })) drawn.push(differenceOf(weights));
  drawn.sort((a, b) => a - b);
  const at = (share: number): string => drawn[Math.floor(share * (RESAMPLES - 1))]!.toFixed(4);
  return `seed ${plan.seed}: ${differenceOf(new Uint32Array(count).fill(1)).toFixed(4)} (${at(0.025)} to ${at(0.975)})`;
}

/** Mean and standard deviation over the seeds. */
function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${mean.toFixed(4)} ± ${Math.sqrt(squares / Math.max(1, values.length - 1)).toFixed(4)}`;
}
