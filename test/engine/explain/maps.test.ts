import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { withChannels } from '../../../src-main/backbone/channels.ts';
import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import type { Graph } from '../../../src-main/backbone/graph.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { MINUS_ONE_TO_ONE } from '../../../src-main/backbone/zoo/backbone.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { explainMethod } from '../../../src-main/contract/explain.ts';
import { fit } from '../../../src-main/contract/plan.ts';
import type { Network } from '../../../src-main/engine/execute/run.ts';
import { activationMaps, explainedCut } from '../../../src-main/engine/explain/activationMap.ts';
import { cascade, stagesOf } from '../../../src-main/engine/explain/randomise.ts';
import { restoreMap } from '../../../src-main/engine/explain/restored.ts';
import { resizeBilinear } from '../../../src-main/engine/explain/resize.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { preprocess } from '../../../src-main/engine/network/batch.ts';
import { svmHead } from '../../../src-main/engine/transfer/svm/head.ts';
import golden from '../../golden/explain.json' with { type: 'json' };
import zoo from '../../golden/zoo.json' with { type: 'json' };
import { formulaImages, formulaWeights } from '../export/formula.ts';
import { hashes } from './hashes.ts';

const CLASSES = ['a', 'b', 'c'];
let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('tensorflow');
});

const classified = (graph: Graph, pooling: 'average' | 'flatten' = 'average'): Graph =>
  withHead(graph, { classes: 3, pooling, dropout: 0.2 });

function networkOf(graph: Graph, weights: Weights): Network {
  return { graph, ops: engine.ops, variables: engine.createVariables(weights) };
}

/** The one picture of the goldens, from -1 to 1. */
function picture(size: { height: number; width: number }, count = 1): tf.Tensor4D {
  const bytes = Buffer.concat(formulaImages(count, size));
  return preprocess(tf.tensor4d(new Float32Array(bytes), [count, size.height, size.width, 3]), MINUS_ONE_TO_ONE);
}

const largest = (values: ArrayLike<number>): number => Array.from(values).reduce((m, v) => Math.max(m, Math.abs(v)), 0);

describe.each(['resnet18', 'mobilenet_v2'])('maps of %s', (name) => {
  it('are those that PyTorch’s gradients give, by every method, at a deep and at an early cut', () => {
    const size = { height: zoo.image[0]!, width: zoo.image[1]! };
    const graph = classified(findBackbone(name).build());
    const network = networkOf(graph, formulaWeights(graph, size));
    const x = picture(size);
    const own = golden.maps.filter((entry) => entry.network === name);
    expect(own).toHaveLength(12);
    for (const { cut, class: target, method, shape, values, logit } of own) {
      const settings = {
        cut,
        method: explainMethod.parse(method),
        classes: CLASSES,
        target,
      };
      const { raw, logit: ours } = activationMaps(network, x, settings)[0]!;
      expect([raw.height, raw.width], cut).toEqual(shape);
      expect(Math.abs(ours - logit)).toBeLessThan(1e-4 * Math.max(1, Math.abs(logit)));
      const difference = largest(raw.values.map((value, i) => value - values[i]!));
      expect(difference / largest(values), `${cut} ${method} ${target}`).toBeLessThan(1e-4);
    }
    x.dispose();
    network.variables.dispose();
  });
});

it('upsampling is PyTorch’s bilinear with align_corners=False', () => {
  const { from, to, values } = golden.resize;
  const field = {
    height: from[0]!,
    width: from[1]!,
    values: Float32Array.from(hashes('map', from[0]! * from[1]!), (value) => value / 2 ** 32),
  };
  const large = resizeBilinear(field, to[0]!, to[1]!);
  expect(largest(large.values.map((value, i) => value - values[i]!))).toBeLessThan(1e-6);
});

it.each(golden.restored)(
  '$network $cut $method in a picture, $view: clipped before it is upsampled, as PyTorch does',
  (entry) => {
    const { values: wanted, view, largest: most, late } = entry;
    const same = ({
      network,
      cut,
      class: target,
      method,
    }: {
      network: string;
      cut: string;
      class: number;
      method: string;
    }) => [network, cut, target, method].join();
    const { shape, values } = entry.raw ?? golden.maps.find((each) => same(each) === same(entry))!;
    const raw = { height: shape[0]!, width: shape[1]!, values: Float32Array.from(values) };
    const [width, height, size] = view as [number, number, number];
    const { map, largest: found } = restoreMap(raw, { width, height, size, fit: fit.parse(view[3]) });
    const step = Math.max(1, Math.floor((width * height) / 60));
    wanted.forEach((value, i) => {
      const own = map.values[i * step]!;
      if (value === null) expect(own).toBeNaN();
      else expect(Math.abs(own - value)).toBeLessThan(1e-5 * most);
    });
    expect(Math.abs(found - most)).toBeLessThan(1e-5 * most);
    // Clipped late it would be another map.
    const frame = resizeBilinear(raw, size, size);
    const early = resizeBilinear({ ...raw, values: raw.values.map((value) => Math.max(value, 0)) }, size, size);
    const lost = largest(frame.values.map((value, i) => Math.max(value, 0) - early.values[i]!)) / largest(early.values);
    expect(lost).toBeCloseTo(late, 2);
  },
);

it.each([
  ['resnext50_32x4d', 'layer2.0', 3, 'average'],
  ['mobilenet_v3_small', 'features.4.block.3', 3, 'average'],
  ['efficientnet_b0', 'features.3.0', 3, 'flatten'],
  ['convnext_tiny', 'features.1.0', 1, 'average'],
  ['densenet121', 'features.transition1.pool', 3, 'average'],
  ['vgg16', 'features.16', 1, 'flatten'],
  ['inception_v3', 'Mixed_5b', 3, 'average'],
] as const)(
  '%s cut at %s, %i channels, %s head: maps at every cut, in a batch as alone, without tensors left behind',
  (name, asked, channels, pooling) => {
    const whole = withChannels(findBackbone(name).build(), channels);
    const cuts = cutNodes(whole).map((node) => node.name);
    const at = cuts.includes(asked) ? asked : cuts[Math.floor(cuts.length / 3)]!;
    const graph = classified(truncate(whole, at), pooling);
    const size = { height: 75, width: 75 };
    const network = networkOf(graph, formulaWeights(graph, size));
    const x = channels === 3 ? picture(size, 2) : tf.tidy(() => tf.mean(picture(size, 2), 3, true) as tf.Tensor4D);
    const first = tf.slice(x, [0, 0, 0, 0], [1, -1, -1, -1]);
    const maps = (input: tf.Tensor4D, cut: string) =>
      activationMaps(network, input, {
        cut,
        method: 'grad-cam',
        classes: CLASSES,
        target: null,
      });
    maps(x, at);
    const before = tf.memory().numTensors;
    for (const { name: cut } of cutNodes(graph)) {
      const [together, alone] = [maps(x, cut)[0]!, maps(first, cut)[0]!];
      expect(together.target).toBe(together.predicted);
      expect(together.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      const difference = largest(together.raw.values.map((value, i) => value - alone.raw.values[i]!));
      expect(difference, cut).toBeLessThanOrEqual(1e-3 * largest(alone.raw.values) + 1e-9);
    }
    expect(tf.memory().numTensors).toBe(before);
    expect(explainedCut(network)).toBe(at);
    tf.dispose([x, first]);
    network.variables.dispose();
  },
);

describe('a blank map is explained', () => {
  const size = { height: 32, width: 32 };
  const graph = classified(truncate(findBackbone('resnet18').build(), 'layer1.1'));
  const explained = (change: (weights: Weights) => void, target: number | null = 0) => {
    const weights = formulaWeights(graph, size);
    change(weights);
    const network = networkOf(graph, weights);
    const x = picture(size);
    const cut = 'layer1.1';
    const [map] = activationMaps(network, x, {
      cut,
      method: 'grad-cam',
      classes: CLASSES,
      target,
    });
    x.dispose();
    network.variables.dispose();
    return map!.blank;
  };
  const head = (weights: Weights, value: (unit: number) => number) =>
    weights.get('head_dense/kernel')!.data.forEach((_, i, data) => (data[i] = value(i % 3)));

  it('and a map that is not has no explanation', () => expect(explained(() => {})).toBeNull());

  it('by weights that are all negative', () => {
    const blank = explained((weights) => head(weights, (unit) => (unit === 0 ? -1 : 1)));
    expect(blank).toMatchObject({ code: 'NEGATIVE_WEIGHTS' });
    expect(blank!.message).toContain('against a');
  });

  it('by a gradient that is zero, and by a probability that is saturated', () => {
    expect(explained((weights) => head(weights, () => 0))).toMatchObject({ code: 'ZERO_GRADIENT' });
    const saturated = explained((weights) => {
      head(weights, () => 0);
      weights.get('head_dense/bias')!.data.set([50, 0, 0]);
    });
    expect(saturated).toMatchObject({ code: 'SATURATED' });
  });

  it('by features that do not respond', () => {
    const silent = explained((weights) => {
      for (const key of ['layer1.1.bn2/beta', 'layer1.1.bn2/gamma', 'bn1/gamma', 'layer1.0.bn2/gamma'])
        weights.get(key)!.data.fill(0);
      for (const key of ['bn1/beta', 'layer1.0.bn2/beta']) weights.get(key)!.data.fill(-1);
    });
    expect(silent).toMatchObject({ code: 'NO_ACTIVATION' });
  });

  it('by what speaks against the class outweighing the rest', () => {
    const outweighed = explained((weights) => {
      weights.get('head_dense/kernel')!.data.forEach((_, i, data) => (data[i] = i === 0 ? 1e-3 : -1));
    });
    expect(outweighed).toMatchObject({ code: 'NO_POSITIVE_EVIDENCE' });
  });
});

describe('of an SVM', () => {
  const size = { height: 32, width: 32 };
  const trunk = truncate(findBackbone('resnet18').build(), 'layer1.1');
  const map = (classes: readonly string[], target: number | null, change: (weights: Weights) => void = () => {}) => {
    const graph = withHead(trunk, { classes: classes.length, pooling: 'average', dropout: 0, classifier: 'svm' });
    const weights = formulaWeights(graph, size);
    change(weights);
    const network = networkOf(graph, weights);
    const x = picture(size);
    const settings = { cut: 'layer1.1', method: 'grad-cam', classes, target } as const;
    const [found] = activationMaps(network, x, settings);
    x.dispose();
    network.variables.dispose();
    return found!;
  };

  it('for two classes, what speaks for one speaks against the other', () => {
    const weights = svmHead(
      [
        {
          weights: Float64Array.from({ length: 64 }, (_, i) => Math.sin(i + 1)),
          intercept: 0.2,
          calibration: { slope: 1.5, intercept: -0.1 },
        },
      ],
      { mean: new Float64Array(64), deviation: new Float64Array(64).fill(1) },
    );
    const alone = (all: Weights) => weights.forEach((value, key) => all.set(key, value));
    const [first, second] = [map(['a', 'b'], 0, alone), map(['a', 'b'], 1, alone)];
    expect(largest(second.raw.values)).toBeGreaterThan(0);
    first.raw.values.forEach((value, i) => expect(value).toBeCloseTo(-second.raw.values[i]!, 6));
    expect(first.logit).toBeCloseTo(-second.logit, 6);
    expect(second.probabilities[1]).toBeCloseTo(1 / (1 + Math.exp(-2 * second.logit)), 5);
  });

  it('for several, each decision value is explained on its own, and probabilities are σ over their sum', () => {
    const maps = CLASSES.map((_, target) => map(CLASSES, target));
    const shares = maps.map(({ logit }) => 1 / (1 + Math.exp(-logit)));
    const sum = shares.reduce((total, share) => total + share, 0);
    shares.forEach((share, i) => expect(maps[0]!.probabilities[i]).toBeCloseTo(share / sum, 5));
    expect(map(CLASSES, null).target).toBe(shares.indexOf(Math.max(...shares)));
    // Even where a decision is so clear that its probability no longer changes.
    const clear = map(CLASSES, 0, (weights) => void (weights.get('head_dense/bias')!.data[0] = 60));
    expect(clear.raw).toEqual(maps[0]!.raw);
  });
});

it('a cut that the network does not have is refused, naming those it has', () => {
  const graph = classified(truncate(findBackbone('resnet18').build(), 'layer1.1'));
  const network = { graph } as Network;
  expect(() => explainedCut(network, 'layer4.1')).toThrow(/no cut named 'layer4.1'/);
  const refused = expect.objectContaining({
    code: 'CUT_UNKNOWN',
    details: { valid: cutNodes(graph).map((n) => n.name) },
  });
  try {
    explainedCut(network, 'layer4.1');
  } catch (thrown) {
    expect(thrown).toEqual(refused);
  }
});

it('weights go random from the head downwards, block by block, the same for one seed, and come back', async () => {
  const size = { height: 32, width: 32 };
  const graph = classified(truncate(findBackbone('resnet18').build(), 'layer2.1'));
  const weights = formulaWeights(graph, size);
  const stages = stagesOf(graph, weights);
  expect(stages.map(({ name }) => name)).toEqual(['head', 'layer2', 'layer1', 'stem']);
  expect([...stages[0]!.nodes]).toEqual(['head_dense']);
  const network = networkOf(graph, weights);
  const x = picture(size);
  const settings = {
    cut: 'layer2.1',
    method: 'grad-cam' as const,
    classes: CLASSES,
    target: 1,
  };
  const own = activationMaps(network, x, settings)[0]!;
  const before = tf.memory().numTensors;
  const draw = (seed: number) => cascade(network, { graph, weights, input: size }, x, {
    settings, rule: 'heNormalFanOut', seed, draw: 0, signal: new AbortController().signal,
  }); // prettier-ignore
  const [once, again, other] = [await draw(1), await draw(1), await draw(2)];
  expect(once).toHaveLength(4);
  expect(once.map(({ raw }) => raw)).toEqual(again.map(({ raw }) => raw));
  expect(once[0]!.raw).not.toEqual(other[0]!.raw);
  expect(once.every(({ raw }) => raw.values.join() !== own.raw.values.join())).toBe(true);
  expect(activationMaps(network, x, settings)[0]!.raw).toEqual(own.raw);
  expect(tf.memory().numTensors).toBe(before);
  x.dispose();
  network.variables.dispose();
});
