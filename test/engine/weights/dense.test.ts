import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { graphParameters, sizeOf } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { MINUS_ONE_TO_ONE } from '../../../src-main/backbone/zoo/backbone.ts';
import { run } from '../../../src-main/engine/execute/run.ts';
import { encodeSafetensors } from '../../../src-main/engine/export/safetensors/encode.ts';
import { preprocess } from '../../../src-main/engine/network/batch.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { inFile } from '../../../src-main/engine/weights/dialects.ts';
import type { FileTensor, WeightFile } from '../../../src-main/engine/weights/file.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import { compareWeights, readWeights } from '../../../src-main/engine/weights/match.ts';
import { openSafetensors } from '../../../src-main/engine/weights/safetensors.ts';
import golden from '../../golden/dense.json' with { type: 'json' };
import { formulaImages, formulaWeights } from '../export/formula.ts';
import { folderForFile } from '../../support/folder.ts';

const image = { height: golden.side, width: golden.side };

describe("AlexNet's dense layers", () => {
  const backbone = findBackbone('alexnet');
  const graph = backbone.withDense!();
  let weights: Weights;
  const path = join(folderForFile(), 'alexnet.safetensors');

  beforeAll(async () => {
    weights = formulaWeights(graph, image);
    const model = { graph, weights, input: image, preprocessing: backbone.preprocessing, classes: [] };
    await writeFile(path, encodeSafetensors(model, {}, 'torchvision'));
  });

  it("lie in a file as in torch's, which reads the last map channel by channel", async () => {
    const file = await openSafetensors(path);
    for (const [name, { shape, values }] of Object.entries(golden.alexnet.state)) {
      const tensor = file.tensors.get(name)!;
      expect(tensor.shape).toEqual(shape);
      const data = await tensor.read();
      values.forEach((value, i) => expect(data[(i * golden.stride) % data.length]).toBeCloseTo(value, 7));
    }
    await file.close();
  });

  it('are read from it as they were, and compute what torchvision computes', async () => {
    const { report, weights: read } = await importWeights(path, backbone);
    expect(report).toMatchObject({ dense: ['classifier.2', 'classifier.5'], missing: [], unexpected: [], ignored: [] });
    expect(report.matched).toHaveLength(14);
    expect([...read.keys()].toSorted()).toEqual([...weights.keys()].toSorted());
    for (const [key, { data }] of weights)
      expect(Buffer.compare(bytesOf(read.get(key)!.data), bytesOf(data)), key).toBe(0);

    const engine = await loadEngine('tensorflow');
    const variables = engine.createVariables(read);
    const pixels = new Float32Array(formulaImages(1, image)[0]!);
    const x = preprocess(tf.tensor4d(pixels, [1, golden.side, golden.side, 3]), MINUS_ONE_TO_ONE);
    const taps = Object.entries(golden.alexnet.outputs);
    const found = run({ graph, ops: engine.ops, variables }, x, { taps: taps.map(([node]) => node) });
    for (const [node, { rms, values }] of taps) {
      const output = found.get(node)!;
      expect(output.shape).toEqual([1, 4096]);
      const data = output.dataSync<'float32'>();
      const away = values.map((value, i) => Math.abs(value - data[(i * golden.stride) % data.length]!));
      expect(Math.max(...away) / rms, node).toBeLessThan(golden.tolerance);
      const own = Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0) / data.length);
      expect(Math.abs(own / rms - 1), node).toBeLessThan(golden.tolerance);
    }
    tf.dispose([x, ...found.values()]);
    variables.dispose();
  });
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function numbered(length: number): Float32Array {
  const data = new Float32Array(length);
  for (let i = 0; i < length; i++) data[i] = i % 9973;
  return data;
}

describe('of dense layers', () => {
  /** Names and shapes of a published file; no values but those that are asked for. */
  function fileOf(name: string, change: (name: string, shape: number[]) => [string, number[]] | null): WeightFile {
    const backbone = findBackbone(name);
    const tensors = new Map<string, FileTensor>();
    for (const parameter of graphParameters(backbone.published(), image)) {
      const { name: own, shape } = inFile(parameter, backbone.dialect);
      const changed = change(own, [...shape]);
      if (!changed) continue;
      const read = () => Promise.resolve(numbered(sizeOf(changed[1])));
      tensors.set(changed[0], { shape: changed[1], read });
    }
    return { format: 'test', path: 'weights', tensors, metadata: {}, close: () => Promise.resolve() };
  }
  const looked = (name: string, change: Parameters<typeof fileOf>[1]) => {
    const { report, foreign } = compareWeights(findBackbone(name), fileOf(name, change));
    expect([report.missing, report.mismatched, report.unexpected, foreign]).toEqual([[], [], [], []]);
    return { dense: report.dense, ignored: report.ignored.toSorted(), matched: report.matched.length };
  };

  it('those that are there are taken, and the output is left out', () => {
    expect(looked('vgg16', (name, shape) => [name, shape])).toEqual({
      dense: ['classifier.1', 'classifier.4'],
      ignored: ['classifier.6.bias', 'classifier.6.weight'],
      matched: 26 + 4,
    });
    expect(looked('vgg16_keras', (name, shape) => [name, shape])).toEqual({
      dense: ['fc1_relu', 'fc2_relu'],
      ignored: ['predictions/bias', 'predictions/kernel'],
      matched: 26 + 4,
    });
    expect(looked('vgg16', (name, shape) => [`module.${name}`, shape]).dense).toHaveLength(2);
  });

  it('a file without them has none, and one without the second has the first', () => {
    const features = looked('vgg16', (name, shape) => (name.startsWith('features.') ? [name, shape] : null));
    expect(features).toEqual({ dense: [], ignored: [], matched: 26 });
    const first = looked('vgg16_keras', (name, shape) => (/^(fc2|predictions)/.test(name) ? null : [name, shape]));
    expect(first).toEqual({ dense: ['fc1_relu'], ignored: [], matched: 28 });
  });

  it('others of the same name are left out, like any classifier', () => {
    const own = looked('vgg16_keras', (name, shape) => [name, shape.map((length) => (length === 4096 ? 256 : length))]);
    expect(own).toMatchObject({ dense: [], matched: 26 });
    expect(own.ignored).toHaveLength(6);
    // The second alone has nothing to stand on.
    const second = looked('vgg16', (name, shape) => (name.startsWith('classifier.0') ? null : [name, shape]));
    expect(second).toMatchObject({ dense: [], matched: 26 });
  });

  it("timm's, which are convolutions, are read as they are in torchvision", async () => {
    const vgg = findBackbone('vgg16');
    const renamed = (name: string) =>
      name.replace(/^classifier\.([03])\./, (_, at) => `pre_logits.fc${at === '0' ? 1 : 2}.`);
    const file = fileOf('vgg16', (name, shape) => {
      if (!/^classifier\.[03]\.weight$/.test(name)) return [renamed(name), shape];
      return [renamed(name), name.startsWith('classifier.0') ? [4096, 512, 7, 7] : [4096, 4096, 1, 1]];
    });
    const comparison = compareWeights(vgg, file);
    expect(comparison.report).toMatchObject({ dense: ['classifier.1', 'classifier.4'], missing: [] });
    const fits = comparison.fits.filter(({ stored }) => stored === 'pre_logits.fc1.weight');
    const { shape, data } = (await readWeights({ ...comparison, fits }, vgg, file)).get('classifier.0/kernel')!;
    expect(shape).toEqual([25_088, 4096]);
    // Row (y · 7 + x) · 512 + c of the graph's kernel is column (c · 7 + y) · 7 + x of torch's.
    for (const [y, x, c, unit] of [[0, 0, 1, 0], [3, 5, 17, 4095], [6, 6, 511, 2048]] as const) {
      const value = data[((y * 7 + x) * 512 + c) * 4096 + unit];
      expect(value).toBe((unit * 25_088 + (c * 7 + y) * 7 + x) % 9973);
    } // prettier-ignore
  });
});
