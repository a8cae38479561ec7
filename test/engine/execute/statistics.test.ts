import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { run } from '../../../src-main/engine/execute/run.ts';
import { moveStatistics } from '../../../src-main/engine/execute/statistics.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { formulaWeights } from '../export/formula.ts';

const side = 32;
const image = { height: side, width: side };

describe.each(['tensorflow', 'wasm'] as const)('running statistics on %s', (engineName) => {
  it('of two batches are their mean, layer after layer, and nothing else moves', async () => {
    const engine = await loadEngine(engineName);
    const trunk = truncate(findBackbone('resnet18').build(), 'layer1.0');
    const graph = withHead(trunk, { classes: 2, pooling: 'average', dropout: 0.5 });
    const before = formulaWeights(graph, image);
    const network = { graph, ops: engine.ops, variables: engine.createVariables(before) };
    const batches = [1, 2].map((seed) => tf.randomNormal([4, side, side, 3], seed, seed, 'float32', seed) as Tensor4D);
    moveStatistics(network, batches[0]!, 0);
    const once = await network.variables.weights();
    moveStatistics(network, batches[1]!, 0.5);
    const after = await network.variables.weights();

    for (const [key, { data }] of after) {
      if (!/\/(mean|variance)$/.test(key)) expect(data, key).toEqual(before.get(key)!.data);
      else expect(data, key).not.toEqual(before.get(key)!.data);
    }

    // The first layer by hand: the mean of the two batches' means, and of their unbiased variances.
    const moments = batches.map((batch) => {
      const y = run({ ...network, graph: { ...graph, nodes: graph.nodes.slice(0, 2) } }, batch).get(
        'conv1',
      ) as Tensor4D;
      const { mean, variance } = tf.moments(y, [0, 1, 2]) as { mean: Tensor1D; variance: Tensor1D };
      const count = y.size / y.shape[3];
      return { mean: mean.dataSync(), variance: variance.dataSync().map((value) => (value * count) / (count - 1)) };
    });
    for (const statistic of ['mean', 'variance'] as const) {
      const measured = after.get(`bn1/${statistic}`)!.data;
      measured.forEach((value, channel) => {
        const expected = (moments[0]![statistic][channel]! + moments[1]![statistic][channel]!) / 2;
        expect(Math.abs(value - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
      });
      // A deeper layer sees normalised input, so at momentum 0 nothing of its old statistics is left.
      expect(once.get(`layer1.0.bn2/${statistic}`)!.data).not.toEqual(before.get(`layer1.0.bn2/${statistic}`)!.data);
    }
    network.variables.dispose();
  });

  it('with one batch measured, inference gives what training mode gives on that batch', async () => {
    const engine = await loadEngine(engineName);
    const graph = truncate(findBackbone('mobilenet_v2_keras').build(), 'block_1_project_BN');
    const network = { graph, ops: engine.ops, variables: engine.createVariables(formulaWeights(graph, image)) };
    const x = tf.randomNormal([8, side, side, 3], 0, 1, 'float32', 3) as Tensor4D;
    moveStatistics(network, x, 0);
    const tensors = tf.memory().numTensors;
    moveStatistics(network, x, 0);
    expect(tf.memory().numTensors).toBe(tensors);
    const output = run(network, x).get('block_1_project_BN') as Tensor4D;
    // Normalised by its own batch: each channel has the mean beta and the deviation gamma, up to Bessel's n / (n - 1) of
    // this and the earlier layers, which is at most 0.2 % here.
    const { mean, variance } = tf.moments(output, [0, 1, 2]) as { mean: Tensor1D; variance: Tensor1D };
    const { variables } = network;
    const [beta, gamma] = ['beta', 'gamma'].map((role) => variables.get(`block_1_project_BN/${role}`).dataSync());
    mean.dataSync().forEach((value, channel) => expect(value).toBeCloseTo(beta![channel]!, 2));
    variance
      .dataSync()
      .forEach((value, channel) => expect(Math.sqrt(value)).toBeCloseTo(Math.abs(gamma![channel]!), 2));
    variables.dispose();
  });
});
