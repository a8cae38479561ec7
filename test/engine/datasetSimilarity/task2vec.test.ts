import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph, GraphNode, Shape } from '../../../src-main/backbone/graph.ts';
import { graphParameters, sizeOf } from '../../../src-main/backbone/parameters.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import { balancedWeights } from '../../../src-main/engine/datasetSimilarity/draw.ts';
import { filtersOf } from '../../../src-main/engine/datasetSimilarity/filters.ts';
import { fisherOf, type FisherBatch } from '../../../src-main/engine/datasetSimilarity/fisher.ts';
import { fitHead } from '../../../src-main/engine/datasetSimilarity/head.ts';
import { networkOn } from '../../../src-main/engine/network/open.ts';
import { generator } from '../../../src-main/engine/random.ts';
import type { Engine, EngineName } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import type { Network } from '../../../src-main/engine/execute/run.ts';
import golden from '../../golden/task2vec.json' with { type: 'json' };

const [IMAGES, SIZE] = [6, 9];
const image = { height: SIZE, width: SIZE };

/** The formula of task2vec.py. */
const values = (shape: Shape, seed: number, scale = 1, offset = 0) => ({
  shape,
  data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(1.3 * i + seed) * scale + offset),
});

const SCALES: Record<string, [scale: number, offset?: number]> = {
  'conv/kernel': [0.5],
  'conv/bias': [0.1],
  'norm/gamma': [0.2, 1],
  'norm/beta': [0.1],
  'norm/mean': [0.3],
  'norm/variance': [0.3, 1],
  'deep/kernel': [0.6],
  'point/kernel': [0.7],
  'inner/kernel': [0.8],
  'inner/bias': [0.1],
  'head_dense/kernel': [1.5],
  'head_dense/bias': [0.2],
};

const all = { top: 1, bottom: 1, left: 1, right: 1 };
const block = 'block';
const nodes: GraphNode[] = [
  { name: 'input', op: 'input', inputs: [], attributes: { channels: 3 } },
  { name: 'conv', op: 'conv', inputs: ['input'], block, attributes: { filters: 4, kernel: [3, 3], stride: [2, 2], padding: all, bias: true, groups: 1 } }, // prettier-ignore
  { name: 'norm', op: 'batchNorm', inputs: ['conv'], block, attributes: { epsilon: 1e-3, scale: true } },
  { name: 'relu1', op: 'activation', inputs: ['norm'], block, attributes: { kind: 'relu' } },
  { name: 'deep', op: 'depthwiseConv', inputs: ['relu1'], block, attributes: { kernel: [3, 3], stride: [1, 1], padding: all, bias: false } }, // prettier-ignore
  { name: 'relu2', op: 'activation', inputs: ['deep'], block, attributes: { kind: 'relu' } },
  { name: 'point', op: 'conv', inputs: ['relu2'], block, attributes: { filters: 5, kernel: [1, 1], stride: [1, 1], padding: 'valid', bias: false, groups: 1 } }, // prettier-ignore
  { name: 'inner', op: 'dense', inputs: ['point'], block, attributes: { units: 6, bias: true } },
];
const graph: Graph = withHead({ name: 'small', nodes }, { classes: 3, pooling: 'average', dropout: 0.5 });
const filters = filtersOf(graph, image);

describe.each<EngineName>(['tensorflow', 'wasm'])('Task2Vec on %s, against PyTorch', (name) => {
  let engine: Engine;
  let network: Network;
  let images: Tensor4D[];
  const keys = Object.keys(SCALES);

  beforeAll(async () => {
    engine = await loadEngine(name);
    const weights = new Map(
      graphParameters(graph, image).map(({ key, shape }) => [
        key,
        values(shape, keys.indexOf(key) + 1, ...SCALES[key]!),
      ]),
    );
    network = networkOn(engine, { graph }, { weights });
    const { data } = values([IMAGES, SIZE, SIZE, 3], 0.5, 1.2);
    const size = data.length / IMAGES;
    images = Array.from({ length: IMAGES }, (_, i) =>
      tf.tensor4d(data.slice(i * size, (i + 1) * size), [1, SIZE, SIZE, 3]),
    );
  });
  afterAll(() => {
    network.variables.dispose();
    tf.dispose(images);
  });

  const fisher = (batches: FisherBatch[], draws: number): Promise<Float32Array> => {
    const given = golden.draws.values();
    return fisherOf(network, batches, { filters, draws, random: () => given.next().value! });
  };

  test('the Fisher information of each image alone, with two labels drawn for each', async () => {
    const weights = balancedWeights([0, 0, 1, 1, 1, 1]);
    const before = tf.memory().numTensors;
    near(await fisher(images.map((x, i) => ({ x, weight: weights[i]! })), 2), golden.perImage); // prettier-ignore
    expect(tf.memory().numTensors).toBe(before);
  });

  test('its expectation is that over all labels, each as likely as it is predicted', async () => {
    const weights = balancedWeights([0, 0, 1, 1, 1, 1]);
    const batches = images.map((x, i) => ({ x, weight: weights[i]! }));
    const many = await fisherOf(network, batches, { filters, draws: 300, random: generator(5, 'labels') });
    golden.exact.forEach((value, at) => expect(Math.abs(many[at]! / value - 1), `entry ${at}`).toBeLessThan(0.1));
  });

  test('the square of the mean gradient of a batch is another number', async () => {
    const halves = [images.slice(0, 3), images.slice(3)].map((of) => tf.concat(of));
    near(await fisher(halves.map((x) => ({ x, weight: 0.5 })), 1), golden.batch); // prettier-ignore
    tf.dispose(halves);
    const [one, other] = [golden.perImage, golden.batch].map((of) => of.reduce((a, b) => a + b));
    expect(one! / other!).toBeGreaterThan(2);
  });

  test('the head as Adam of PyTorch fits it', async () => {
    const { data, shape } = values([8, 5], 0.2);
    const x = tf.tensor2d(data, shape as [number, number]);
    const batches = Array.from({ length: 300 }, (_, step) => [0, 1, 2, 3].map((k) => (step + 3 * k) % 8));
    const start = new Map([
      ['kernel', values([5, 3], 0.3, 0.4)],
      ['bias', values([3], 0.4, 0.4)],
    ]);
    const before = tf.memory().numTensors;
    const head = await fitHead(engine, { x: x as Tensor2D, labels: [0, 1, 2, 0, 1, 2, 0, 1] }, { start, batches });
    const fitted = await head.weights();
    head.dispose();
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
    near(fitted.get('kernel')!.data, golden.head.kernel);
    near(fitted.get('bias')!.data, golden.head.bias);
  });
});

test('each filter of the backbone is an entry, and the head has none', () => {
  expect(filters.kernels).toEqual([
    { key: 'conv/kernel', filters: 4 },
    { key: 'deep/kernel', filters: 4 },
    { key: 'point/kernel', filters: 5 },
    { key: 'inner/kernel', filters: 6 },
  ]);
  expect(filters.count).toBe(19);
});

/** Single precision against double: relative to the value, and to the largest of all. */
function near(found: ArrayLike<number>, expected: readonly number[]): void {
  const largest = Math.max(...expected.map(Math.abs));
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, at) => {
    expect(Math.abs(found[at]! - value), `entry ${at}`).toBeLessThan(2e-4 * Math.abs(value) + 1e-6 * largest);
  });
}
