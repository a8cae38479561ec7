import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { GraphBuilder } from '../../../src-main/backbone/builder.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import { exportFormat } from '../../../src-main/contract/model.ts';
import { predictLayers } from '../../../src-main/engine/export/tfjs/predict.ts';
import { kerasModel } from '../../../src-main/engine/export/keras/model.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages, formulaWeights } from './formula.ts';
import { modelOf } from './networks.ts';

const provenance = { run: 'run-1', fit: 'letterbox' } as const;

const small = [
  { network: 'same', pooling: 'average' },
  { network: 'explicit', pooling: 'flatten' },
  { network: 'every', pooling: 'average' },
  { network: 'enlarged', pooling: 'flatten' },
];

describe.each(small)('$network ($pooling)', (network) => {
  const model = modelOf({ ...network, height: 37, width: 30, classes: 3 });
  const images = formulaImages(4, model.input);

  test.each(exportFormat.options)('as %s computes what the application does', async (format) => {
    const expected = await predictions('auto', model, images);
    const before = tf.memory().numTensors;
    const out = join(temporaryFolder(), 'model');
    const { parity } = await exportVerified(model, { format, out, provenance }, { images, expected });
    expect(parity).toMatchObject({ images: 4, changedDecisions: 0 });
    expect(parity.largestDifference).toBeLessThan(1e-5);
    expect(parity.meanDifference).toBeLessThanOrEqual(parity.largestDifference);
    expect(parity.runtime).toMatch(format === 'onnx' ? /^onnxruntime \d/ : /^TensorFlow.js \d/);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('TensorFlow.js layers compute it on WebAssembly too', async () => {
    const expected = await predictions('wasm', model, images);
    const layers = await predictLayers(kerasModel(model));
    const given = await layers.predict(Buffer.concat(images), images.length);
    layers.close();
    expect(Math.max(...given.map((value, index) => Math.abs(value - expected[index]!)))).toBeLessThan(1e-5);
  });
});

test('padding a max pool over negative values is exact, though Keras pads with zeros', async () => {
  const b = new GraphBuilder();
  const end = b.add('batchNorm', 'norm', [b.add('input', 'input', [], { channels: 3 })], {
    epsilon: 1e-3,
    scale: true,
  });
  const padding = { top: 1, bottom: 1, left: 1, right: 1 };
  b.add('maxPool', 'pool', [end], { kernel: [3, 3], stride: [2, 2], padding });
  const base = modelOf({ network: 'same', height: 12, width: 12, pooling: 'average', classes: 2 });
  const graph = withHead(b.build('negative'), { classes: 2, pooling: 'flatten', dropout: 0 });
  const weights = formulaWeights(graph, base.input);
  weights.set('norm/beta', { shape: [3], data: Float32Array.of(-9, -9, -9) });
  const model = { ...base, graph, weights };
  const images = formulaImages(2, model.input);
  const reference = { images, expected: await predictions('wasm', model, images) };
  for (const format of ['onnx', 'tfjs'] as const) {
    const out = join(temporaryFolder(), 'model');
    const { parity } = await exportVerified(model, { format, out, provenance }, reference);
    expect(parity.largestDifference).toBeLessThan(1e-5);
  }
});

test('a web page can load the TensorFlow.js model from its address', async () => {
  const model = modelOf({ network: 'explicit', height: 30, width: 27, pooling: 'flatten', classes: 3 });
  const images = formulaImages(1, model.input);
  const expected = await predictions('wasm', model, images);
  const out = join(temporaryFolder(), 'model');
  await exportVerified(model, { format: 'tfjs', out, provenance }, { images, expected });
  const server = createServer((request, response) => {
    readFile(join(out, request.url!)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const loaded = await loadLayersModel(`http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`);
  const output = loaded.predict(tf.tensor4d(Float32Array.from(images[0]!), [1, 30, 27, 3])) as tf.Tensor;
  const difference = [...(await output.data())].map((value, index) => Math.abs(value - expected[index]!));
  expect(Math.max(...difference)).toBeLessThan(1e-6);
  expect(loaded.getLayer('preprocessing').trainable).toBe(false);
  expect(loaded.layers.map(({ name }) => name)).toEqual(
    expect.arrayContaining(model.graph.nodes.map(({ name }) => name)),
  );
});
