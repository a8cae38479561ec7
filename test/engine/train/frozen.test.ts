import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { trainingPlan, type TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { run, type Network } from '../../../src-main/engine/execute/run.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import type { EngineName } from '../../../src-main/engine/tensor/engine.ts';
import { RunControl } from '../../../src-main/engine/train/control.ts';
import { plainPictures, type Inputs } from '../../../src-main/engine/network/inputs.ts';
import { trainLoop, type EpochResult } from '../../../src-main/engine/train/loop.ts';
import { openInputs } from '../../../src-main/engine/train/openInputs.ts';
import { predictInputs } from '../../../src-main/engine/network/predict.ts';
import { rateFactors } from '../../../src-main/engine/train/rates.ts';
import { firstProgress } from '../../../src-main/engine/train/schedule.ts';
import { crossEntropy } from '../../../src-main/engine/task/crossEntropy.ts';
import { trainingStep } from '../../../src-main/engine/train/step.ts';
import { nearestBfloat16 } from '../../support/bfloat16.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { formulaImages, formulaWeights } from '../export/formula.ts';

const size = 32;
const FROZEN = 'layer1.1';
const backbone = findBackbone('resnet18');
const graph = withHead(truncate(backbone.build(), 'layer2.0'), { classes: 3, pooling: 'average', dropout: 0 });
const { preprocessing } = backbone;
const architecture = {
  graph,
  frozen: FROZEN,
  input: { height: size, width: size },
  preprocessing,
  classes: ['a', 'b', 'c'],
};
const isFrozen = (key: string) => !/^(layer2|head_)/.test(key);
const neutral = { flipHorizontal: false, flipVertical: false, crop: 0, rotation: 0, brightness: 0 };

/** Images in memory that count how often they are read. */
function pictures(count: number) {
  const contents = formulaImages(count, architecture.input);
  const cache = {
    count,
    size,
    reads: 0,
    read(index: number, into: Uint8Array, offset: number) {
      cache.reads++;
      into.set(contents[index]!, offset);
    },
    close() {},
  };
  const dataset = exampleDataset({ patients: count / 2 });
  return { cache, dataset, labels: contents.map((_, index) => index % 3) };
}

const planOf = (changes: Partial<TrainingPlanInput> = {}) =>
  trainingPlan.parse({
    data: { folder: '/' },
    backbone: 'resnet18',
    strategy: 'layerwise',
    cut: FROZEN,
    input: size,
    epochs: 3,
    batch: 5,
    augmentation: neutral,
    ...changes,
  });

interface Setting {
  engineName?: EngineName;
  plan?: ReturnType<typeof planOf>;
  frozen?: string;
  directory?: string;
  images?: ReturnType<typeof pictures>;
  /** Other inputs than those under test. */
  inputsOf?: (network: Network) => Inputs;
}

async function open({
  engineName = 'tensorflow',
  plan = planOf(),
  frozen = FROZEN,
  directory,
  images = pictures(18),
}: Setting) {
  const engine = await loadEngine(engineName);
  const weights = formulaWeights(graph, architecture.input);
  const network = { graph, ops: engine.ops, variables: engine.createVariables(weights) };
  const budget = directory === undefined ? 0 : Infinity;
  const options = { images, plan, weights, engine: engineName, directory: directory ?? temporaryFolder(), budget };
  return { network, weights, inputs: openInputs(network, { ...architecture, frozen }, { ...options, say: () => {} }) };
}

/** Trains on 13 images, validates on 5; gives the numbers of each epoch, and the weights. */
async function train(setting: Setting): Promise<{ numbers: unknown; weights: Weights; before: Weights }> {
  const { plan = planOf(), images = pictures(18) } = setting;
  const opened = await open({ ...setting, images });
  const inputs = setting.inputsOf?.(opened.network) ?? opened.inputs;
  const results: EpochResult[] = [];
  const indices = images.labels.map((_, index) => index);
  await trainLoop(
    opened.network,
    {
      inputs,
      labels: images.labels,
      train: indices.slice(5),
      validation: indices.slice(0, 5),
      classes: ['a', 'b', 'c'],
    },
    {
      plan,
      progress: firstProgress(plan.learningRate),
      control: new RunControl(() => {}),
      emit: () => {},
      onEpoch: async (result) => void results.push(result),
    },
  );
  const weights = await opened.network.variables.weights();
  opened.inputs.close();
  opened.network.variables.dispose();
  const numbers = results.map(({ record, probabilities }) => [
    record.trainLoss,
    record.validationLoss,
    ...probabilities,
  ]);
  return { numbers, weights, before: opened.weights };
}

describe.each(['tensorflow', 'wasm'] as const)('behind a frozen boundary on %s', (engineName) => {
  it('losses, statistics and predictions are PyTorch’s, the head at the full rate and the rest at a tenth', async () => {
    const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/layerwise.json'), 'utf8'));
    const plan = planOf();
    const { network, inputs } = await open({ engineName, plan, images: pictures(6) });
    // As they are: PyTorch’s were not rounded.
    const x = inputs.plain([0, 1, 2, 3, 4, 5]);
    for (const [index, loss] of golden.losses.entries()) {
      const actual = trainingStep(network, x, {
        from: FROZEN,
        loss: (logits) => crossEntropy(logits, golden.labels, golden.classWeights),
        random: () => 0,
        update: {
          optimiser: { kind: 'sgd', momentum: golden.momentum, nesterov: false },
          learningRate: golden.learningRate,
          rateFactor: rateFactors(plan),
          weightDecay: 0,
          step: index + 1,
        },
      });
      expect(Math.abs(actual - loss) / loss, `loss of step ${index + 1}`).toBeLessThan(1e-4);
    }
    const weights = await network.variables.weights();
    for (const [node, values] of Object.entries<number[]>(golden.mean))
      values.forEach((value, i) => expect(weights.get(`${node}/mean`)!.data[i]).toBeCloseTo(value, 5));
    const probabilities = await predictInputs(network, inputs, [0, 1, 2, 3, 4, 5], { batch: 6 });
    golden.probabilities.forEach((value: number, i: number) => expect(probabilities[i]).toBeCloseTo(value, 4));
    x.dispose();
    inputs.close();
    network.variables.dispose();
  });

  it('frozen weights and statistics stay as they are bit for bit, all others move, and no tensor is left', async () => {
    await train({ engineName, plan: planOf({ epochs: 1 }) });
    const tensors = tf.memory().numTensors;
    const { weights, before } = await train({ engineName, directory: temporaryFolder(), plan: planOf({ epochs: 2 }) });
    expect(tf.memory().numTensors).toBe(tensors);
    for (const [key, { data }] of weights) {
      if (isFrozen(key)) expect(data, key).toEqual(before.get(key)!.data);
      else expect(data, key).not.toEqual(before.get(key)!.data);
    }
  });
});

it('where all but the head is frozen, only the head moves', async () => {
  const { weights, before } = await train({
    frozen: 'layer2.0',
    directory: temporaryFolder(),
    plan: planOf({ epochs: 1 }),
  });
  const moved = [...weights].filter(([key, { data }]) => data.some((value, i) => value !== before.get(key)!.data[i]));
  expect(moved.map(([key]) => key)).toEqual(['head_dense/kernel', 'head_dense/bias']);
});

describe('learning rates', () => {
  it('below the head are a tenth in layer-wise fine-tuning, full otherwise, and as the plan says where it does', () => {
    const below = (changes: Partial<TrainingPlanInput>) => {
      const factor = rateFactors(planOf(changes));
      expect(factor('head_dense/kernel')).toBe(1);
      return factor('layer2.0.bn1/gamma');
    };
    expect([below({}), below({ strategy: 'truncated' }), below({ backboneRate: 0.5 })]).toEqual([0.1, 1, 0.5]);
  });
});

describe('activations at a frozen boundary', () => {
  it('stored give the numbers of a plain forward pass over each batch, rounded to bfloat16 where they are trained on', async () => {
    const images = pictures(18);
    const plain = ({ graph, ops, variables }: Network): Inputs => {
      const network = { graph, ops, variables };
      const source = plainPictures({ cache: images.cache, preprocessing });
      const forward = (indices: readonly number[]) => {
        const x = source.plain(indices);
        const y = run(network, x, { to: FROZEN }).get(FROZEN)!;
        x.dispose();
        return y;
      };
      const rounded = (indices: readonly number[]) => {
        const x = forward(indices);
        const y = tf.tensor(x.dataSync<'float32'>().map(nearestBfloat16), x.shape);
        x.dispose();
        return y;
      };
      return { from: FROZEN, training: rounded, plain: forward, close: () => {} };
    };
    const expected = (await train({ images, inputsOf: plain })).numbers as number[][];
    const actual = (await train({ images, directory: temporaryFolder() })).numbers as number[][];
    expected.forEach((epoch, e) =>
      epoch.forEach((value, i) => expect(Math.abs(actual[e]![i]! - value)).toBeLessThan(1e-6 * Math.max(1, value))),
    );
  });

  it('are the same bit for bit stored, stored before, and where there is no room', async () => {
    const plan = planOf({ augmentation: undefined, frozenVariants: 2 });
    const [directory, images] = [temporaryFolder(), pictures(18)];
    const first = await train({ plan, directory, images });
    // 13 training images in two variants and as they are, for the statistics; 5 for validation; by groups of eight.
    const computed = images.cache.reads;
    images.cache.reads = 0;
    expect((await train({ plan, directory, images })).numbers).toEqual(first.numbers);
    expect(images.cache.reads).toBe(0);
    expect((await train({ plan, images })).numbers).toEqual(first.numbers);
    expect(images.cache.reads).toBeGreaterThan(computed);
  });

  it('are rounded where they are trained on, which halves their file, and never where a network is measured', async () => {
    const [directory, images] = [temporaryFolder(), pictures(18)];
    const { network, inputs } = await open({ directory, images });
    const indices = [3, 1, 2];
    const values = (x: tf.Tensor) => {
      const found = x.dataSync<'float32'>();
      x.dispose();
      return found;
    };
    const plain = values(inputs.plain(indices));
    expect(plain).not.toEqual(plain.map(nearestBfloat16));
    // Just computed, and read.
    for (const epoch of [1, 2])
      expect(values(inputs.training(indices, { epoch, step: 1 }))).toEqual(plain.map(nearestBfloat16));
    const sizes = readdirSync(directory).map((name) => statSync(join(directory, name)).size);
    const each = plain.length / indices.length;
    expect(sizes.sort((a, b) => a - b)).toEqual([2, 4].map((bytes) => indices.length * (8 + bytes * each)));
    inputs.close();
    network.variables.dispose();
  });

  it('of augmented images come in variants that follow one another, whatever shares their batch', async () => {
    const plan = planOf({ augmentation: undefined, frozenVariants: 2 });
    const images = pictures(18);
    const { network, inputs } = await open({ plan, images, directory: temporaryFolder() });
    const values = (x: tf.Tensor) => {
      const rows = x.arraySync() as unknown[];
      x.dispose();
      return rows;
    };
    const epoch = (epoch: number, indices = [1, 2, 3]) => values(inputs.training(indices, { epoch, step: 9 }));
    const [first, second, third] = [epoch(1), epoch(2), epoch(3)];
    expect(second).not.toEqual(first);
    expect(third).toEqual(first);
    expect(epoch(1, [3, 1])).toEqual([first[2], first[0]]);
    expect(values(inputs.plain([1, 2, 3]))).not.toEqual(first);

    const other = await open({ plan: { ...plan, seed: 1 }, images, directory: temporaryFolder() });
    const seeded = values(other.inputs.training([1, 2, 3], { epoch: 1, step: 9 }));
    expect(seeded).not.toEqual(first);
    for (const each of [inputs, other.inputs]) each.close();
    for (const each of [network, other.network]) each.variables.dispose();
  });

  it('are not taken for those of other weights, preprocessing, boundary, images or another engine', async () => {
    const [directory, images] = [temporaryFolder(), pictures(18)];
    const { network, weights, inputs } = await open({ directory, images });
    inputs.plain([0]).dispose();
    const options = { images, plan: planOf(), weights, engine: 'tensorflow', directory, say: () => {} };
    const readsWith = (changed: Partial<typeof options>, differently: Partial<typeof architecture> = {}): number => {
      images.cache.reads = 0;
      const again = openInputs(network, { ...architecture, ...differently }, { ...options, ...changed });
      again.plain([0]).dispose();
      again.close();
      return images.cache.reads;
    };
    expect(readsWith({})).toBe(0);
    // What lies behind the boundary does not count.
    const trained = new Map(weights).set('head_dense/bias', { shape: [3], data: Float32Array.of(1, 2, 3) });
    expect(readsWith({ weights: trained })).toBe(0);
    const bias = weights.get('bn1/beta')!;
    const moved = new Map(weights).set('bn1/beta', { ...bias, data: bias.data.map((value) => value + 1) });
    expect(readsWith({ weights: moved })).toBeGreaterThan(0);
    expect(readsWith({ engine: 'wasm' })).toBeGreaterThan(0);
    expect(readsWith({}, { frozen: 'layer1.0' })).toBeGreaterThan(0);
    expect(readsWith({}, { preprocessing: { ...preprocessing, mean: [0, 0, 0] } })).toBeGreaterThan(0);
    const [one, ...others] = images.dataset.images;
    const changed = { ...images.dataset, images: [{ ...one!, sha256: 'other' }, ...others] };
    expect(readsWith({ images: { ...images, dataset: changed } })).toBeGreaterThan(0);
    inputs.close();
    network.variables.dispose();
  });
});
