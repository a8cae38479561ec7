import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { expect, onTestFinished, test } from 'vitest';
import { GraphBuilder } from '../../../src-main/backbone/builder.ts';
import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import { backbones } from '../../../src-main/backbone/zoo/index.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages, formulaWeights } from './formula.ts';
import { modelOf } from './networks.ts';

const provenance = { run: 'run-1', fit: 'letterbox' } as const;

// Every backbone of the zoo at its first cut, at one in the middle (as a flattened model) and whole.
const cases = backbones.flatMap(({ name, build }) => {
  const cuts = cutNodes(build()).map((node) => node.name);
  return [
    { network: name, cut: cuts[0]!, pooling: 'average' },
    { network: name, cut: cuts[Math.floor(cuts.length / 2)]!, pooling: 'flatten' },
    { network: name, cut: cuts.at(-1)!, pooling: 'average' },
  ];
});

test.each(cases)('$network cut at $cut ($pooling): both exports compute what the application does', async (network) => {
  const model = modelOf({ ...network, height: 64, width: 64, classes: 3 });
  const images = formulaImages(4, model.input);
  const expected = await predictions('auto', model, images);
  const before = tf.memory().numTensors;
  for (const format of ['onnx', 'tfjs'] as const) {
    const out = join(temporaryFolder(), `model-${format}`);
    const { parity } = await exportVerified(model, { format, out, provenance }, { images, expected });
    expect(parity.images).toBe(4);
    expect(parity.largestDifference).toBeLessThan(1e-5);
    expect(parity.meanDifference).toBeLessThanOrEqual(parity.largestDifference);
    expect(parity.runtime).toMatch(format === 'onnx' ? /^onnxruntime \d/ : /^TensorFlow.js \d/);
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('padding a max pool over negative values: exact in ONNX, refused where Keras could only pad with zeros', async () => {
  const b = new GraphBuilder();
  const end = b.add('batchNorm', 'norm', [b.add('input', 'input', [], { channels: 3 })], { epsilon: 1e-3 });
  const padding = { top: 1, bottom: 1, left: 1, right: 1 };
  b.add('maxPool', 'pool', [end], { kernel: [3, 3], stride: [2, 2], padding });
  const base = modelOf({ network: 'same', height: 12, width: 12, pooling: 'average', classes: 2 });
  const graph = withHead(b.build('negative'), { classes: 2, pooling: 'flatten', dropout: 0 });
  const weights = formulaWeights(graph, base.input);
  weights.set('norm/beta', { shape: [3], data: Float32Array.of(-9, -9, -9) });
  const model = { ...base, graph, weights };
  const images = formulaImages(2, model.input);
  const reference = { images, expected: await predictions('wasm', model, images) };
  const out = join(temporaryFolder(), 'model');
  const { parity } = await exportVerified(model, { format: 'onnx', out, provenance }, reference);
  expect(parity.largestDifference).toBeLessThan(1e-5);
  await expect(exportVerified(model, { format: 'tfjs', out, provenance }, reference)).rejects.toThrow(
    /may be negative/,
  );
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
