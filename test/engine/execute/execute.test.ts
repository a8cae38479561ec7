import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import type { Graph } from '../../../src-main/backbone/graph.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { trainingPass } from '../../../src-main/engine/execute/gradient.ts';
import { run, type Network } from '../../../src-main/engine/execute/run.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { crossEntropy } from '../../../src-main/engine/task/crossEntropy.ts';
import { differentiated } from './reference.ts';
import { initialise } from '../../../src-main/engine/weights/initialise.ts';

const SIDE = 32;

/** Random weights, statistics and shifts included, so that no parameter is neutral. */
function networkOf(engine: Engine, graph: Graph): Network {
  const random = generator('weights', graph.name);
  const weights = initialise(graphParameters(graph, { height: SIDE, width: SIDE }), 'heNormalFanOut', random);
  for (const [key, { data }] of weights) {
    if (key.endsWith('/gamma') || key.endsWith('/variance')) data.forEach((_, i) => (data[i] = 0.5 + random()));
    if (/\/(beta|mean|bias)$/.test(key)) data.forEach((_, i) => (data[i] = (random() - 0.5) / 2));
  }
  return { graph, ops: engine.ops, variables: engine.createVariables(weights) };
}

const values = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();
const largest = (a: Float32Array): number => a.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
function difference(a: Tensor, b: Tensor): number {
  const [x, y] = [values(a), values(b)];
  return largest(x.map((value, i) => value - y[i]!)) / Math.max(1e-6, largest(y));
}

let tensorflow: Engine;

const image = (): Tensor4D => tf.randomUniform([2, SIDE, SIDE, 3], -1, 1, 'float32', 7);

beforeAll(async () => {
  tensorflow = await loadEngine('tensorflow');
});

it.each(['resnet18', 'mobilenet_v2_keras'])('%s carries on from the output of any cut', (name) => {
  const graph = findBackbone(name).build();
  const network = networkOf(tensorflow, graph);
  const x = image();
  const cuts = cutNodes(graph).map((node) => node.name);
  const end = graph.nodes.at(-1)!.name;
  const before = tf.memory().numTensors;
  const taps = run(network, x, { taps: cuts });
  for (const cut of cuts) {
    const rest = run(network, taps.get(cut)!, { from: cut });
    expect(difference(rest.get(end)!, taps.get(end)!), cut).toBe(0);
    tf.dispose([...rest.values()]);
  }
  tf.dispose([...taps.values()]);
  // Parameters stay with the network once they have been read.
  const parameters = graphParameters(graph, { height: SIDE, width: SIDE });
  expect(tf.memory().numTensors - before).toBeLessThanOrEqual(parameters.length);
  network.variables.dispose();
});

/** Mean cross-entropy of a network in training mode. */
function lossOf(network: Network, x: Tensor, labels: number[]): number {
  let loss = Number.NaN;
  const gradients = trainingPass(network, x, {
    random: generator('dropout'),
    momentum: 1,
    lossGradient: (logits) => {
      const result = crossEntropy(logits, labels, [1, 1]);
      loss = result.loss;
      return result.gradient;
    },
  });
  tf.dispose([...gradients.values()]);
  return loss;
}

const trainableOf = (graph: Graph): string[] =>
  graphParameters(graph, { height: SIDE, width: SIDE }).flatMap(({ key, trainable }) => (trainable ? [key] : []));

describe.each(['tensorflow', 'wasm'] as const)('training pass on %s', (engineName) => {
  const cases = [
    ['resnet18', 'layer2.1', 'average'],
    ['resnet50', 'layer2.0', 'average'],
    ['mobilenet_v2_keras', 'block_5_add', 'average'],
    ['mobilenet_v2_keras', 'block_1_project_BN', 'flatten'],
  ] as const;

  it.each(cases)(
    '%s cut at %s, head %s: loss and gradients equal automatic differentiation',
    async (name, cut, pooling) => {
      const graph = withHead(truncate(findBackbone(name).build(), cut), { classes: 2, pooling, dropout: 0 });
      const reference = differentiated(graph, networkOf(tensorflow, graph), {
        labels: [0, 1],
        image: { height: SIDE, width: SIDE },
      });

      const network = networkOf(await loadEngine(engineName), graph);
      const x = image();
      let loss = Number.NaN;
      const gradients = trainingPass(network, x, {
        random: generator('dropout'),
        momentum: 0.9,
        lossGradient: (logits) => {
          const result = crossEntropy(logits, [0, 1], [1, 3]);
          loss = result.loss;
          return result.gradient;
        },
      });
      expect(loss).toBeCloseTo(reference.loss, 4);
      expect([...gradients.keys()].toSorted()).toEqual(trainableOf(graph).toSorted());
      for (const [key, expected] of reference.gradients) {
        const actual = values(gradients.get(key)!);
        const scale = Math.max(1e-3, largest(expected));
        expect(largest(actual.map((value, i) => value - expected[i]!)) / scale, key).toBeLessThan(5e-3);
      }
      tf.dispose([x, ...gradients.values()]);
      network.variables.dispose();
      await loadEngine('tensorflow');
    },
  );

  it('frees everything it does not return', async () => {
    const engine = await loadEngine(engineName);
    const graph = withHead(truncate(findBackbone('mobilenet_v2_keras').build(), 'block_2_add'), {
      classes: 2,
      pooling: 'average',
      dropout: 0.2,
    });
    const network = networkOf(engine, graph);
    const x = image();
    lossOf(network, x, [0, 1]);
    const before = tf.memory().numTensors;
    lossOf(network, x, [0, 1]);
    expect(tf.memory().numTensors).toBe(before);
    network.variables.dispose();
  });
});

it('a failing pass leaves no tensor behind', async () => {
  const graph = withHead(truncate(findBackbone('resnet18').build(), 'layer1.0'), {
    classes: 2,
    pooling: 'average',
    dropout: 0,
  });
  const network = networkOf(await loadEngine('tensorflow'), graph);
  const x = image();
  lossOf(network, x, [0, 1]);
  const before = tf.memory().numTensors;
  const failing = { random: Math.random, momentum: 1, lossGradient: () => { throw new Error('no loss'); } }; // prettier-ignore
  expect(() => trainingPass(network, x, failing)).toThrow('no loss');
  // Statistics that the forward pass replaced have not been read again.
  expect(tf.memory().numTensors).toBeLessThanOrEqual(before);
});
