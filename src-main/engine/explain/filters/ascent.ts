import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Preprocessing } from '../../../backbone/model.ts';
import { activationGradients } from '../../execute/gradient.ts';
import { positionOf, run, type Network } from '../../execute/run.ts';
import { generator } from '../../random.ts';

export interface AscentSettings {
  /** Side of the images, in pixels. */
  size: number;
  steps: number;
  seed: number;
}

/** An image to which one channel responds. */
export interface FilterPicture {
  channel: number;
  /** size × size × 3 bytes of RGB. */
  pixels: Uint8Array;
  /** Mean of the channel over its inner places, on the image before it was brought to 8 bits. */
  activation: number;
  /** False: the channel responds no more than to the noise at the start, and the image means nothing. */
  responds: boolean;
}

/** Root mean square change of a pixel in one step, where black to white is 1. */
const RATE = 0.05;
/** Weight of total variation against the gradient of the activation, whose root mean square is 1. */
const VARIATION = 0.25;
/** Farthest shift of the image before a step, as a share of its side. */
const JITTER = 1 / 12;
/** Share of the places on each side that do not count: what is there depends on the zeros beside the image. */
export const MARGIN = 1 / 8;
/** Standard deviation of the noise that ascent starts from, about mid-grey. */
const NOISE = 0.1;
/** Standard deviation of the image shown, of 255. */
const CONTRAST = 55;

/**
 * Gradient ascent on the input (Erhan et al. 2009; Yosinski et al. 2015, arXiv:1506.06579): from seeded noise, the mean
 * activation of a channel is raised step by step. Each step shifts the image at random (jitter, Mordvintsev et al. 2015)
 * and lowers its total variation (Mahendran and Vedaldi 2015, arXiv:1412.0035), both against high frequencies that mean
 * nothing. A channel's image does not depend on which others are made with it.
 * @param node whose channels are looked at
 * @param channels as many as fit in memory together
 */
export function ascend(
  network: Network,
  node: string,
  channels: readonly number[],
  { size, steps, seed, preprocessing }: AscentSettings & { preprocessing: Preprocessing },
): FilterPicture[] {
  const { nodes } = network.graph;
  const part = { ...network, graph: { ...network.graph, nodes: nodes.slice(0, positionOf(nodes, node) + 1) } };
  const input = nodes[0]!;
  const depth = input.op === 'input' ? input.attributes.channels : 3;
  const mean = tf.tensor1d(preprocessing.mean.slice(0, depth));
  const deviation = tf.tensor1d(preprocessing.std.slice(0, depth));
  const jitter = generator(seed, 'filters', 'jitter');
  const standardised = (picture: Tensor4D): Tensor4D => tf.tidy(() => tf.div(tf.sub(picture, mean), deviation));
  const activations = (picture: Tensor4D): number[] =>
    tf.tidy(() => {
      const output = run(part, standardised(picture)).get(node) as Tensor4D;
      return Array.from(tf.sum(tf.mul(output, innerPlaces(output, channels)), [1, 2, 3]).dataSync());
    });

  let picture = noise(channels, size, depth, seed);
  const before = activations(picture);
  for (let step = 0; step < steps; step++) {
    const [down, across] = [0, 1].map(() => Math.round((2 * jitter() - 1) * JITTER * size)) as [number, number];
    const x = tf.tidy(() => standardised(roll(picture, down, across)));
    const flow = activationGradients(part, x, {
      at: [input.name],
      outputGradient: (output) => innerPlaces(output as Tensor4D, channels),
    }).get(input.name)!;
    const moved = tf.tidy(() => {
      const gradient = roll(tf.div(flow.gradient, deviation) as Tensor4D, -down, -across);
      const rms = tf.sqrt(tf.mean(tf.square(gradient), [1, 2, 3], true));
      const ascent = tf.div(gradient, tf.maximum(rms, 1e-20));
      const direction = tf.sub(ascent, tf.mul(variationGradient(picture), VARIATION));
      return tf.add(picture, tf.mul(direction, RATE)) as Tensor4D;
    });
    tf.dispose([picture, x, flow.value, flow.gradient]);
    picture = moved;
  }
  const after = activations(picture);
  const values = picture.dataSync<'float32'>();
  tf.dispose([mean, deviation, picture]);
  const length = size * size * depth;
  return channels.map((channel, i) => ({
    ...{ channel, activation: after[i]!, responds: after[i]! > before[i]! },
    pixels: toBytes(values.subarray(i * length, (i + 1) * length), depth),
  }));
}

/** [n, size, size, depth]; of each channel its own noise. */
function noise(channels: readonly number[], size: number, depth: number, seed: number): Tensor4D {
  const length = size * size * depth;
  const values = new Float32Array(channels.length * length);
  channels.forEach((channel, i) => {
    const random = generator(seed, 'filters', channel);
    // Uniform, with the deviation asked for.
    for (let k = 0; k < length; k++) values[i * length + k] = 0.5 + (random() - 0.5) * NOISE * Math.sqrt(12);
  });
  return tf.tensor4d(values, [channels.length, size, size, depth]);
}

/** Of each image the weights by which its channel's mean over the inner places is taken, and so that mean's gradient. */
function innerPlaces(output: Tensor4D, channels: readonly number[]): Tensor4D {
  const [, height, width, depth] = output.shape;
  return tf.tidy(() => {
    const inner = (length: number): tf.Tensor1D => {
      const margin = Math.floor(length * MARGIN);
      const kept = length - 2 * margin;
      return tf.pad(tf.fill([kept], 1 / kept), [[margin, margin]]) as tf.Tensor1D;
    };
    const places = tf.outerProduct(inner(height), inner(width));
    const chosen = tf.oneHot(tf.tensor1d([...channels], 'int32'), depth, 1, 0, 'float32');
    return tf.mul(tf.reshape(chosen, [-1, 1, 1, depth]), tf.reshape(places, [1, height, width, 1])) as Tensor4D;
  });
}

/** The image shifted down and to the right; what leaves on one side comes back on the other. */
function roll(x: Tensor4D, down: number, across: number): Tensor4D {
  const turned = (image: Tensor4D, by: number, axis: 1 | 2): Tensor4D => {
    const length = image.shape[axis];
    const shift = ((by % length) + length) % length;
    if (shift === 0) return image;
    const [head, tail] = tf.split(image, [length - shift, shift], axis) as [Tensor4D, Tensor4D];
    return tf.concat([tail, head], axis);
  };
  return turned(turned(x, down, 1), across, 2);
}

/** Gradient of the total variation, the sum of the lengths of the differences to the right and below, rounded off at 0. */
function variationGradient(x: Tensor4D): Tensor4D {
  const [, height, width] = x.shape;
  const down = tf.pad(tf.sub(rows(x, 1, height - 1), rows(x, 0, height - 1)), [[0, 0], [0, 1], [0, 0], [0, 0]]); // prettier-ignore
  const across = tf.pad(tf.sub(columns(x, 1, width - 1), columns(x, 0, width - 1)), [[0, 0], [0, 0], [0, 1], [0, 0]]); // prettier-ignore
  const length = tf.sqrt(tf.add(tf.add(tf.square(down), tf.square(across)), 1e-4));
  const [v, h] = [tf.div(down, length) as Tensor4D, tf.div(across, length) as Tensor4D];
  const above = tf.pad(rows(v, 0, height - 1), [[0, 0], [1, 0], [0, 0], [0, 0]]); // prettier-ignore
  const before = tf.pad(columns(h, 0, width - 1), [[0, 0], [0, 0], [1, 0], [0, 0]]); // prettier-ignore
  return tf.sub(tf.add(above, before), tf.add(v, h));
}

const rows = (x: Tensor4D, from: number, count: number): Tensor4D => tf.slice(x, [0, from, 0, 0], [-1, count, -1, -1]);
const columns = (x: Tensor4D, from: number, count: number): Tensor4D =>
  tf.slice(x, [0, 0, from, 0], [-1, -1, count, -1]);

/** Brought to mid-grey and one contrast, clipped, in three channels. */
function toBytes(values: Float32Array, depth: number): Uint8Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const scale = CONTRAST / Math.sqrt(variance + 1e-12);
  const pixels = new Uint8ClampedArray((values.length / depth) * 3);
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = 127.5 + (values[depth === 3 ? i : Math.floor(i / 3)]! - mean) * scale;
  return new Uint8Array(pixels.buffer);
}
