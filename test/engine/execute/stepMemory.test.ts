import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import { inferShapes } from '../../../src-main/backbone/shapes.ts';
import { graphParameters, sizeOf } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { initialise } from '../../../src-main/engine/weights/initialise.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { trainingPass } from '../../../src-main/engine/execute/gradient.ts';
import { inferenceValues, trainingValues } from '../../../src-main/engine/execute/stepMemory.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';

const image = { height: 64, width: 64 };
let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('tensorflow');
});

/** The most bytes in tensors at any operation of one training pass, without those that were there before. */
function measured(name: string, n: number): number {
  const backbone = findBackbone(name);
  const graph = withHead(backbone.build(), { classes: 2, pooling: 'average', dropout: 0.2 });
  const weights = initialise(graphParameters(graph, image), backbone.initialisation, generator('memory'));
  const network = { graph, ops: engine.ops, variables: engine.createVariables(weights) };
  const x = tf.zeros([n, 64, 64, 3]);
  const before = tf.memory().numBytes;
  let peak = 0;
  const seen = () => (peak = Math.max(peak, tf.memory().numBytes - before));
  // Every tensor, whatever makes it, is tracked.
  const { trackTensor } = tf.engine();
  tf.engine().trackTensor = (...args) => {
    trackTensor.apply(tf.engine(), args);
    seen();
  };
  try {
    const gradients = trainingPass(network, x, {
      random: () => 0.5,
      momentum: 0.9,
      lossGradient: (logits) => tf.onesLike(logits),
    });
    tf.dispose([...gradients.values()]);
  } finally {
    tf.engine().trackTensor = trackTensor;
    network.variables.dispose();
    x.dispose();
  }
  return peak;
}

it.each(['resnet18', 'mobilenet_v2', 'efficientnet_b0'])(
  'what a training step of %s holds for an image is counted without running it',
  (name) => {
    // The difference between two batches: what does not grow with it (gradients of parameters) falls out.
    const growth = (measured(name, 3) - measured(name, 1)) / 2 / 4;
    const backbone = findBackbone(name);
    const graph = withHead(backbone.build(), { classes: 2, pooling: 'average', dropout: 0.2 });
    const counted = trainingValues(graph, image, { from: null, ops: engine.ops });
    // The library counts some memory twice (what is reshaped) and knows nothing of memory inside of kernels: near is enough
    // here. How near the estimate is to the process's memory, `npm run bench:memory` measures.
    expect(counted / growth).toBeGreaterThan(0.7);
    expect(counted / growth).toBeLessThan(1.35);
  },
);

it('a forward pass holds little more than its largest layers', () => {
  const graph = findBackbone('resnet18').build();
  const largest = Math.max(...[...inferShapes(graph, image).values()].map(sizeOf));
  expect(inferenceValues(graph, image) / largest).toBeGreaterThan(1.9);
  expect(inferenceValues(graph, image) / largest).toBeLessThan(3);
});
