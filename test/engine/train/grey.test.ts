import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { count } from '../../../src-main/backbone/count.ts';
import { inspect } from '../../../src-main/backbone/inspect.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { trainingPlan, type TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { architectureOf } from '../../../src-main/backbone/architecture.ts';
import { predictBytes } from '../../../src-main/engine/network/predict.ts';
import { networkOn } from '../../../src-main/engine/network/open.ts';
import { sumInputs } from '../../../src-main/engine/weights/inputChannels.ts';
import { writeSafetensors } from '../../../src-main/engine/weights/writeSafetensors.ts';
import { inFile } from '../../../src-main/engine/weights/dialects.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { formulaImages, formulaWeights } from '../export/formula.ts';
import { services, tinyPlan } from '../services/inProcess.ts';

const CLASSES = ['a', 'b'];
const EQUAL: TrainingPlanInput['preprocessing'] = { mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] };

function architecture(changes: Partial<TrainingPlanInput>) {
  const plan = { data: { folder: 'study' }, backbone: 'resnet18', cut: 'layer1.0', input: 32, ...changes };
  return architectureOf(trainingPlan.parse(plan), CLASSES);
}

async function probabilities(
  model: ReturnType<typeof architecture>,
  weights: Weights,
  pictures: readonly Uint8Array[],
): Promise<Float32Array> {
  const network = networkOn(await loadEngine('auto'), model, { weights });
  const batch = { bytes: Buffer.concat(pictures), n: pictures.length, size: model.input.width };
  const result = predictBytes(network, batch, model.preprocessing);
  network.variables.dispose();
  return result;
}

test('a first convolution summed over its colours computes the same on a grey picture', async () => {
  const colour = architecture({ preprocessing: EQUAL });
  const grey = architecture({ preprocessing: EQUAL, channels: 1 });
  const weights = formulaWeights(colour.graph, colour.input);
  const summed: Weights = new Map(weights).set('conv1/kernel', sumInputs(weights.get('conv1/kernel')!));
  expect(summed.get('conv1/kernel')!.shape).toEqual([7, 7, 1, 64]);
  const pictures = formulaImages(3, colour.input).map((picture) => picture.map((_, at) => picture[at - (at % 3)]!));
  await loadEngine('auto');
  const before = tf.memory().numTensors;
  const expected = await probabilities(colour, weights, pictures);
  const given = await probabilities(grey, summed, pictures);
  expect(tf.memory().numTensors).toBe(before);
  given.forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-6));
  expect(new Set(expected).size).toBeGreaterThan(3);
});

test('of a coloured picture the mean of the colours counts, standardised by the means of mean and deviation', async () => {
  const grey = architecture({ channels: 1 });
  expect(grey.preprocessing.grey).toBe(true);
  // ImageNet's (0.485 + 0.456 + 0.406) / 3 and (0.229 + 0.224 + 0.225) / 3.
  grey.preprocessing.mean.forEach((mean) => expect(mean).toBeCloseTo(0.449, 12));
  grey.preprocessing.std.forEach((std) => expect(std).toBeCloseTo(0.226, 12));
  const weights = formulaWeights(grey.graph, grey.input);
  const pictures = formulaImages(2, grey.input).map((picture) => picture.map((value) => value - (value % 3)));
  const means = pictures.map((picture) =>
    picture.map((_, at) => {
      const pixel = at - (at % 3);
      return (picture[pixel]! + picture[pixel + 1]! + picture[pixel + 2]!) / 3;
    }),
  );
  const expected = await probabilities(grey, weights, means);
  const given = await probabilities(grey, weights, pictures);
  given.forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-6));
});

test('a grey network has the parameters of one channel', () => {
  const colour = findBackbone('resnet50');
  const [one, three] = ([1, 3] as const).map((channels) => inspect(colour, { classes: 2, input: 224, channels }));
  expect(three!.parameters - one!.parameters).toBe(2 * 7 * 7 * 64);
  expect(three!.macs - one!.macs).toBe(2 * 7 * 7 * 64 * 112 * 112);
  expect(three!.cuts.length).toBe(one!.cuts.length);
});

test('a grey run trains from a colour source, and its exports compute the same', async () => {
  const folder = temporaryFolder();
  const study = join(folder, 'study');
  await smallStudy(study, { patients: 16, each: 3 });
  const file = join(folder, 'weights.safetensors');
  const { build } = findBackbone('mobilenet_v2_keras');
  const image = { height: 32, width: 32 };
  const weights = formulaWeights(build(), image);
  const named = graphParameters(build(), image).map(
    (parameter) => [inFile(parameter, 'keras').name, weights.get(parameter.key)!] as const,
  );
  await writeSafetensors(file, new Map(named));
  const { call, train, close } = await services(join(folder, 'workspace'));
  await call('source.add', { file, name: 'colour' });
  const { id, end } = await train(tinyPlan(study, { channels: 1, source: 'colour', epochs: 2 }));
  const run = await end;
  expect(run).toMatchObject({ status: 'completed', error: null, plan: { channels: 1 } });
  const { graph, input } = architectureOf(run.plan, run.classes);
  expect(run.parameters).toBe(count(graph, input).parameters);
  const variants = [
    ...(['onnx', 'tfjs', 'keras', 'keras-h5', 'safetensors'] as const).map((format) => ({ format, options: {} })),
    { format: 'onnx', options: { anySize: true, foldBatchNorm: true } },
  ] as const;
  for (const [number, { format, options }] of variants.entries()) {
    const out = join(folder, `export-${number}`, 'model');
    mkdirSync(dirname(out));
    const { parity } = await call('model.export', { id, format, out, options, latency: false });
    expect(parity, format).toMatchObject({ changedDecisions: 0 });
    expect(parity.largestDifference, format).toBeLessThan(1e-5);
  }
  const evaluated = await call('run.evaluate', { id, data: run.plan.data });
  expect(evaluated.images).toBe(48);
  await close();
});
