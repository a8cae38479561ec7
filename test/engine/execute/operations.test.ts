import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../src-main/backbone/builder.ts';
import type { ActivationKind, Attributes, Graph, Padding } from '../../../src-main/backbone/graph.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { trainingPass } from '../../../src-main/engine/execute/gradient.ts';
import { run, type Network } from '../../../src-main/engine/execute/run.ts';
import { moveStatistics } from '../../../src-main/engine/execute/statistics.ts';
import { generator } from '../../../src-main/engine/random.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { crossEntropy } from '../../../src-main/engine/task/crossEntropy.ts';
import { formulaWeights } from '../export/formula.ts';
import { differentiated, imagesOf } from './reference.ts';

// Each operation between trained ones, in an odd shape, against tfjs's own operations and differentiation.
const image = { height: 13, width: 11 };
const uneven: Padding = { top: 0, bottom: 2, left: 1, right: 0 };

/** 3 → 8 channels without bounds, the operations under test, then features → 2 classes. */
function graphOf(name: string, middle: (builder: GraphBuilder, end: string) => void): Graph {
  const builder = new GraphBuilder();
  builder.add('input', 'input', [], { channels: 3 });
  builder.add('conv', 'first', ['input'], convolution({ filters: 8 }));
  middle(builder, 'first');
  builder.add('flatten', 'flat', [builder.end], {});
  builder.add('dense', 'last', ['flat'], { units: 2, bias: true });
  return builder.build(name);
}

function convolution(some: Partial<Attributes['conv']>): Attributes['conv'] {
  return { filters: 8, kernel: [3, 3], stride: [1, 1], padding: 'same', bias: true, groups: 1, ...some };
}

const activations: ActivationKind[] = [
  'relu',
  'relu6',
  'sigmoid',
  'hardSigmoid',
  'swish',
  'hardSwish',
  'gelu',
  'logSigmoid',
];

const cases: Record<string, (builder: GraphBuilder, end: string) => void> = {
  'layer norm': (b, end) => {
    b.add('conv', 'ends', [b.add('layerNorm', 'norm', [end], { epsilon: 1e-6 })], convolution({}));
  },
  'layer norm of features': (b, end) => {
    b.add('layerNorm', 'norm', [b.add('globalAveragePool', 'pool', [end], { keepSpatial: false })], { epsilon: 1e-6 });
  },
  'channel scale': (b, end) => {
    b.add('channelScale', 'scale', [end], {});
  },
  'batch norm without scale': (b, end) => {
    b.add('batchNorm', 'norm', [end], { epsilon: 1e-3, scale: false });
  },
  ...Object.fromEntries(
    activations.map((kind) => [
      kind,
      (b: GraphBuilder, end: string): void => {
        // Scaled up, so that the bounded ones meet both their bounds.
        b.add('activation', kind, [b.add('channelScale', 'scale', [b.add('add', 'twice', [end, end], {})], {})], {
          kind,
        });
      },
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['valid', [1, 1]],
        ['same', [2, 2]],
        [uneven, [2, 1]],
        [{ top: 1, bottom: 1, left: 1, right: 1 }, [2, 2]],
      ] as const
    ).flatMap(([padding, stride]) =>
      [true, false].map((countPadding) => [
        `average pool, padding ${JSON.stringify(padding)}, stride ${stride}, ${countPadding ? '' : 'not '}counted`,
        (b: GraphBuilder, end: string): void => {
          b.add('averagePool', 'pool', [end], { kernel: [3, 2], stride, padding, countPadding });
        },
      ]),
    ),
  ),
  ...Object.fromEntries(
    [1, 2, 3].map((factor) => [
      `enlarging by ${factor}, read twice`,
      (b: GraphBuilder, end: string): void => {
        const large = b.add('upsample', 'large', [end], { factor });
        b.add('concat', 'joined', [b.add('conv', 'other', [large], convolution({ filters: 5 })), large], {});
      },
    ]),
  ),
  'squeeze and excitation': (b, end) => {
    const pool = b.add('globalAveragePool', 'pool', [end], { keepSpatial: true });
    const gate = b.add('conv', 'gate', [pool], convolution({ kernel: [1, 1] }));
    b.add('multiply', 'gated', [end, b.add('activation', 'sigmoid', [gate], { kind: 'sigmoid' })], {});
  },
  'product of equal shapes': (b, end) => {
    b.add('multiply', 'product', [end, b.add('conv', 'other', [end], convolution({}))], {});
  },
  'product with itself': (b, end) => {
    b.add('multiply', 'product', [end, end], {});
  },
  'concatenation of three, one of them twice, one of them the images': (b, end) => {
    const other = b.add('conv', 'other', [end], convolution({ filters: 5 }));
    b.add('concat', 'joined', [end, other, 'input', end], {});
  },
  'concatenation of features': (b, end) => {
    const one = b.add('globalAveragePool', 'one', [end], { keepSpatial: false });
    b.add('concat', 'joined', [one, b.add('dense', 'other', [one], { units: 3, bias: false })], {});
  },
  'dense at every position': (b, end) => {
    b.add('dense', 'wide', [end], { units: 5, bias: true });
  },
  softmax: (b, end) => {
    b.add('softmax', 'shares', [b.add('globalAveragePool', 'pool', [end], { keepSpatial: false })], {});
  },
  'sum of three': (b, end) => {
    b.add('add', 'sum', [end, b.add('conv', 'other', [end], convolution({})), end], {});
  },
  ...Object.fromEntries(
    (
      [
        ['same', [1, 1], 4],
        ['same', [2, 2], 2],
        ['valid', [1, 2], 8],
        [uneven, [2, 1], 4],
        [{ top: 1, bottom: 1, left: 1, right: 1 }, [2, 2], 4],
      ] as const
    ).map(([padding, stride, groups]) => [
      `convolution in ${groups} groups, padding ${JSON.stringify(padding)}, stride ${stride}`,
      (b: GraphBuilder, end: string): void => {
        b.add('conv', 'grouped', [end], convolution({ filters: 16, padding, stride, groups }));
      },
    ]),
  ),
};

function networkOf(engine: Engine, graph: Graph): Network {
  return { graph, ops: engine.ops, variables: engine.createVariables(formulaWeights(graph, image)) };
}

const largest = (values: Float32Array): number => values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

/** @param size of the numbers that were summed up, where what is expected may be their rounding alone */
function expectClose(actual: Tensor, expected: Float32Array, name: string, size = 0): void {
  const values = actual.dataSync<'float32'>();
  expect(values.length, name).toBe(expected.length);
  const scale = Math.max(1e-3, largest(expected), size);
  expect(largest(values.map((value, i) => value - expected[i]!)) / scale, name).toBeLessThan(1e-4);
}

describe.each(['tensorflow', 'wasm'] as const)('on %s', (engineName) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine(engineName);
  });

  it.each(Object.keys(cases))(
    '%s: value and gradients equal automatic differentiation; nothing is left',
    async (name) => {
      const graph = graphOf(name, cases[name]!);
      // wasm has not all the gradients that tfjs's tape asks for.
      const reference = differentiated(graph, networkOf(await loadEngine('tensorflow'), graph), {
        labels: [0, 1],
        image,
      });
      await loadEngine(engineName);
      const network = networkOf(engine, graph);
      const x = imagesOf(image);
      const pass = () =>
        trainingPass(network, x, {
          random: generator('dropout'),
          momentum: 1,
          lossGradient: (logits) => {
            expectClose(logits, reference.logits, 'logits in training');
            const { loss, gradient } = crossEntropy(logits, [0, 1], [1, 3]);
            expect(loss).toBeCloseTo(reference.loss, 4);
            return gradient;
          },
        });
      const gradients = pass();
      const trainable = graphParameters(graph, image).filter((parameter) => parameter.trainable);
      expect([...gradients.keys()].toSorted()).toEqual(trainable.map(({ key }) => key).toSorted());
      for (const [key, expected] of reference.gradients) {
        // Of a bias whose values are normalised afterwards the gradient is 0: what is found differs from machine to machine.
        const own = key.replace(/bias$/, 'kernel');
        expectClose(gradients.get(key)!, expected, key, largest(reference.gradients.get(own) ?? expected));
      }
      tf.dispose([...gradients.values()]);

      const tensors = tf.memory().numTensors;
      tf.dispose([...pass().values()]);
      expect(tf.memory().numTensors).toBe(tensors);

      // At inference batch normalisation takes its stored statistics: those of this batch, up to their size's n / (n - 1).
      moveStatistics(network, x, 0);
      const logits = run(network, x).get('last')!;
      const normalised = graph.nodes.some(({ op }) => op === 'batchNorm');
      const scale = largest(reference.logits);
      const difference = logits.dataSync<'float32'>().map((value, i) => value - reference.logits[i]!);
      expect(largest(difference) / scale).toBeLessThan(normalised ? 5e-3 : 1e-5);
      network.variables.dispose();
      tf.dispose([x, logits]);
    },
  );
});
