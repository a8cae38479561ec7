import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src-main/backbone/graph.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { graphParameters, sizeOf } from '../../../src-main/backbone/parameters.ts';
import { findBackbone, type Backbone } from '../../../src-main/backbone/zoo/index.ts';
import { inFile } from '../../../src-main/engine/weights/dialects.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
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
    const grey = published(resnet18);
    grey.set('conv1.weight', numbered([64, 1, 7, 7]));
    await expect(importWeights(await saved(grey), resnet18)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      details: {
        report: expect.objectContaining({
          mismatched: [{ name: 'conv1.weight', expected: [64, 3, 7, 7], found: [64, 1, 7, 7] }],
        }),
      },
    });
  });

  it('names the backbone that the weights are for', async () => {
    await expect(importWeights(await saved(published(resnet18)), findBackbone('resnet50'))).rejects.toMatchObject({
      message: expect.stringContaining("looks like weights of ResNet-18 ('resnet18')"),
      details: expect.objectContaining({ looksLike: 'resnet18' }),
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
