import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import type { Graph } from '../../../src-main/backbone/graph.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { activationGradients, trainingPass } from '../../../src-main/engine/execute/gradient.ts';
import { run, type Network } from '../../../src-main/engine/execute/run.ts';
import { generator } from '../../../src-main/engine/random.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { crossEntropy } from '../../../src-main/engine/task/crossEntropy.ts';
import { initialise } from '../../../src-main/engine/weights/initialise.ts';

const SIDE = 48;
let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('tensorflow');
});

/** Random weights, statistics and shifts included, so that no parameter is neutral. */
function networkOf(name: string): { network: Network; backbone: Graph } {
  const backbone = findBackbone(name).build();
  const graph = withHead(backbone, { classes: 3, pooling: 'average', dropout: 0.5 });
  const random = generator('weights', name);
  const weights = initialise(graphParameters(graph, { height: SIDE, width: SIDE }), 'heNormalFanIn', random);
  for (const [key, { data }] of weights) {
    if (/\/(gamma|variance)$/.test(key)) data.forEach((_, i) => (data[i] = 0.5 + random()));
    if (/\/(beta|mean|bias)$/.test(key)) data.forEach((_, i) => (data[i] = (random() - 0.5) / 2));
  }
  return { network: { graph, ops: engine.ops, variables: engine.createVariables(weights) }, backbone };
}

const image = (): Tensor => tf.randomUniform([2, SIDE, SIDE, 3], -1, 1, 'float32', 7);
const number = (scalar: Tensor): number => scalar.dataSync()[0]!;

/** The logits of the second class, summed over the images, from the output of a node on. */
const second = (network: Network, from: string, activation: Tensor): number =>
  tf.tidy(() => {
    const logits = [...run(network, activation, { from }).values()][0] as tf.Tensor2D;
    return number(tf.sum(tf.slice(logits, [0, 1], [-1, 1])));
  });

const ofSecond = (logits: Tensor): Tensor => tf.tidy(() => tf.add(tf.zerosLike(logits), tf.tensor1d([0, 1, 0])));

it.each(['efficientnet_b0', 'convnext_tiny', 'resnet18', 'mobilenet_v3_small', 'densenet121'])(
  '%s: the gradient of a logit at any cut and at the image is the slope along a random direction',
  (name) => {
    const { network, backbone } = networkOf(name);
    const x = image();
    const names = cutNodes(backbone).map((node) => node.name);
    const at = [backbone.nodes[0]!.name, names[2]!, names[Math.floor(names.length / 2)]!, names.at(-1)!];
    run(network, x).forEach((tensor) => tensor.dispose());
    const found = activationGradients(network, x, { at, outputGradient: ofSecond });
    for (const node of at) {
      const { value, gradient } = found.get(node)!;
      expect(gradient.shape).toEqual(value.shape);
      const norm = number(tf.tidy(() => tf.norm(gradient)));
      expect(norm).toBeGreaterThan(1e-3);
      const scale = number(tf.tidy(() => tf.sqrt(tf.mean(tf.square(value)))));
      // Along the gradient the slope is its norm; along random directions of unit variance it varies by that norm. Kinks
      // of ReLU and single precision leave some per cent.
      const directions = [
        [tf.tidy(() => tf.mul(gradient, Math.sqrt(value.size) / norm)), 0.03 * Math.sqrt(value.size), 5e-4 * scale],
        [tf.randomNormal(value.shape, 0, 1, 'float32', 3), 0.1, 2e-3 * scale],
      ] as const;
      for (const [direction, tolerance, step] of directions) {
        const slope = number(tf.tidy(() => tf.sum(tf.mul(gradient, direction))));
        const along = (size: number) => tf.tidy(() => second(network, node, tf.add(value, tf.mul(direction, size))));
        const numeric = (along(step) - along(-step)) / (2 * step);
        expect(Math.abs(slope - numeric) / norm, `${name} at ${node}`).toBeLessThan(tolerance);
        direction.dispose();
      }
    }
    tf.dispose([x, ...[...found.values()].flatMap(({ value, gradient }) => [value, gradient])]);
    network.variables.dispose();
  },
);

it('frees everything it does not return, also where the gradient fails', () => {
  const { network } = networkOf('resnet18');
  const x = image();
  const pass = { at: ['layer3.1', 'layer4.1'], outputGradient: ofSecond };
  const once = () => {
    const found = activationGradients(network, x, pass);
    tf.dispose([...found.values()].flatMap(({ value, gradient }) => [value, gradient]));
  };
  // Parameters stay with the network once they have been read.
  once();
  const before = tf.memory().numTensors;
  once();
  expect(() =>
    activationGradients(network, x, {
      ...pass,
      outputGradient: () => {
        throw new Error('no');
      },
    }),
  ).toThrow('no');
  expect(tf.memory().numTensors).toBe(before);
  x.dispose();
  network.variables.dispose();
});

it('behind a frozen node training gives the gradients of the whole pass, and only those', () => {
  const { network, backbone } = networkOf('convnext_tiny');
  const from = cutNodes(backbone).at(-4)!.name;
  const x = image();
  const pass = {
    random: () => 0.9,
    momentum: 0.9,
    lossGradient: (logits: Tensor) => crossEntropy(logits, [0, 2], [1, 1, 1]).gradient,
  };
  // Without batch normalisation, training and inference differ only in the head's dropout.
  const whole = trainingPass(network, x, pass);
  const boundary = run(network, x, { to: from }).get(from)!;
  const behind = trainingPass(network, boundary, { ...pass, from });
  expect(behind.size).toBeGreaterThan(10);
  expect(behind.size).toBeLessThan(whole.size);
  for (const [key, gradient] of behind) {
    const error = number(tf.tidy(() => tf.max(tf.abs(tf.sub(gradient, whole.get(key)!)))));
    const scale = number(tf.tidy(() => tf.max(tf.abs(gradient))));
    expect(error / Math.max(scale, 1e-6), key).toBeLessThan(1e-3);
  }
  tf.dispose([x, boundary, ...whole.values(), ...behind.values()]);
  network.variables.dispose();
});
