import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import type { OptimiserSettings } from '../../../src-main/contract/plan.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { preprocess, toTensor } from '../../../src-main/engine/network/batch.ts';
import { predictBytes } from '../../../src-main/engine/network/predict.ts';
import { crossEntropy } from '../../../src-main/engine/task/crossEntropy.ts';
import { trainingStep } from '../../../src-main/engine/train/step.ts';
import { formulaImages, formulaWeights } from '../export/formula.ts';

interface Case {
  losses: number[];
  probabilities: number[];
  bn1Mean: number[];
  bn1Variance: number[];
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/training.json'), 'utf8')) as {
  labels: number[];
  classWeights: number[];
  cases: Record<string, Case>;
};

// Adam's epsilon is so small that its place does not matter: TensorFlow adds it before the bias correction, PyTorch after.
const optimisers: Record<string, { optimiser: OptimiserSettings; learningRate: number; weightDecay: number }> = {
  sgd: { optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false }, learningRate: 0.01, weightDecay: 0 },
  'sgd-nesterov': { optimiser: { kind: 'sgd', momentum: 0.9, nesterov: true }, learningRate: 0.01, weightDecay: 1e-3 },
  adam: { optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-10 }, learningRate: 1e-3, weightDecay: 0 },
};

const side = 32;
const image = { height: side, width: side };

describe.each(['tensorflow', 'wasm'] as const)('five training steps on %s equal PyTorch', (engineName) => {
  // PyTorch ran in float64, this in float32; five steps let rounding grow, most of all with Adam, which divides small
  // gradients by their own size.
  it.each([
    ['sgd', 1e-4],
    ['sgd-nesterov', 1e-4],
    ['adam', 2e-3],
  ])('%s: losses, running statistics and predictions', async (name, tolerance) => {
    const engine = await loadEngine(engineName);
    const backbone = findBackbone('resnet18');
    const graph = withHead(truncate(backbone.build(), 'layer1.1'), { classes: 3, pooling: 'average', dropout: 0 });
    const network = { graph, ops: engine.ops, variables: engine.createVariables(formulaWeights(graph, image)) };
    const bytes = Buffer.concat(formulaImages(6, image));
    const x = preprocess(toTensor(bytes, 6, side), backbone.preprocessing);
    const before = tf.memory().numTensors;
    const expected = golden.cases[name]!;
    for (const [index, loss] of expected.losses.entries()) {
      const actual = trainingStep(network, x, {
        loss: (logits) => crossEntropy(logits, golden.labels, golden.classWeights),
        random: () => 0,
        update: { ...optimisers[name]!, step: index + 1 },
      });
      expect(Math.abs(actual - loss) / loss, `loss of step ${index + 1}`).toBeLessThan(tolerance);
    }
    const weights = await network.variables.weights();
    expected.bn1Mean.forEach((value, i) => expect(weights.get('bn1/mean')!.data[i]).toBeCloseTo(value, 3));
    expected.bn1Variance.forEach((value, i) => expect(weights.get('bn1/variance')!.data[i]).toBeCloseTo(value, 3));
    const probabilities = predictBytes(network, { bytes, n: 6, size: side }, backbone.preprocessing);
    expected.probabilities.forEach((value, i) =>
      expect(Math.abs(probabilities[i]! - value)).toBeLessThan(tolerance * 5),
    );
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(weights.size + (await network.variables.slots()).size);
    network.variables.dispose();
    x.dispose();
  });
});
