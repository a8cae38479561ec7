import { renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import type { WeightFile } from '../../../src-main/engine/weights/file.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import { compareWeights, readWeights } from '../../../src-main/engine/weights/match.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { randomWeightsFile } from '../../support/weights.ts';
import golden from '../../golden/weight_names.json' with { type: 'json' };

interface Entry {
  name: string;
  backbone: string;
  tensors: Readonly<Record<string, number[]>>;
}

/** A file with tensors of these names and shapes; all values of a tensor are its place in the list. */
function fileOf(tensors: [name: string, shape: number[]][]): WeightFile {
  const entries = tensors.map(([name, shape], index) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return [name, { shape, read: () => Promise.resolve(new Float32Array(size).fill(index)) }] as const;
  });
  return { format: 'test', path: 'test', tensors: new Map(entries), metadata: {}, close: () => Promise.resolve() };
}

const libraries = golden as unknown as Record<string, Entry[]>;
const cases = Object.entries(libraries).flatMap(([library, entries]) =>
  entries.map((entry) => ({ ...entry, library })),
);

const timm = (name: string) => cases.find((each) => each.library === 'timm' && each.name === name)!;

describe('real names of other libraries', () => {
  it.each(cases)('$library $name holds every parameter of $backbone, and nothing unknown', ({ backbone, tensors }) => {
    const { report, foreign } = compareWeights(findBackbone(backbone), fileOf(Object.entries(tensors)));
    expect(report).toMatchObject({ missing: [], mismatched: [], unexpected: [], adapted: [] });
    expect(new Set(report.matched).size).toBe(report.matched.length);
    expect(foreign).toEqual([]);
  });

  it("tells timm's layers of one shape apart by their place in the unit", async () => {
    const entry = timm('efficientnet_b0');
    const names = Object.keys(entry.tensors);
    const backbone = findBackbone(entry.backbone);
    const file = fileOf(Object.entries(entry.tensors));
    const weights = await readWeights(compareWeights(backbone, file), backbone, file);
    const source = (key: string) => names[weights.get(key)!.data[0]!];
    expect(source('features.0.1/gamma')).toBe('bn1.weight');
    expect(source('features.1.0.block.1.fc1/bias')).toBe('blocks.0.0.se.conv_reduce.bias');
    expect(source('features.1.0.block.2.0/kernel')).toBe('blocks.0.0.conv_pw.weight');
    expect(source('features.3.1.block.0.1/beta')).toBe('blocks.2.1.bn1.bias');
    expect(source('features.3.1.block.1.1/beta')).toBe('blocks.2.1.bn2.bias');
    expect(source('features.3.1.block.3.0/kernel')).toBe('blocks.2.1.conv_pwl.weight');
    expect(source('features.8.1/mean')).toBe('bn2.running_mean');
  });

  it('refuses what timm took over from TensorFlow, which has the same names and computes something else', async () => {
    const file = await randomWeightsFile(temporaryFolder(), 'mobilenet_v3_small');
    const { backbone } = await importWeights(file, undefined);
    expect(backbone.name).toBe('mobilenet_v3_small');
    const ported = join(dirname(file), 'tf_mobilenetv3_small_100.safetensors');
    renameSync(file, ported);
    await expect(importWeights(ported, undefined)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      remedy: expect.stringContaining('tf_'),
    });
  });

  it("puts the difference between timm's epsilon and torchvision's into MobileNetV3's variances", async () => {
    const entry = timm('mobilenetv3_small_100');
    const names = Object.keys(entry.tensors);
    const backbone = findBackbone(entry.backbone);
    const file = fileOf(Object.entries(entry.tensors));
    const weights = await readWeights(compareWeights(backbone, file), backbone, file);
    const stored = (name: string) => names.indexOf(name);
    expect(weights.get('features.0.1/variance')!.data[0]! + 1e-3).toBeCloseTo(stored('bn1.running_var') + 1e-5, 5);
    expect(weights.get('features.0.1/mean')!.data[0]).toBe(stored('bn1.running_mean'));
  });
});
