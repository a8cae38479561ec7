import { describe, expect, it } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { initialise } from '../../../src-main/engine/weights/initialise.ts';

/** Park and Miller's minimal standard generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function drawn(name: string, seed = 7, cut?: string) {
  const backbone = findBackbone(name);
  const whole = backbone.build();
  const graph = withHead(cut === undefined ? whole : truncate(whole, cut), {
    classes: 9,
    pooling: 'average',
    dropout: 0,
  });
  return initialise(graphParameters(graph, { height: 224, width: 224 }), backbone.initialisation, generator(seed));
}

function moments(values: Float32Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance), largest: values.reduce((a, b) => Math.max(a, Math.abs(b)), 0) };
}

describe('weights before training', () => {
  it('of ResNet-18 are He normal by fan-out', () => {
    const weights = drawn('resnet18');
    for (const [key, fanOut] of [
      ['conv1', 64 * 49],
      ['layer3.0.conv2', 256 * 9],
      ['layer4.0.downsample.0', 512],
    ] as const) {
      const { mean, deviation, largest } = moments(weights.get(`${key}/kernel`)!.data);
      const expected = Math.sqrt(2 / fanOut);
      expect(Math.abs(mean)).toBeLessThan(expected / 20);
      expect(deviation / expected).toBeCloseTo(1, 1);
      expect(largest / expected).toBeGreaterThan(3);
    }
  });

  it('of MobileNetV2 are Glorot uniform, depthwise kernels with the fans that Keras gives them', () => {
    const weights = drawn('mobilenet_v2_keras');
    for (const [key, fans] of [
      ['Conv_1', 320 + 1280],
      ['Conv1', 9 * (3 + 32)],
      ['block_9_depthwise', 9 * 385],
    ] as const) {
      const { mean, deviation, largest } = moments(weights.get(`${key}/kernel`)!.data);
      const limit = Math.sqrt(6 / fans);
      expect(largest).toBeLessThanOrEqual(limit * (1 + 1e-6));
      expect(largest).toBeGreaterThan(limit * 0.98);
      expect(Math.abs(mean)).toBeLessThan(limit / 10);
      expect(deviation / (limit / Math.sqrt(3))).toBeCloseTo(1, 1);
    }
  });

  it.each([
    // Torch's default for a convolution is uniform within ±√(1 / fan-in), biases too.
    ['alexnet', 'features.3/kernel', 1 / Math.sqrt(3 * 64 * 25), Math.sqrt(3)],
    ['alexnet', 'features.6/bias', 1 / Math.sqrt(3 * 192 * 9), Math.sqrt(3)],
    ['densenet121', 'features.conv0/kernel', Math.sqrt(2 / (3 * 49)), Infinity],
    ['densenet121', 'features.denseblock2.denselayer3.conv2/kernel', Math.sqrt(2 / (128 * 9)), Infinity],
    ['resnext50_32x4d', 'layer2.1.conv2/kernel', Math.sqrt(2 / (256 * 9)), Infinity],
    ['vgg16', 'features.2/kernel', Math.sqrt(2 / (64 * 9)), Infinity],
    ['inception_v3', 'Mixed_6b.branch7x7_2.conv/kernel', 0.1, Infinity],
    ['inception_v3_keras', 'conv2d_4/kernel', Math.sqrt(2 / (64 + 80)), Math.sqrt(3)],
    ['densenet121_keras', 'conv3_block1_2_conv/kernel', Math.sqrt(2 / (9 * (128 + 32))), Math.sqrt(3)],
  ])('of %s at %s have the deviation of the published code', (name, key, expected, limit) => {
    const { mean, deviation, largest } = moments(drawn(name).get(key)!.data);
    expect(Math.abs(mean)).toBeLessThan(expected / 5);
    expect(deviation / expected).toBeCloseTo(1, 1);
    expect(largest / expected).toBeLessThanOrEqual(limit * (1 + 1e-6));
    expect(largest / expected).toBeGreaterThan(limit === Infinity ? 3 : 0.95 * limit);
  });

  it('of a network without published biases have none', () => {
    for (const name of ['vgg16', 'resnet50_keras']) {
      for (const [key, { data }] of drawn(name)) if (key.endsWith('/bias')) expect(data.some(Boolean)).toBe(false);
    }
  });

  it("of Keras's EfficientNet are truncated normal by fan-out, that of a depthwise kernel its window", () => {
    const weights = drawn('efficientnet_b0_keras');
    for (const [key, fanOut] of [
      ['top_conv', 1280],
      ['block6a_expand_conv', 672],
      ['block6c_se_reduce', 48],
      ['block7a_dwconv', 9],
    ] as const) {
      const { mean, deviation, largest } = moments(weights.get(`${key}/kernel`)!.data);
      const expected = Math.sqrt(2 / fanOut);
      // Cut at two deviations of the normal distribution that has this deviation after the cut.
      const limit = (2 * expected) / 0.8796;
      expect(Math.abs(mean)).toBeLessThan(expected / 20);
      expect(deviation / expected).toBeCloseTo(1, 1);
      expect(largest).toBeLessThanOrEqual(limit * (1 + 1e-4));
      expect(largest).toBeGreaterThan(limit * 0.98);
    }
  });

  it("of ConvNeXt are normal with deviation 0.02, its dense layers' too, and its layers nearly off", () => {
    const weights = drawn('convnext_tiny', 7, 'features.3.2');
    for (const key of ['features.0.0', 'features.3.1.block.0', 'features.3.1.block.3', 'features.2.1']) {
      const { mean, deviation, largest } = moments(weights.get(`${key}/kernel`)!.data);
      expect(Math.abs(mean)).toBeLessThan(0.001);
      expect(deviation / 0.02).toBeCloseTo(1, 1);
      expect(largest).toBeGreaterThan(0.06);
    }
    expect(new Set(weights.get('features.3.1.layer_scale/gamma')!.data)).toEqual(new Set([Math.fround(1e-6)]));
    expect(new Set(weights.get('features.3.1.block.2/gamma')!.data)).toEqual(new Set([1]));
    const head = moments(weights.get('head_dense/kernel')!.data);
    expect(head.largest).toBeLessThanOrEqual(Math.sqrt(6 / (192 + 9)) * (1 + 1e-6));
    expect(head.largest).toBeGreaterThan(0.15);
  });

  it('have a neutral batch normalisation and a Glorot uniform head without bias', () => {
    const weights = drawn('resnet18');
    expect(['gamma', 'beta', 'mean', 'variance'].map((role) => new Set(weights.get(`bn1/${role}`)!.data))).toEqual(
      [1, 0, 0, 1].map((value) => new Set([value])),
    );
    expect(moments(weights.get('head_dense/kernel')!.data).largest).toBeLessThanOrEqual(
      Math.sqrt(6 / 521) * (1 + 1e-6),
    );
    expect(weights.get('head_dense/bias')!.data).toEqual(new Float32Array(9));
  });

  it('are the same for the same seed, and others for another', () => {
    expect(drawn('mobilenet_v2_keras')).toEqual(drawn('mobilenet_v2_keras'));
    expect(drawn('mobilenet_v2_keras', 8)).not.toEqual(drawn('mobilenet_v2_keras'));
  });
});
