// Forward and training steps of one network on Cutpoint's engine, then a profile of steps and the speed of the matrix product;
// run by step.ts, zoo.ts and gpu.ts. Usage: stepWorker.ts BATCH SIZE STEPS [BACKBONE [PRECISION]]; prints one JSON line.
import * as tf from '@tensorflow/tfjs-core';
import { withHead } from '../../src-main/backbone/head.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { run } from '../../src-main/engine/execute/run.ts';
import { stepOps } from '../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../src-main/engine/tensor/engines.ts';
import { crossEntropy } from '../../src-main/engine/task/crossEntropy.ts';
import { trainingStep } from '../../src-main/engine/train/step.ts';
import { productSpeed, secondsByOperation } from './profile.ts';
import { trainingArithmetic } from './arithmetic.ts';

const [batch = 16, size = 224, steps = 8] = process.argv.slice(2, 5).map(Number);
const name = process.argv[5] ?? 'resnet50';
const precision = process.argv[6] === 'bfloat16' ? 'bfloat16' : 'float32';
const PROFILED = 2;
const engine = await loadEngine('tensorflow');
const graph = withHead(findBackbone(name).build(), { classes: 2, pooling: 'average', dropout: 0 });
const weights = new Map(
  graphParameters(graph, { height: size, width: size }).map(({ key, shape, role }) => {
    const data = new Float32Array(shape.reduce((product, length) => product * length, 1));
    const fanIn = shape.at(-1) === 1 ? shape[0]! * shape[1]! : data.length / shape.at(-1)!;
    const spread = role === 'kernel' ? Math.sqrt(24 / fanIn) : 0;
    for (let i = 0; i < data.length; i++)
      data[i] = role === 'gamma' || role === 'variance' ? 1 : (Math.random() - 0.5) * spread;
    return [key, { shape, data }];
  }),
);
const network = { graph, ops: engine.ops, variables: engine.createVariables(weights) };
weights.clear();
const x = tf.randomNormal([batch, size, size, 3]);
const labels = Array.from({ length: batch }, (_, i) => i % 2);
const optimiser = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const forward: number[] = [];
for (let step = 1; step <= steps; step++) {
  const start = performance.now();
  tf.dispose([...run(network, x).values()]);
  forward.push((performance.now() - start) / 1000);
}
const trained = { ...network, ops: stepOps(engine, precision) };
const train = (step: number): void => {
  trainingStep(trained, x, {
    loss: (logits) => crossEntropy(logits, labels, [1, 1]),
    random: Math.random,
    update: { optimiser, learningRate: 1e-4, weightDecay: 0, step },
  });
};
const seconds: number[] = [];
for (let step = 1; step <= steps; step++) {
  const start = performance.now();
  train(step);
  seconds.push((performance.now() - start) / 1000);
}
// Before the profile, which keeps nothing, and the matrices, which do.
const peakBytes = process.resourceUsage().maxRSS * 1024;
const profiled = performance.now();
const operations = secondsByOperation(() => {
  for (let step = 1; step <= PROFILED; step++) train(steps + step);
});
const profile = {
  seconds: (performance.now() - profiled) / 1000 / PROFILED,
  operations: Object.fromEntries([...operations].map(([operation, all]) => [operation, all / PROFILED])),
  /** Multiply-accumulates of a step, by kind, and of the matrix product in a second. */
  arithmetic: trainingArithmetic(graph, { height: size, width: size }, batch),
  productSpeed: productSpeed(),
};
console.log(JSON.stringify({ forward, seconds, peakBytes, profile, tensors: tf.memory().numTensors }));
