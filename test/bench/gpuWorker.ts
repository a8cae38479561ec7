// Loss and gradients of one training pass on TensorFlow, whatever it computes on here, against the WebAssembly engine, which
// computes on the processor; run by gpu.ts. Usage: gpuWorker.ts BACKBONE PRECISION; prints one JSON line.
import * as tf from '@tensorflow/tfjs-core';
import { withHead } from '../../src-main/backbone/head.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import type { Precision } from '../../src-main/contract/plan.ts';
import { trainingPass } from '../../src-main/engine/execute/gradient.ts';
import { generator } from '../../src-main/engine/random.ts';
import { crossEntropy } from '../../src-main/engine/task/crossEntropy.ts';
import { stepOps, type EngineName } from '../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../src-main/engine/tensor/engines.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';

const [name, precision] = process.argv.slice(2) as [string, Precision];
const [SIZE, BATCH] = [64, 8];
const backbone = findBackbone(name);
const graph = withHead(backbone.build(), { classes: 2, pooling: 'average', dropout: 0 });
const weights = initialise(
  graphParameters(graph, { height: SIZE, width: SIZE }),
  backbone.initialisation,
  generator(0),
);
const random = generator(0, 'pictures');
const pictures = Float32Array.from({ length: BATCH * SIZE * SIZE * 3 }, () => 2 * random() - 1);
const labels = Array.from({ length: BATCH }, (_, i) => i % 2);

async function pass(name: EngineName, in_: Precision) {
  const engine = await loadEngine(name);
  const network = { graph, ops: stepOps(engine, in_), variables: engine.createVariables(weights) };
  let loss = Number.NaN;
  const gradients = trainingPass(network, tf.tensor4d(pictures, [BATCH, SIZE, SIZE, 3]), {
    random,
    momentum: 0.9,
    lossGradient(logits) {
      const result = crossEntropy(logits, labels, [1, 1]);
      loss = result.loss;
      return result.gradient;
    },
  });
  return { loss, gradients: new Map([...gradients].map(([key, value]) => [key, value.dataSync<'float32'>()])) };
}

/** The cosine of the angle between two lists of numbers. */
function cosine(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b) || 1);
}

const [exact, own] = [await pass('wasm', 'float32'), await pass('tensorflow', precision)];
const cosines = [...exact.gradients]
  .map(([key, value]) => cosine(value, own.gradients.get(key)!))
  .sort((a, b) => a - b);
console.log(
  JSON.stringify({
    loss: Math.abs(own.loss - exact.loss),
    medianCosine: cosines[cosines.length >> 1],
  }),
);
