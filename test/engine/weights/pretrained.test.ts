import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { importReport } from '../../../src-main/contract/source.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import { sharedData } from '../../support/shared.ts';
import { scratch } from './scratch.ts';

const mobilenet = sharedData('pretrained', 'mobilenet_v2_imagenet');
const resnet20 = sharedData('pretrained', 'resnet_cifar10', 'resnet20-12fca82f.safetensors');
const H5 = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5';
const mobilenetV2 = findBackbone('mobilenet_v2_keras');

describe.skipIf(!mobilenet)('published MobileNetV2 weights', () => {
  it('are whole and the same from Keras HDF5 and from TensorFlow.js', async () => {
    const keras = await importWeights(join(mobilenet!, H5), mobilenetV2);
    const tfjs = await importWeights(join(mobilenet!, 'tfjs'), mobilenetV2);
    const parameters = graphParameters(mobilenetV2.build(), { height: 224, width: 224 });
    for (const { report, weights } of [keras, tfjs]) {
      expect(importReport.parse(report)).toMatchObject({ missing: [], mismatched: [], unexpected: [], ignored: [] });
      expect(report.matched).toHaveLength(260);
      expect([...weights].map(([key, { shape }]) => [key, shape])).toEqual(
        parameters.map(({ key, shape }) => [key, shape]),
      );
    }
    expect([keras.report.format, tfjs.report.format]).toEqual(['keras-h5', 'tfjs-layers']);
    for (const [key, { data }] of keras.weights) {
      expect(Buffer.compare(bytes(data), bytes(tfjs.weights.get(key)!.data)), key).toBe(0);
    }
  });

  it('are read whatever the file is named', async () => {
    const renamed = join(scratch(), 'weights.safetensors');
    copyFileSync(join(mobilenet!, H5), renamed);
    expect((await importWeights(renamed, mobilenetV2)).report.format).toBe('keras-h5');
  });

  it('are refused for ResNet-50, with the backbone they are for', async () => {
    await expect(importWeights(join(mobilenet!, H5), findBackbone('resnet50'))).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringMatching(/0 of 265 parameters match.*looks like MobileNetV2 of Keras/),
      remedy: expect.stringContaining("'mobilenet_v2_keras'"),
    });
  });

  it('are refused when the file ends early, in less than two seconds', async () => {
    const folder = scratch();
    const whole = readFileSync(join(mobilenet!, H5));
    for (const kept of [8, 100, 4096, 1_000_000, whole.length - 1]) {
      const path = join(folder, `${kept}.h5`);
      writeFileSync(path, whole.subarray(0, kept));
      const start = performance.now();
      await expect(importWeights(path, mobilenetV2)).rejects.toMatchObject({ code: 'WEIGHTS_CORRUPT' });
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });

  it('are refused when a shard is missing or short', async () => {
    const folder = join(scratch(), 'tfjs');
    mkdirSync(folder);
    for (const part of ['model.json', 'group1-shard1of3.bin', 'group1-shard2of3.bin']) {
      copyFileSync(join(mobilenet!, 'tfjs', part), join(folder, part));
    }
    await expect(importWeights(folder, mobilenetV2)).rejects.toMatchObject({
      code: 'WEIGHTS_CORRUPT',
      message: expect.stringContaining('group1-shard3of3.bin'),
    });
    writeFileSync(join(folder, 'group1-shard3of3.bin'), Buffer.alloc(1000));
    await expect(importWeights(folder, mobilenetV2)).rejects.toMatchObject({
      code: 'WEIGHTS_CORRUPT',
      message: expect.stringContaining('9031936'),
    });
  });
});

describe.skipIf(!resnet20)('ResNet-20 weights for CIFAR-10', () => {
  it('are refused for every backbone, with what does not fit by name', async () => {
    await expect(importWeights(resnet20!, findBackbone('resnet50'))).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringMatching(
        /resnet20.*do not fit ResNet-50: 0 of 265 .*missing \(.*conv1\.weight is 16 × 3 × 3 × 3, not 64 × 3 × 7 × 7.*looks like a CIFAR ResNet-20 \(depth 20/,
      ),
      details: {
        report: expect.objectContaining({ format: 'safetensors', ignored: ['linear.bias', 'linear.weight'] }),
      },
    });
    await expect(importWeights(resnet20!, mobilenetV2)).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
  });
});

function bytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
