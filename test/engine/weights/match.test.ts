import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src-main/backbone/graph.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { graphParameters, sizeOf } from '../../../src-main/backbone/parameters.ts';
import { findBackbone, type Backbone } from '../../../src-main/backbone/zoo/index.ts';
import { inFile } from '../../../src-main/engine/weights/dialects.ts';
import type { FileTensor } from '../../../src-main/engine/weights/file.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import { compareWeights, readWeights } from '../../../src-main/engine/weights/match.ts';
import { writeSafetensors } from '../../../src-main/engine/weights/writeSafetensors.ts';
import { scratch } from './scratch.ts';

const resnet18 = findBackbone('resnet18');
const image = { height: 224, width: 224 };

/** Tensors as the dialect's own library would save them, each value telling its place. */
function published(backbone: Backbone): Weights {
  return new Map(
    graphParameters(backbone.build(), image).map((parameter) => {
      const { name, shape } = inFile(parameter, backbone.dialect);
      return [name, numbered(shape)];
    }),
  );
}

function numbered(shape: Shape): { shape: Shape; data: Float32Array } {
  const data = new Float32Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = i % 8191;
  return { shape, data };
}

async function saved(tensors: Weights): Promise<string> {
  const path = join(scratch(), 'weights.safetensors');
  await writeSafetensors(path, tensors);
  return path;
}

describe('importing weights', () => {
  it("knows torchvision's names and turns its axes to the graph's", async () => {
    const tensors = published(resnet18);
    expect([...tensors].slice(0, 5).map(([name, { shape }]) => [name, shape])).toEqual([
      ['conv1.weight', [64, 3, 7, 7]],
      ['bn1.weight', [64]],
      ['bn1.bias', [64]],
      ['bn1.running_mean', [64]],
      ['bn1.running_var', [64]],
    ]);
    expect(tensors.get('layer2.0.downsample.0.weight')!.shape).toEqual([128, 64, 1, 1]);
    tensors.set('fc.weight', numbered([1000, 512]));
    tensors.set('fc.bias', numbered([1000]));
    tensors.set('bn1.num_batches_tracked', numbered([]));
    const { report, weights } = await importWeights(await saved(tensors), resnet18);
    expect(report).toMatchObject({ missing: [], mismatched: [], unexpected: [] });
    expect(report.ignored.toSorted()).toEqual(['bn1.num_batches_tracked', 'fc.bias', 'fc.weight']);
    expect(report.matched).toHaveLength(100);
    const { shape, data } = weights.get('conv1/kernel')!;
    expect(shape).toEqual([7, 7, 3, 64]);
    const at = (h: number, w: number, i: number, o: number) => data[((h * 7 + w) * 3 + i) * 64 + o];
    const inTorch = (o: number, i: number, h: number, w: number) => (((o * 3 + i) * 7 + h) * 7 + w) % 8191;
    for (const [h, w, i, o] of [
      [0, 0, 0, 1],
      [6, 5, 2, 63],
      [3, 1, 0, 17],
    ] as const) {
      expect(at(h, w, i, o)).toBe(inTorch(o, i, h, w));
    }
  });

  it.each(['module.', 'backbone.', 'module.encoder.'])('drops the wrapper %s', async (prefix) => {
    const tensors: Weights = new Map([...published(resnet18)].map(([name, tensor]) => [prefix + name, tensor]));
    tensors.set('projector.weight', numbered([2, 2]));
    const { report } = await importWeights(await saved(tensors), resnet18);
    expect(report.matched).toHaveLength(100);
    expect(report.matched[0]).toBe(`${prefix}conv1.weight`);
    expect(report.unexpected).toEqual(['projector.weight']);
  });

  it.each([
    // Keras's published DenseNet, in its HDF5 groups.
    [
      'densenet121_keras',
      (name: string) => {
        const [layer, variable] = name.replace(/^conv1_/, 'conv1/').split(/\/(?=[^/]+$)/);
        return `${layer}/${layer}/${variable}:0`;
      },
    ],
    // InceptionV3 saved by Keras of today, whose numbers of layers begin at none.
    [
      'inception_v3_keras',
      (name: string) =>
        name.replace(/_(\d+)\//, (_all, number) => (number === '1' ? '/' : `_${String(Number(number) - 1)}/`)),
    ],
  ])('knows the older and newer names of %s', (name, renamed) => {
    const backbone = findBackbone(name);
    const parameters = graphParameters(backbone.build(), image);
    const tensors = new Map<string, FileTensor>();
    for (const parameter of parameters) {
      const { name, shape } = inFile(parameter, 'keras');
      tensors.set(renamed(name), { shape, read: () => Promise.reject(new Error('not asked for')) });
    }
    const file = { format: 'test', path: 'test', tensors, metadata: {}, close: () => Promise.resolve() };
    const { report, fits } = compareWeights(backbone, file);
    expect(report).toMatchObject({ missing: [], mismatched: [], unexpected: [] });
    for (const { wanted, stored } of fits) {
      expect(stored).toBe(renamed(inFile(wanted.parameter, 'keras').name));
    }
  });

  it.each([
    ["of Keras's caffe mode, blue first, are turned to red first", {}, [], [2, 1, 0]],
    ['of a safetensors file that Cutpoint wrote stay', { producer: 'cutpoint' }, [], [0, 1, 2]],
    ['of a whole network that Cutpoint wrote stay', {}, ['preprocessing/preprocessing/kernel:0'], [0, 1, 2]],
  ])('inputs %s', async (_title, metadata, others, expected) => {
    const vgg = findBackbone('vgg16_keras');
    const tensors = new Map<string, FileTensor>();
    for (const parameter of graphParameters(vgg.build(), image)) {
      const { name, shape } = inFile(parameter, 'keras');
      // Each value of the first kernel, [3, 3, 3, 64], tells its input channel.
      const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.floor(i / 64) % 3);
      tensors.set(name, { shape, read: () => Promise.resolve(data) });
    }
    for (const name of others) tensors.set(name, { shape: [1], read: () => Promise.resolve(new Float32Array(1)) });
    const file = { format: 'test', path: 'test', tensors, metadata, close: () => Promise.resolve() };
    const comparison = compareWeights(vgg, file);
    const weights = await readWeights({ ...comparison, fits: comparison.fits.slice(0, 1) }, vgg, file);
    const { data } = weights.get('block1_conv1/kernel')!;
    expect([0, 64, 128, 192].map((at) => data[at])).toEqual([...expected, expected[0]]);
  });

  it('does not piece one network together from two', async () => {
    const half = [...published(resnet18)].map(
      ([name, tensor], index) => [(index % 2 ? 'module.' : 'encoder.') + name, tensor] as const,
    );
    await expect(importWeights(await saved(new Map(half)), resnet18)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringContaining('50 of 100 parameters match. 50 are missing'),
    });
  });

  it('refuses weights of which one parameter is missing, or of another shape', async () => {
    const missing = published(resnet18);
    missing.delete('layer4.1.bn2.running_var');
    await expect(importWeights(await saved(missing), resnet18)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringContaining('99 of 100 parameters match. 1 is missing (layer4.1.bn2.running_var).'),
    });
    const four = published(resnet18);
    four.set('conv1.weight', numbered([64, 4, 7, 7]));
    await expect(importWeights(await saved(four), resnet18)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      details: {
        report: expect.objectContaining({
          mismatched: [{ name: 'conv1.weight', expected: [64, 3, 7, 7], found: [64, 4, 7, 7] }],
        }),
      },
    });
  });

  it('takes what is there where the user consents, but not nothing', async () => {
    const some = published(resnet18);
    some.delete('layer4.1.bn2.running_var');
    some.set('bn1.bias', numbered([32]));
    const path = await saved(some);
    await expect(importWeights(path, resnet18)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      remedy: expect.stringContaining('partial'),
    });
    const { report, weights } = await importWeights(path, resnet18, { partial: true });
    expect(report).toMatchObject({ missing: ['layer4.1.bn2.running_var'], mismatched: [{ name: 'bn1.bias' }] });
    expect(weights.size).toBe(98);
    expect([weights.has('layer4.1.bn2/variance'), weights.has('bn1/beta')]).toEqual([false, false]);
    const keras = findBackbone('resnet50_keras');
    await expect(importWeights(path, keras, { partial: true })).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringMatching(/ 0 of \d+ parameters match.*looks like a variant or part of ResNet-18/),
    });
  });

  it('refuses a larger network in which all parameters are found, unless the user consents', async () => {
    const path = await saved(published(findBackbone('resnet34')));
    await expect(importWeights(path, resnet18)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringMatching(/100 of 100.*80 more tensors inside its layers.*layer1\.2\.conv1\.weight/),
      remedy: "Add these weights for the backbone 'resnet34' instead.",
    });
    expect((await importWeights(path, resnet18, { partial: true })).weights.size).toBe(100);
    expect((await importWeights(path, undefined)).backbone.name).toBe('resnet34');
  });

  it('spreads a first convolution for grey over the colours', async () => {
    const grey = published(resnet18);
    grey.set('conv1.weight', numbered([64, 1, 7, 7]));
    const { report, weights } = await importWeights(await saved(grey), resnet18);
    expect(report.adapted).toEqual([{ name: 'conv1.weight', from: 1, to: 3 }]);
    expect(report.matched).toHaveLength(100);
    const { shape, data } = weights.get('conv1/kernel')!;
    expect(shape).toEqual([7, 7, 3, 64]);
    const inFileAt = (h: number, w: number, o: number) => (o * 7 + h) * 7 + w;
    for (const channel of [0, 1, 2]) {
      expect(data[((2 * 7 + 5) * 3 + channel) * 64 + 9]).toBe(Math.fround(inFileAt(2, 5, 9) / 3));
    }
  });

  it("turns a first convolution that takes blue first, as Keras's caffe mode does", async () => {
    const vgg = findBackbone('vgg16_keras');
    const tensors = published(vgg);
    const { weights } = await importWeights(await saved(tensors), vgg);
    const stored = tensors.get('block1_conv1/kernel')!.data;
    const at = (channel: number) => ((1 * 3 + 2) * 3 + channel) * 64 + 7;
    expect([0, 1, 2].map((channel) => weights.get('block1_conv1/kernel')!.data[at(channel)])).toEqual(
      [2, 1, 0].map((channel) => stored[at(channel)]),
    );
    expect(weights.get('block1_conv2/kernel')!.data).toEqual(tensors.get('block1_conv2/kernel')!.data);
  });

  it('names the backbone that the weights are for', async () => {
    await expect(importWeights(await saved(published(resnet18)), findBackbone('resnet50'))).rejects.toMatchObject({
      message: expect.stringContaining("looks like ResNet-18 of torchvision ('resnet18')"),
      details: expect.objectContaining({ candidates: ['resnet18'] }),
    });
  });

  it('refuses values that are not numbers', async () => {
    const tensors = published(resnet18);
    tensors.get('bn1.bias')!.data[3] = NaN;
    await expect(importWeights(await saved(tensors), resnet18)).rejects.toMatchObject({
      code: 'WEIGHTS_CORRUPT',
      message: expect.stringContaining('bn1.bias'),
    });
  });
});
