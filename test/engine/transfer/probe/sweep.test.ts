import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { withHead } from '../../../../src-main/backbone/head.ts';
import { cutPoints } from '../../../../src-main/backbone/cuts.ts';
import { graphParameters } from '../../../../src-main/backbone/parameters.ts';
import { truncate } from '../../../../src-main/backbone/truncate.ts';
import { findBackbone } from '../../../../src-main/backbone/zoo/index.ts';
import type { ImageCache } from '../../../../src-main/engine/data/types.ts';
import { run, type Network } from '../../../../src-main/engine/execute/run.ts';
import { generator } from '../../../../src-main/engine/random.ts';
import type { Engine } from '../../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../../src-main/engine/tensor/engines.ts';
import { preprocess, readBatch } from '../../../../src-main/engine/network/batch.ts';
import { networkOn } from '../../../../src-main/engine/network/open.ts';
import { pooledFeatures } from '../../../../src-main/engine/transfer/probe/features.ts';
import { probeSweep, type ProbeImages } from '../../../../src-main/engine/transfer/probe/sweep.ts';
import { initialise } from '../../../../src-main/engine/weights/initialise.ts';
import { exampleDataset } from '../../../support/dataset.ts';

const SIZE = 32;
const backbone = findBackbone('mobilenet_v2_keras');
let engine: Engine;

beforeAll(async () => {
  engine = await loadEngine('auto');
});

/** Pictures of which one class is brighter, two of each of 20 patients. */
function example(): ProbeImages & { read: Set<number> } {
  const dataset = exampleDataset({ patients: 20 });
  const read = new Set<number>();
  const labels = dataset.images.map(({ label }) => dataset.classes.indexOf(label));
  const cache: ImageCache = {
    count: dataset.images.length,
    size: SIZE,
    read(index, into, offset) {
      read.add(index);
      const random = generator('picture', index);
      const brightness = 60 * labels[index]!;
      for (let i = 0; i < SIZE * SIZE * 3; i++) into[offset + i] = brightness + 190 * random();
    },
    close() {},
  };
  const indices = labels.map((_, index) => index);
  return { dataset, cache, labels, indices, classes: dataset.classes, preprocessing: backbone.preprocessing, read };
}

function network(cut: string, seed = 1): Network {
  const graph = withHead(truncate(backbone.build(), cut), { classes: 2, pooling: 'average', dropout: 0.2 });
  const parameters = graphParameters(graph, { height: SIZE, width: SIZE });
  return networkOn(engine, { graph }, { weights: initialise(parameters, backbone.initialisation, generator(seed)) });
}

describe('the sweep', () => {
  test('gives every cut with its size, the same each time, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const tested = network('block_3_project_BN');
    const images = example();
    const progress: string[] = [];
    const options = { folds: 4, seed: 1, batch: 12 };
    const sweep = await probeSweep(tested, images, {
      ...options,
      onProgress: ({ doing, done }) => progress.push(`${doing} ${done}`),
    });
    const again = await probeSweep(tested, images, options);
    tested.variables.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(progress.slice(0, 5)).toEqual(['pass 12', 'pass 24', 'pass 36', 'pass 40', 'probing 1']);
    expect(again.cuts).toEqual(sweep.cuts);
    expect(sweep).toMatchObject({ images: 40, patients: 20, folds: 4 });
    const whole = cutPoints(backbone.build(), { height: SIZE, width: SIZE }).slice(0, 5);
    expect(sweep.cuts.map(({ name, parameters, macs }) => ({ name, parameters, macs }))).toEqual(
      whole.map(({ name, parameters, macs }) => ({ name, parameters, macs })),
    );
    for (const { auroc, auprc, logMe, hScore } of sweep.cuts) {
      expect(logMe).toBeGreaterThan(0);
      expect(hScore).toBeGreaterThan(0.5);
      expect(hScore).toBeLessThan(1);
      expect(auroc).toMatchObject({ mean: 1, n: 4 });
      expect(auprc.mean).toBe(1);
    }
  });

  test('reads the images it is given and no others', async () => {
    const images = example();
    const indices = images.indices.filter((index) => index % 4 < 3);
    const tested = network('expanded_conv_project_BN');
    const sweep = await probeSweep(tested, { ...images, indices }, { folds: 3, seed: 1, cuts: ['Conv1_relu'] });
    tested.variables.dispose();
    expect([...images.read].sort((a, b) => a - b)).toEqual(indices);
    expect(sweep.images).toBe(indices.length);
    expect(sweep.cuts.map(({ name }) => name)).toEqual(['Conv1_relu']);
  });

  test('ends when it is cancelled, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const tested = network('expanded_conv_project_BN');
    const controller = new AbortController();
    const options = { folds: 4, seed: 1, batch: 8, signal: controller.signal };
    const sweep = probeSweep(tested, example(), { ...options, onProgress: () => controller.abort() });
    await expect(sweep).rejects.toThrow();
    tested.variables.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('features are the means of the maps that the network computes', async () => {
  const tested = network('block_2_add');
  const images = example();
  const nodes = ['Conv1_relu', 'block_1_project_BN', 'block_2_add'];
  const features = await pooledFeatures(tested, images, { nodes, batch: 16 });
  const x = preprocess(readBatch(images.cache, [20, 21]), backbone.preprocessing);
  const maps = run(tested, x, { taps: nodes });
  for (const node of nodes) {
    const expected = tf.mean(maps.get(node)!, [1, 2]).dataSync();
    const found = tf.slice(features.get(node)!, [20, 0], [2, -1]).dataSync();
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 4));
  }
});
