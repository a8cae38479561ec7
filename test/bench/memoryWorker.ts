// Trains a few steps of one plan on random pictures and prints the peak of this process's memory in bytes.
// Usage: memoryWorker.ts PLAN, a training plan as JSON without data.
import * as tf from '@tensorflow/tfjs-core';
import { inferShapes } from '../../src-main/backbone/shapes.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { run } from '../../src-main/engine/execute/run.ts';
import { loadEngine } from '../../src-main/engine/tensor/engines.ts';
import { architectureOf } from '../../src-main/backbone/architecture.ts';
import { crossEntropy } from '../../src-main/engine/task/crossEntropy.ts';
import { trainingStep } from '../../src-main/engine/train/step.ts';

const STEPS = 3;
const plan = trainingPlan.parse({ data: { folder: '.' }, ...(JSON.parse(process.argv[2]!) as object) });
const engine = await loadEngine(plan.engine === 'wasm' ? 'wasm' : 'tensorflow');
const { graph, input, frozen } = architectureOf(plan, ['0', '1'], 'softmax');
const weights = new Map(
  graphParameters(graph, input).map(({ key, shape, role }) => {
    const data = new Float32Array(shape.reduce((product, length) => product * length, 1));
    const spread = role === 'kernel' ? Math.sqrt((24 * shape.at(-1)!) / data.length) : 0;
    for (let i = 0; i < data.length; i++)
      data[i] = role === 'gamma' || role === 'variance' ? 1 : (Math.random() - 0.5) * spread;
    return [key, { shape, data }];
  }),
);
const network = { graph, ops: engine.ops, variables: engine.createVariables(weights) };
const pictures = (n: number) => tf.randomNormal([n, input.height, input.width, plan.channels]);
if (frozen !== null) {
  const x = pictures(8);
  tf.dispose([...run(network, x, { to: frozen }).values()]);
  x.dispose();
}
const shape = frozen === null ? null : inferShapes(graph, input).get(frozen)!;
for (let step = 1; step <= STEPS; step++) {
  const x = shape ? tf.randomNormal([plan.batch, ...shape]) : pictures(plan.batch);
  trainingStep(network, x, {
    from: frozen ?? undefined,
    loss: (logits) =>
      crossEntropy(
        logits,
        Array.from({ length: plan.batch }, (_, i) => i % 2),
        [1, 1],
      ),
    random: Math.random,
    update: { optimiser: plan.optimiser, learningRate: 1e-4, weightDecay: 0, step },
  });
  tf.dispose([...run(network, x, { from: frozen ?? undefined }).values()]);
  x.dispose();
}
console.log(process.resourceUsage().maxRSS * 1024);
