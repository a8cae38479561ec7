import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import type { WeightFile } from '../../../src-main/engine/weights/file.ts';
import { constantKernels } from '../../../src-main/engine/weights/constant.ts';
import { compareWeights, readWeights } from '../../../src-main/engine/weights/match.ts';
import { expectationOf } from '../../../src-main/engine/weights/names.ts';
import { openWeights } from '../../../src-main/engine/weights/open.ts';
import { resemblance } from '../../../src-main/engine/weights/resemblance.ts';
import { sharedData } from '../../support/shared.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import { writeSafetensors } from '../../../src-main/engine/weights/writeSafetensors.ts';
import { pickled } from './pickled.ts';
import { scratch } from './scratch.ts';
import { zipped } from './zipped.ts';

const backbone = findBackbone('cbr_tiny');

/** A file of the backbone's parameters behind each of the prefixes, filled with a number that tells the copy. */
function fileOf(prefixes: Record<string, number>, name = 'cbr_tiny'): WeightFile {
  const tensors = Object.entries(prefixes).flatMap(([prefix, value]) =>
    expectationOf(findBackbone(name)).wanted.map(({ names, shape }) => {
      const values = new Float32Array(shape.reduce((product, length) => product * length, 1)).fill(value);
      return [prefix + names[0]!, { shape, read: () => Promise.resolve(values) }] as const;
    }),
  );
  const rest = { format: 'test', path: 'weights.pth', metadata: {}, close: () => Promise.resolve() };
  return { ...rest, tensors: new Map(tensors) };
}

async function read(file: WeightFile, weights?: string): Promise<number> {
  const values = await readWeights(compareWeights(backbone, file, weights), backbone, file);
  return [...values.values()][0]!.data[0]!;
}

describe('several copies of a network in one file', () => {
  it.each([
    [{ 'state_dict.': 1, 'state_dict_ema.': 2 }, 'state_dict_ema'],
    [{ 'student.module.backbone.': 1, 'teacher.backbone.': 2 }, 'teacher'],
    [{ 'state_dict.model.': 1, 'state_dict.averaged_model.module.': 2 }, 'averaged_model'],
    [{ 'model.': 1, 'model_ema.module.': 2 }, 'model_ema'],
    [{ 'online_model.': 1, 'ema_model.': 2 }, 'ema_model'],
    [{ '': 1, 'ema.': 2 }, 'ema'],
  ])('%o: the first is taken unless another is named', async (prefixes, asked) => {
    const file = fileOf(prefixes);
    const names = Object.keys(prefixes).map((prefix) => prefix.slice(0, -1) || 'root');
    expect(compareWeights(backbone, file).report).toMatchObject({ weights: names[0], copies: names });
    expect(await read(file)).toBe(1);
    expect(await read(file, asked)).toBe(2);
    expect(await read(file, names[1])).toBe(2);
    expect(await read(file, names[0])).toBe(1);
  });

  it('are named where none is called as asked', () => {
    const file = fileOf({ 'state_dict.': 1, 'state_dict_ema.': 2 });
    expect(() => compareWeights(backbone, file, 'swa')).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining("no weights called 'swa'"),
        remedy: 'It holds them as: state_dict, state_dict_ema.',
      }),
    );
  });

  it('are one where a file has it once', () => {
    expect(compareWeights(backbone, fileOf({ 'module.': 1 })).report.copies).toEqual(['module']);
    const densenet = fileOf({ 'state_dict.': 1 }, 'densenet121');
    expect(compareWeights(findBackbone('densenet121'), densenet).report.copies).toEqual(['state_dict']);
  });
});

describe('weights that carry nothing', () => {
  it('are said: kernels of one value', async () => {
    const file = fileOf({ '': 0 });
    const kernels = expectationOf(backbone).wanted.filter(({ parameter }) => parameter.role === 'kernel');
    expect(await constantKernels(compareWeights(backbone, file))).toEqual(kernels.map(({ names }) => names[0]));
  });

  it('are refused where they are no numbers, or variances below zero', async () => {
    await expect(read(fileOf({ '': NaN }))).rejects.toMatchObject({ message: expect.stringContaining('not numbers') });
    await expect(read(fileOf({ '': Infinity }))).rejects.toMatchObject({ code: 'WEIGHTS_CORRUPT' });
    await expect(read(fileOf({ '': -1 }))).rejects.toMatchObject({ message: expect.stringContaining('below zero') });
  });
});

describe('ResNets for CIFAR', () => {
  const tensors = (listed: readonly (readonly [string, readonly number[]])[]): WeightFile => ({
    ...fileOf({}),
    tensors: new Map(
      listed.map(([name, shape]) => [name, { shape, read: () => Promise.resolve(new Float32Array(0)) }]),
    ),
  });
  /** Torch's layout: [out, in, h, w]. */
  const basic = (blocks: number, k = 1) =>
    [16, 32, 64].flatMap((width, stage) =>
      Array.from({ length: 2 * blocks }, (_, at) => {
        const inputs = at > 0 ? k * width : stage === 0 ? 16 : (k * width) / 2;
        return [`layer${stage + 1}.${at >> 1}.conv${(at % 2) + 1}.weight`, [k * width, inputs, 3, 3]] as const;
      }),
    );
  /** ResNet-18 or -34 with its shortcuts. */
  const stages = (which: 1 | 2) =>
    [64, 128, 256, 512].flatMap((width, stage) => [
      ...Array.from({ length: 2 * (which === 1 ? 2 : [3, 4, 6, 3][stage]!) }, (_, at) => {
        const inputs = at === 0 && stage > 0 ? width / 2 : width;
        return [`layer${stage + 1}.${at >> 1}.conv${(at % 2) + 1}.weight`, [width, inputs, 3, 3]] as const;
      }),
      ...(stage === 0 ? [] : [[`layer${stage + 1}.0.shortcut.0.weight`, [width, width / 2, 1, 1]] as const]),
    ]);
  const stem = ['conv1.weight', [16, 3, 3, 3]] as const;
  const large = ['conv1.weight', [64, 3, 3, 3]] as const;

  it.each([
    ['ResNet-20', [stem, ...basic(3)]],
    ['ResNet-110', [stem, ...basic(18)]],
    ['Wide ResNet-28-10', [stem, ...basic(4, 10)]],
    ['ResNet-18', [large, ...stages(1)]],
    ['ResNet-34', [large, ...stages(2)]],
    ['ResNet-20', [stem, ...basic(3)].map(([name, [o, i, h, w]], at) => [`conv2d_${at}/${name.replace('weight', 'kernel')}:0`, [h!, w!, i!, o!]] as const)], // prettier-ignore
  ])('are named: %s (%#)', (name, listed) => {
    expect(resemblance(tensors(listed)).looksLike).toContain(`a CIFAR ${name} `);
  });

  const published = sharedData('pretrained/resnet_cifar10');
  it.skipIf(!published).each([
    ['resnet20-12fca82f', 20],
    ['resnet56-4bfd9763', 56],
  ])('are named as published: %s', async (name, depth) => {
    const file = await openWeights(join(published!, `${name}.safetensors`));
    const expected = { candidates: [], looksLike: expect.stringContaining(`(depth ${depth},`) };
    expect(resemblance(file)).toMatchObject(expected);
    await file.close();
  });
});

describe('networks that Cutpoint does not have', () => {
  it.each<[string, readonly number[], RegExp]>([
    ['conv1.weight', [64, 1, 7, 7, 7], /volumes/],
    ['features.0.0.zero_point', [], /quantised/],
    ['layer1.0.conv1.weight_orig', [64, 64, 3, 3], /pruned.*prune\.remove/],
    ['layer1.0.conv1.parametrizations.weight.original0', [64, 64, 3, 3], /remove_parametrizations/],
    ['_blocks.0.0._se_reduce.weight', [8, 32, 1, 1], /MONAI/],
    ['efficientnet.embeddings.convolution.weight', [32, 3, 3, 3], /Transformers/],
    ['state.0.exp_avg', [64], /optimiser/],
  ])('are named by %s', (name, shape, looks) => {
    const tensors = new Map([[name, { shape, read: () => Promise.resolve(new Float32Array(0)) }]]);
    expect(resemblance({ ...fileOf({}), tensors }).looksLike).toMatch(looks);
  });

  it('are told from parts of those that it has, and from files without tensors', async () => {
    const folder = scratch();
    const part = join(folder, 'model-00001-of-00002.safetensors');
    await writeSafetensors(part, new Map([['conv1.weight', { shape: [1], data: Float32Array.of(1) }]]));
    await expect(importWeights(part, undefined)).rejects.toMatchObject({
      message: expect.stringContaining('one of several files'),
      remedy: expect.stringContaining('load_file'),
    });
    const none = join(folder, 'settings.pth');
    writeFileSync(none, zipped([{ name: 'archive/data.pkl', contents: pickled.whole(pickled.dict()) }]));
    await expect(importWeights(none, undefined)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringContaining('no tensors with names'),
    });
  });
});

describe('what people take for weights', () => {
  it.each<[string, Buffer | string, RegExp, RegExp]>([
    ['model.pth', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n', /Git LFS/, /git lfs pull/],
    ['model.pth', '\n<!DOCTYPE html><html><head><title>Sign in</title>', /web page/, /Download/],
    ['model.pth', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', /XML/, /Download/],
    ['model.pth.gz', Buffer.from('1f8b08000000000000ff', 'hex'), /gzip/, /Unpack/],
    [
      'model.pth.tar',
      Buffer.concat([Buffer.alloc(257), Buffer.from('ustar\x0000'), Buffer.alloc(300)]),
      /tar/,
      /Unpack/,
    ],
    ['model.7z', Buffer.from("7z\xbc\xaf'\x1c\x00", 'latin1'), /7-Zip/, /Unpack/],
    ['model.tflite', Buffer.from('\x1c\x00\x00\x00TFL3', 'latin1'), /TensorFlow Lite/, /made from/],
    ['model.engine', 'ftrt....', /TensorRT/, /made from/],
    ['model.mlmodel', Buffer.from([8, 5, 18, 60]), /Core ML/, /made from/],
    ['model.ckpt.index', Buffer.alloc(100, 3), /TensorFlow checkpoint/, /save_weights/],
    ['model.ckpt.data-00000-of-00001', Buffer.alloc(100, 3), /TensorFlow checkpoint/, /save_weights/],
    ['weights.pkl', Buffer.from([0x80, 4, 0x7d, 0x2e]), /Python pickle/, /torch\.save/],
    ['weights.npy', Buffer.from('\x93NUMPY\x01\x00', 'latin1'), /NumPy array/, /made from/],
    ['model.safetensors.index.json', '{"weight_map": {}}', /several files/, /load_file/],
    ['model.weights.json', '{"metadata": {}, "weight_map": {}}', /Keras weights.*several files/, /save_weights/],
    ['saved_model.pb', Buffer.from([8, 1, 18, 60]), /graph of TensorFlow/, /save_weights/],
    ['__0_0.distcp', Buffer.from('PK\x03\x04'), /distributed checkpoint/, /dcp_to_torch/],
    [
      'weights.joblib',
      Buffer.from('\x80\x04\x95\0\0\0\0\0\0\0\0}\x94\x8c\x13joblib.numpy_pickle', 'latin1'),
      /Python pickle/,
      /torch\.save/,
    ],
    ['weights.pdparams', Buffer.alloc(100, 3), /Paddle/, /Convert/],
  ])('%s is named, with a way on (%#)', async (name, contents, what, remedy) => {
    const path = join(scratch(), name);
    writeFileSync(path, contents);
    await expect(openWeights(path)).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringMatching(what),
      remedy: expect.stringMatching(remedy),
    });
  });

  it.each<[string[], RegExp, RegExp]>([
    [['saved_model.pb', 'variables'], /SavedModel/, /save_weights|tf2onnx/],
    [['saved_model.pb', 'keras_metadata.pb'], /SavedModel/, /tf_keras/],
    [['checkpoint', 'm.index', 'm.data-00000-of-00001'], /TensorFlow checkpoint/, /load_weights/],
    [['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'], /several files/, /load_file/],
    [['.metadata', '__0_0.distcp'], /distributed checkpoint/, /dcp_to_torch/],
    [['notes.txt'], /holds no weights/, /Choose a file/],
    [
      ['config.json', 'model.safetensors', 'pytorch_model.bin'],
      /is not a file/,
      /model\.safetensors, pytorch_model\.bin/,
    ],
  ])('a folder with %o is named, with a way on', async (names, what, remedy) => {
    const folder = join(scratch(), 'model');
    mkdirSync(folder);
    for (const name of names) writeFileSync(join(folder, name), 'x');
    await expect(openWeights(folder)).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringMatching(what),
      remedy: expect.stringMatching(remedy),
    });
  });
});
