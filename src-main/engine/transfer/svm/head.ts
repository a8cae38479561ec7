import { HEAD_DENSE } from '../../../backbone/head.ts';
import type { Graph } from '../../../backbone/graph.ts';
import type { Weights } from '../../../backbone/model.ts';
import { parameterKey } from '../../../backbone/parameters.ts';
import type { Separator } from './fit.ts';
import type { Scale } from './standardise.ts';

/** The node whose output the head's dense layer reads: the features. */
export function featureNode(graph: Graph): string {
  return graph.nodes.find(({ name }) => name === HEAD_DENSE)!.inputs[0]!;
}

/**
 * The dense layer that computes the calibrated logits of SVMs from features as the network gives them: standardisation,
 * hyperplanes and Platt scaling in one kernel [features, classes] and one bias. Of two classes, the logits −z / 2 and z / 2:
 * as good as 0 and z for probabilities, and each class has a gradient to be explained by.
 */
export function svmHead(separators: readonly Separator[], { mean, deviation }: Scale): Weights {
  const columns =
    separators.length === 1
      ? [-0.5, 0.5].map((share) => ({ ...separators[0]!, share }))
      : separators.map((separator) => ({ ...separator, share: 1 }));
  const units = columns.length;
  const kernel = new Float32Array(mean.length * units);
  const bias = new Float32Array(units);
  columns.forEach(({ weights, intercept, calibration, share }, unit) => {
    let shift = 0;
    weights.forEach((weight, feature) => {
      const factor = weight / deviation[feature]!;
      kernel[feature * units + unit] = share * calibration.slope * factor;
      shift += factor * mean[feature]!;
    });
    bias[unit] = share * (calibration.slope * (intercept - shift) + calibration.intercept);
  });
  return new Map([
    [parameterKey(HEAD_DENSE, 'kernel'), { shape: [mean.length, units], data: kernel }],
    [parameterKey(HEAD_DENSE, 'bias'), { shape: [units], data: bias }],
  ]);
}

/**
 * Class probabilities [n × classes], row after row, of SVMs' calibrated logits: of two classes σ(z), of several σ(z) over
 * its sum.
 * @param logits by separator
 */
export function svmProbabilities(logits: readonly ArrayLike<number>[]): Float32Array {
  const classes = Math.max(2, logits.length);
  const result = new Float32Array(logits[0]!.length * classes);
  const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
  for (let row = 0; row < logits[0]!.length; row++) {
    const shares = logits.map((own) => sigmoid(own[row]!));
    if (classes === 2) shares.unshift(1 - shares[0]!);
    const sum = shares.reduce((total, share) => total + share, 0);
    shares.forEach((share, index) => (result[row * classes + index] = share / sum));
  }
  return result;
}
