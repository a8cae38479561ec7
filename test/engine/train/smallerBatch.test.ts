import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import type { RunEvent } from '../../../src-main/contract/run.ts';
import type { SmallerBatch } from '../../../src-main/contract/smallerBatch.ts';
import { pictureInputs } from '../../../src-main/engine/network/inputs.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { RunControl } from '../../../src-main/engine/train/control.ts';
import { trainLoop, type EpochResult } from '../../../src-main/engine/train/loop.ts';
import { firstProgress } from '../../../src-main/engine/train/schedule.ts';
import { formulaImages, formulaWeights } from '../export/formula.ts';

// Read by TensorFlow when it is loaded: from so many bytes on it really says that there is no memory.
// It waits 10 s for some before.
process.env.TF_MKL_ALLOC_MAX_BYTES = String(256 * 2 ** 20);
vi.setConfig({ testTimeout: 240_000 });

const size = 160;
const input = { height: size, width: size };
const backbone = findBackbone('resnet18');
const graph = withHead(truncate(backbone.build(), 'layer1.1'), { classes: 2, pooling: 'average', dropout: 0.2 });
const contents = formulaImages(21, input);
const cache = {
  ...{ count: contents.length, size },
  read: (index: number, into: Uint8Array, offset: number) => into.set(contents[index]!, offset),
  close() {},
};
const labels = contents.map((_, index) => index % 2);
const indices = contents.map((_, index) => index);
const plan = trainingPlan.parse({
  ...{ data: { folder: '/' }, backbone: 'resnet18', strategy: 'truncated', cut: 'layer1.1', input: size },
  ...{ epochs: 2, batch: 8, learningRate: 1e-3 },
});

/** Memory that something else holds, in pieces of 4 MB as it may lie in several places. */
const ballast = (megabytes: number): tf.Tensor[] =>
  Array.from({ length: megabytes / 4 }, () => tf.fill([4, 2 ** 18], 1));

interface Options {
  smallerBatches?: readonly SmallerBatch[];
  leastBatch?: number;
  /** Hears what training says, between two steps. */
  onEvent?: (event: RunEvent) => void;
}

async function train({ onEvent = () => {}, ...options }: Options = {}) {
  const { ops, createVariables } = await loadEngine('tensorflow');
  const network = { graph, ops, variables: createVariables(formulaWeights(graph, input)) };
  const pictures = { cache, preprocessing: backbone.preprocessing };
  const inputs = pictureInputs(pictures, { ops, augmentation: plan.augmentation, seed: plan.seed });
  const results: EpochResult[] = [];
  const kept: SmallerBatch[] = [];
  const events: RunEvent[] = [];
  try {
    await trainLoop(
      network,
      { inputs, labels, train: indices.slice(5), validation: indices.slice(0, 5), classes: ['a', 'b'] },
      {
        ...{ plan, progress: firstProgress(plan.learningRate), control: new RunControl(() => {}), ...options },
        emit: (event) => {
          events.push(event);
          onEvent(event);
        },
        onEpoch: async (result) => void results.push(result),
        onSmallerBatch: async (found) => void kept.push(found),
      },
    );
    const weights = await network.variables.weights();
    const numbers = results.map(({ record, probabilities }) => [
      record.trainLoss,
      record.validationLoss,
      ...probabilities,
    ]);
    return { numbers, kept, events, weights };
  } finally {
    network.variables.dispose();
  }
}

it('a step that TensorFlow has no memory for is repeated with half the images; what is known gives the same numbers again', async () => {
  let held: tf.Tensor[] = [];
  const short = await train({
    onEvent(event) {
      if (event.kind === 'step' && event.epoch === 2 && event.step === 1) held = ballast(208);
    },
  });
  tf.dispose(held);
  const [found] = short.kept;
  expect(short.kept).toEqual([{ epoch: 2, step: 2, batch: expect.any(Number), before: 8 }]);
  expect([4, 2]).toContain(found!.batch);
  expect(short.events).toContainEqual({ kind: 'smallerBatch', ...found });
  const stepsOf = (epoch: number) => short.events.findLast((each) => each.kind === 'step' && each.epoch === epoch);
  expect(stepsOf(1)).toMatchObject({ step: 2, steps: 2 });
  expect(stepsOf(2)).toMatchObject({ step: 1 + 8 / found!.batch, steps: 1 + 8 / found!.batch });

  const again = await train({ smallerBatches: short.kept });
  expect(again.kept).toEqual([]);
  expect(again.numbers).toEqual(short.numbers);
  expect(again.weights).toEqual(short.weights);
  const other = await train();
  expect(other.numbers[0]).toEqual(short.numbers[0]);
  expect(other.numbers[1]).not.toEqual(short.numbers[1]);
});

it('where not even the smallest batch fits, training fails with it, and nothing is left of the step', async () => {
  await loadEngine('tensorflow');
  const before = tf.memory().numTensors;
  let held: tf.Tensor[] = [];
  const failing = train({
    leastBatch: 8,
    onEvent(event) {
      if (event.kind === 'step' && event.step === 1) held = ballast(208);
    },
  });
  await expect(failing).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: 'The engine could not get more memory while it trained with batches of 8.',
  });
  tf.dispose(held);
  expect(tf.memory().numTensors).toBe(before);
  expect((await train()).kept).toEqual([]);
});
