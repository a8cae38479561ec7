import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { cutNodes } from '../../backbone/cuts.ts';
import { nodesWithPositions } from '../../backbone/positions.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { ExplainMethod } from '../../contract/explain.ts';
import { activationGradients } from '../execute/gradient.ts';
import { run, type Network } from '../execute/run.ts';
import { asProbabilities } from '../network/predict.ts';
import { explainBlank, type BlankReason } from './blank.ts';
import { WEIGHTINGS } from './weightings.ts';

export interface MapSettings {
  /** Node whose activations are weighted. */
  cut: string;
  method: ExplainMethod;
  classes: readonly string[];
  /** Index of the class to explain; null: of each image the class predicted. */
  target: number | null;
}

/** A class activation map at the resolution of the features, before its negative part is cut off (restored.ts). */
export interface RawMap {
  height: number;
  width: number;
  /** height × width, row after row. */
  values: Float32Array;
}

export interface ActivationMap {
  raw: RawMap;
  /** Index of the class explained and of the one predicted. */
  target: number;
  predicted: number;
  probabilities: Float32Array;
  /**
   * Of the class explained: what the gradient is of. Of an SVM the calibrated decision value of the class against the rest,
   * of two classes half of it (transfer/svm/head.ts).
   */
  logit: number;
  /** Null where the map has a positive value. */
  blank: BlankReason | null;
}

/**
 * The cut at which a network is explained: the one named, or by default its last map.
 * @throws CutpointError CUT_UNKNOWN, INPUT_INVALID for a dense layer, with the valid names in `details.valid`
 */
export function explainedCut({ graph }: Network, cut?: string): string {
  const cuts = cutNodes(graph).map(({ name }) => name);
  const spatial = nodesWithPositions(graph);
  const valid = cuts.filter((name) => spatial.has(name));
  if (cut === undefined) return valid.at(-1)!;
  if (valid.includes(cut)) return cut;
  const [code, message] = cuts.includes(cut)
    ? ([
        'INPUT_INVALID',
        `At '${cut}' there is nothing to show: the features of a dense layer have no place in the image.`,
      ] as const)
    : (['CUT_UNKNOWN', `This network has no cut named '${cut}'.`] as const);
  throw new CutpointError(code, message, { remedy: `Choose one of: ${valid.join(', ')}.`, details: { valid } });
}

/**
 * Class activation maps of a batch of images. The gradient is that of the class logit (not of the probability), taken at
 * inference; the network runs up to the cut once and then on from there, forwards and backwards.
 * @param x [n, h, w, c], preprocessed; stays the caller's
 */
export function activationMaps(network: Network, x: Tensor4D, settings: MapSettings): ActivationMap[] {
  const { cut, method } = settings;
  const n = x.shape[0];
  const activation = run(network, x, { to: cut }).get(cut) as Tensor4D;
  let scored: Scored | undefined;
  const flow = activationGradients(scoring(network), activation, {
    from: cut,
    at: [cut],
    outputGradient(scores) {
      scored = score(network, scores as Tensor2D, settings);
      const { targets } = scored;
      return tf.tidy(() => tf.oneHot(tf.tensor1d(targets, 'int32'), scores.shape[1]!, 1, 0, 'float32'));
    },
  }).get(cut)!;
  const { targets, logits, probabilities } = scored!;
  const gradient = flow.gradient as Tensor4D;
  const weights = tf.tidy(() => WEIGHTINGS[method](activation, gradient));
  const maps = tf.tidy(() => tf.sum(tf.mul(weights, activation), 3));
  try {
    const [, height, width] = maps.shape as [number, number, number];
    const values = maps.dataSync<'float32'>();
    const k = settings.classes.length;
    return Array.from({ length: n }, (_, image) => {
      const own = probabilities.slice(image * k, (image + 1) * k);
      const raw = { height, width, values: values.slice(image * height * width, (image + 1) * height * width) };
      const target = targets[image]!;
      const facts = () => ({
        className: settings.classes[target]!,
        probability: own[target]!,
        ...largest(image, { activation, gradient, weights }),
      });
      return {
        raw,
        target,
        predicted: indexOfLargest(own),
        probabilities: own,
        logit: logits[image * k + target]!,
        blank: raw.values.some((value) => value > 0) ? null : explainBlank(facts()),
      };
    });
  } finally {
    tf.dispose([activation, flow.value, gradient, weights, maps]);
  }
}

/** The network up to the layer that gives one score for each class, before any calibration. */
function scoring(network: Network): Network {
  const { nodes } = network.graph;
  const end = nodes.findLastIndex(({ op }) => op === 'dense') + 1;
  return { ...network, graph: { ...network.graph, nodes: nodes.slice(0, end) } };
}

interface Scored {
  targets: number[];
  logits: Float32Array;
  probabilities: Float32Array;
}

function score(network: Network, scores: Tensor2D, { target, classes }: MapSettings): Scored {
  const { nodes } = network.graph;
  const dense = scoring(network).graph.nodes.at(-1)!.name;
  const rest = dense === nodes.at(-1)!.name ? undefined : [...run(network, scores, { from: dense }).values()][0];
  const answer = asProbabilities((rest ?? scores) as Tensor2D, network);
  const probabilities = answer.dataSync<'float32'>().slice();
  tf.dispose([answer, ...(rest ? [rest] : [])]);
  const k = classes.length;
  const targets = Array.from(
    { length: scores.shape[0] },
    (_, image) => target ?? indexOfLargest(probabilities.subarray(image * k, (image + 1) * k)),
  );
  return { targets, logits: scores.dataSync<'float32'>().slice(), probabilities };
}

export function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}

function largest(
  image: number,
  { activation, gradient, weights }: { activation: Tensor4D; gradient: Tensor4D; weights: Tensor4D },
): { activation: number; gradient: number; weight: number } {
  const number = (of: () => Tensor): number => tf.tidy(() => of().dataSync()[0]!);
  const own = (tensor: Tensor4D): Tensor => tf.slice(tensor, [image, 0, 0, 0], [1, -1, -1, -1]);
  return {
    activation: number(() => tf.max(tf.abs(own(activation)))),
    gradient: number(() => tf.max(tf.abs(own(gradient)))),
    weight: number(() => tf.max(tf.mul(own(weights), tf.sign(tf.max(tf.abs(own(activation)), [1, 2], true))))),
  };
}
