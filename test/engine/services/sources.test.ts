import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contract, type InputOf } from '../../../src-main/contract/index.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { sourceFileHandlers } from '../../../src-main/engine/services/sources.ts';
import { loadSource } from '../../../src-main/engine/transfer/source.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import { architectureOf } from '../../../src-main/backbone/architecture.ts';
import { weightsSha256 } from '../../../src-main/engine/weights/weightsSha256.ts';
import { initialWeights } from '../../../src-main/engine/transfer/initialWeights.ts';
import { inFile } from '../../../src-main/engine/weights/dialects.ts';
import { writeSafetensors } from '../../../src-main/engine/weights/writeSafetensors.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import { formulaWeights } from '../export/formula.ts';
import { damagedCopies } from '../../support/damage.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { sharedData } from '../../support/shared.ts';

const folder = sharedData('pretrained', 'mobilenet_v2_imagenet');
const h5 = join(folder ?? '', 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5');
const tfjs = join(folder ?? '', 'tfjs');
const backbone = 'mobilenet_v2_keras';

function setUp(signal = new AbortController().signal) {
  const workspace = openWorkspace(temporaryFolder());
  onTestFinished(() => workspace.close());
  const handlers = sourceFileHandlers(workspace);
  const call = { signal, progress: () => {} };
  return {
    workspace,
    add: async (input: InputOf<'source.add'>) =>
      contract['source.add'].output.parse(
        await handlers['source.add'](contract['source.add'].input.parse(input), call),
      ),
    inspect: async (input: InputOf<'source.inspect'>) =>
      contract['source.inspect'].output.parse(await handlers['source.inspect'](input, call)),
    list: async () => contract['source.list'].output.parse(workspace.store.sources.list()),
    files: () => readdirSync(workspace.paths.sources),
  };
}

describe.skipIf(folder === undefined)('pretrained sources', () => {
  test('added from a Keras file, then loaded: every value as in the file, and where it came from', async () => {
    const { workspace, add, list } = setUp();
    const { source, report } = await add({ file: h5, backbone, name: 'ImageNet 1/2' });
    expect(report).toMatchObject({ missing: [], mismatched: [] });
    expect(source).toMatchObject({
      name: 'ImageNet 1/2',
      backbone,
      file: h5,
      format: report.format,
      sha256: createHash('sha256').update(readFileSync(h5)).digest('hex'),
      bytes: statSync(h5).size,
      matched: report.matched.length,
      // Keras's model.summary(): trainable parameters without top.
      parameters: 2_223_872,
    });
    expect(await list()).toEqual([source]);
    const loaded = await loadSource(workspace, 'ImageNet 1/2', backbone);
    expect(loaded).toEqual((await importWeights(h5, findBackbone(backbone))).weights);
  });

  test('a TensorFlow.js folder gives the same weights; its checksum covers the shards', async () => {
    const { workspace, add } = setUp();
    const { source } = await add({ file: tfjs, backbone, name: 'tfjs' });
    const parts = ['model.json', ...[1, 2, 3].map((n) => `group1-shard${n}of3.bin`)];
    const whole = Buffer.concat(parts.map((part) => readFileSync(join(tfjs, part))));
    expect(source).toMatchObject({ bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') });
    await add({ file: h5, backbone, name: 'h5' });
    const [a, b] = await Promise.all(['tfjs', 'h5'].map((name) => loadSource(workspace, name, backbone)));
    expect(a).toEqual(b);
  });

  test('weights for another backbone are refused with the report, and nothing is kept', async () => {
    const { add, list, files } = setUp();
    await expect(add({ file: h5, backbone: 'resnet18', name: 'x' })).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      details: { report: { matched: [], missing: expect.arrayContaining(['conv1.weight']) } },
    });
    expect(await list()).toEqual([]);
    expect(files()).toEqual([]);
  });

  test('names: taken, reserved, unknown', async () => {
    const { workspace, add, files } = setUp();
    await add({ file: h5, backbone, name: 'ImageNet' });
    const kept = files();
    await expect(add({ file: h5, backbone, name: ' imagenet ' })).rejects.toMatchObject({ code: 'SOURCE_EXISTS' });
    await expect(add({ file: h5, backbone, name: 'None' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(add({ file: h5, backbone: 'vgg', name: 'x' })).rejects.toMatchObject({ code: 'BACKBONE_UNKNOWN' });
    expect(files()).toEqual(kept);
    await expect(loadSource(workspace, 'x', backbone)).rejects.toMatchObject({ code: 'SOURCE_UNKNOWN' });
    await expect(loadSource(workspace, 'ImageNet', 'resnet18')).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
  });

  test('a file that is no longer whole, in the workspace or before', async () => {
    const { workspace, add, files } = setUp();
    const original = join(temporaryFolder(), 'weights.h5');
    copyFileSync(h5, original);
    await add({ file: original, backbone, name: 'ImageNet' });
    const stored = join(workspace.paths.sources, files()[0]!);
    const bytes = readFileSync(stored);
    const loaded = async () => weightsSha256(await loadSource(workspace, 'ImageNet', backbone));
    const weights = await loaded();
    // Imported again from its original, to the same bytes.
    for (const { how, damaged } of damagedCopies(bytes, { seed: 11, times: 1 })) {
      writeFileSync(stored, damaged);
      expect(await loaded(), how).toBe(weights);
      expect(readFileSync(stored).equals(bytes), how).toBe(true);
    }
    rmSync(stored);
    expect(await loaded()).toBe(weights);

    writeFileSync(original, 'another file');
    const named = { code: 'SOURCE_DAMAGED', message: expect.stringContaining(basename(stored)) };
    for (const { how, damaged } of damagedCopies(bytes, { seed: 12, times: 8 })) {
      writeFileSync(stored, damaged);
      await expect(loadSource(workspace, 'ImageNet', backbone), how).rejects.toMatchObject(named);
    }
    writeFileSync(stored, bytes.subarray(0, bytes.length / 2));
    await expect(add({ file: stored, backbone, name: 'half' })).rejects.toMatchObject({ code: 'WEIGHTS_CORRUPT' });
    expect(files()).toEqual([basename(stored)]);
    rmSync(stored);
    await expect(loadSource(workspace, 'ImageNet', backbone)).rejects.toMatchObject(named);
    await expect(add({ file: '/nowhere/x.h5', backbone, name: 'x' })).rejects.toMatchObject({
      code: 'FILE_NOT_READABLE',
    });
  });

  test('cancelled: nothing is kept', async () => {
    const { add, list, files } = setUp(AbortSignal.abort());
    await expect(add({ file: h5, backbone, name: 'x' })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([await list(), files()]).toEqual([[], []]);
  });
});

/** Weights of ResNet-18 by formula, under torchvision's names, without those that are left out. */
async function resnet18File(...leftOut: string[]): Promise<string> {
  const { build } = findBackbone('resnet18');
  const image = { height: 224, width: 224 };
  const values = formulaWeights(build(), image);
  const path = join(temporaryFolder(), 'resnet18.safetensors');
  const named = graphParameters(build(), image).map((parameter) => {
    const { name, shape } = inFile(parameter, 'torchvision');
    return [name, { shape, data: values.get(parameter.key)!.data }] as const;
  });
  await writeSafetensors(path, new Map(named.filter(([name]) => !leftOut.includes(name))));
  return path;
}

test('inspecting adds nothing, and says what a file is and what it lacks', async () => {
  const { inspect, list } = setUp();
  const whole = await resnet18File();
  expect(await inspect({ file: whole })).toMatchObject({
    file: whole,
    bytes: statSync(whole).size,
    tensors: 100,
    looksLike: "ResNet-18 of torchvision ('resnet18')",
    candidates: ['resnet18'],
    backbone: 'resnet18',
    report: { format: 'safetensors', missing: [], mismatched: [], unexpected: [] },
  });
  const part = await resnet18File('layer4.1.bn2.bias');
  expect(await inspect({ file: part })).toMatchObject({
    looksLike: "a variant or part of ResNet-18 of torchvision ('resnet18')",
    candidates: [],
    backbone: 'resnet18',
    report: { missing: ['layer4.1.bn2.bias'] },
  });
  const other = await inspect({ file: whole, backbone: 'vgg16' });
  expect(other).toMatchObject({ candidates: ['resnet18'], backbone: 'vgg16', report: { matched: [] } });
  await expect(inspect({ file: whole, backbone: 'vgg' })).rejects.toMatchObject({ code: 'BACKBONE_UNKNOWN' });
  expect(await list()).toEqual([]);
});

test('a partial source needs consent, keeps what is missing, and starts that at random by the seed', async () => {
  const { workspace, add, list, files } = setUp();
  const leftOut = ['layer1.0.conv1.weight', 'layer1.0.bn1.weight'];
  const file = await resnet18File(...leftOut);
  const refused = add({ file, backbone: 'resnet18', name: 'part' });
  await expect(refused).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH', details: { report: { missing: leftOut } } });
  // Nothing is guessed from a part: the backbone has to be named.
  await expect(add({ file, name: 'part', partial: true })).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
  expect(files()).toEqual([]);
  const { source } = await add({ file, backbone: 'resnet18', name: 'part', partial: true });
  expect(source).toMatchObject({ matched: 98, missing: 2 });
  expect(await list()).toEqual([source]);

  const start = async (seed: number) => {
    const data = { folder: 'study' };
    const plan = trainingPlan.parse({ data, backbone: 'resnet18', cut: 'layer1.0', source: 'part', seed });
    return initialWeights(plan, architectureOf(plan, ['a', 'b']), workspace);
  };
  const [one, again, two] = [await start(1), await start(1), await start(2)];
  expect(one).toEqual(again);
  expect(one.get('layer1.0.conv1/kernel')).not.toEqual(two.get('layer1.0.conv1/kernel'));
  expect(one.get('layer1.0.bn1/gamma')!.data.every((value) => value === 1)).toBe(true);
  const { shape, data } = formulaWeights(findBackbone('resnet18').build(), { height: 224, width: 224 }).get(
    'layer1.0.bn1/beta',
  )!;
  expect([one, two].map((weights) => weights.get('layer1.0.bn1/beta'))).toEqual([
    { shape, data },
    { shape, data },
  ]);
});

test('the backbone may be left out where only one fits', async () => {
  const { add } = setUp();
  const { source } = await add({ file: await resnet18File(), name: 'own' });
  expect(source).toMatchObject({ backbone: 'resnet18', missing: 0 });
});
