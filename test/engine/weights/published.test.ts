import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import type { WeightFile } from '../../../src-main/engine/weights/file.ts';
import { namedVariables } from '../../../src-main/engine/weights/kerasVariables.ts';
import { compareWeights } from '../../../src-main/engine/weights/match.ts';
import { fitsWhole, resemblance } from '../../../src-main/engine/weights/resemblance.ts';

const listing = z.array(z.tuple([z.string(), z.array(z.number())]).rest(z.string()));
const golden = z
  .record(
    z.string(),
    z.object({ backbone: z.string().nullable(), tensors: listing.optional(), keras3: listing.optional() }),
  )
  .parse(
    JSON.parse(
      gunzipSync(readFileSync(join(import.meta.dirname, '../../golden/weights.json.gz'))).toString('utf8'),
    ) as unknown,
  );

/** A file with these names and shapes and nothing in it; see golden/weights.py. */
function fileOf({ tensors = [], keras3 = [] }: (typeof golden)[string]): WeightFile {
  const named = keras3.map(([name, shape, layer]) => ({ name, shape, ...(layer === undefined ? {} : { layer }) }));
  const all = [
    ...tensors.map(([name, shape]) => [name, shape] as const),
    ...namedVariables(named).map(({ name, tensor }) => [name, tensor.shape] as const),
  ];
  const read = () => Promise.reject(new Error('there are no values'));
  const file = { format: 'test', path: 'weights', metadata: {}, close: () => Promise.resolve() };
  return { ...file, tensors: new Map(all.map(([name, shape]) => [name, { shape, read }])) };
}

const cases = Object.entries(golden);

describe('files as the libraries write them', () => {
  test.each(cases.filter(([, { backbone }]) => backbone !== null))(
    '%s: whole, and of no other network',
    (_name, listed) => {
      const file = fileOf(listed);
      const { candidates } = resemblance(file);
      expect(candidates.map(({ name }) => name)).toEqual([listed.backbone]);
      const comparison = compareWeights(findBackbone(listed.backbone!), file);
      expect(fitsWhole(comparison)).toBe(true);
      const { matched, ignored, unexpected } = comparison.report;
      // A head of the user's own is named as the user liked; an auxiliary one among children has a number.
      expect(unexpected.filter((name) => !/^finding\/|^backbone\.15\.(conv\d|fc)\./.test(name))).toEqual([]);
      expect(matched.length + ignored.length + unexpected.length).toBe(file.tensors.size);
    },
  );

  test.each([
    ['timm vit_base_patch16_224', 'a Vision Transformer from timm'],
    ['timm swin_tiny_patch4_window7_224', 'a Swin Transformer'],
    ['torchvision vit_b_16', 'a Vision Transformer of torchvision'],
    ['timm regnety_016', /PyTorch/],
    ['efficientnet_pytorch b0', /^an EfficientNet with squeeze and excitation of the package efficientnet_pytorch/],
    ['torchvision shufflenet_v2_x1_0', /PyTorch/],
    ['torchvision resnet152', /variant or part of ResNet-101/],
    ['MONAI densenet121 of three dimensions', /^a network for volumes/],
    ['torchvision wide_resnet50_2', /variant or part of ResN/],
    ['timm seresnet50', /variant or part of ResNet-50/],
  ])('%s: fits none, and looks like %s', (name, what) => {
    const { candidates, looksLike } = resemblance(fileOf(golden[name]!));
    expect(candidates).toEqual([]);
    expect(looksLike).toEqual(typeof what === 'string' ? what : expect.stringMatching(what));
  });

  test.each<[name: string, dense: string[]]>([
    ['torchvision alexnet', ['classifier.2', 'classifier.5']],
    ['torchvision vgg16', ['classifier.1', 'classifier.4']],
    ['timm vgg16_bn', ['classifier.1', 'classifier.4']],
    ['features alone, vgg16', []],
    ...cases.flatMap(([name, { backbone }]) =>
      /^vgg.*keras$/.test(backbone ?? '') ? [[name, []] as [string, string[]]] : [],
    ),
  ])('%s: with the dense layers that are cuts: %j', (name, dense) => {
    const { backbone, ...listed } = golden[name]!;
    const { report } = compareWeights(findBackbone(backbone!), fileOf({ backbone, ...listed }));
    expect(report.dense).toEqual(dense);
  });

  const numbered = cases.filter(
    ([, { keras3, backbone }]) => keras3 !== undefined && !backbone!.startsWith('convnext'),
  );
  test.each(numbered)('%s without the names of its layers: each is found by its place', (_name, listed) => {
    const named = [...fileOf(listed).tensors.keys()];
    const unnamed = fileOf({ ...listed, keras3: listed.keras3!.map(([name, shape]) => [name, shape]) });
    const layerOf = new Map([...unnamed.tensors.keys()].map((name, at) => [name, named[at]!]));
    expect(resemblance(unnamed).candidates.map(({ name }) => name)).toEqual([listed.backbone]);
    const { fits } = compareWeights(findBackbone(listed.backbone!), unnamed);
    const places = new Map(
      compareWeights(findBackbone(listed.backbone!), fileOf(listed)).fits.map((fit) => [
        fit.wanted.parameter.key,
        fit.stored,
      ]),
    );
    for (const { wanted, stored } of fits) expect(layerOf.get(stored)).toBe(places.get(wanted.parameter.key));
    expect(fits.length).toBe(places.size);
  });

  test('one input channel is spread over three', () => {
    const file = fileOf(golden['TorchXRayVision densenet121']!);
    const { report } = compareWeights(findBackbone('densenet121'), file);
    expect(report.adapted).toEqual([{ name: 'features.conv0.weight', from: 1, to: 3 }]);
    expect(report.ignored.filter((name) => !name.endsWith('num_batches_tracked'))).toEqual([
      'classifier.weight',
      'classifier.bias',
      'op_threshs',
    ]);
  });

  test('every network of the zoo is compared in less than 300 ms', () => {
    const file = fileOf(golden['RadImageNet resnet50']!);
    resemblance(fileOf(golden['torchvision resnet18']!));
    const times = [0, 1, 2].map(() => {
      const start = performance.now();
      resemblance({ ...file });
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(300);
  });
});
