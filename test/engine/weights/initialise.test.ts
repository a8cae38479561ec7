import { describe, expect, it } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { initialise } from '../../../src-main/engine/weights/initialise.ts';

/** Park and Miller's minimal standard generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function drawn(name: string, seed = 7) {
  const backbone = findBackbone(name);
  const graph = withHead(backbone.build(), { classes: 9, pooling: 'average', dropout: 0 });
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
