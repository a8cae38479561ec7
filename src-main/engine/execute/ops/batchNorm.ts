import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { GraphNode } from '../../../backbone/graph.ts';
import type { BatchNormParameters } from '../../tensor/ops.ts';
import type { Handler, NodeContext } from '../handler.ts';

export const batchNorm: Handler<'batchNorm'> = {
  reads: { inputs: true, output: false },
  infer: (node, [x], context) =>
    withParameters(node, x!, context, (parameters) =>
      context.ops.batchNormInference(x as Tensor4D, parameters, node.attributes.epsilon),
    ),
  train(node, [x], context) {
    const { output, mean, variance, saved } = withParameters(node, x!, context, (parameters) =>
      context.ops.batchNorm(x as Tensor4D, parameters, {
        epsilon: node.attributes.epsilon,
        momentum: context.momentum,
      }),
    );
    context.assign('mean', mean);
    context.assign('variance', variance);
    return { output, saved };
  },
  gradient(node, dy, { inputs: [x], saved }, context) {
    const { scale, epsilon } = node.attributes;
    const gradient = withParameters(node, x!, context, (parameters) =>
      context.ops.batchNormGradient(dy as Tensor4D, x as Tensor4D, parameters, { epsilon, saved }),
    );
    if (scale) return { inputs: [gradient.x], parameters: { gamma: gradient.gamma, beta: gradient.beta } };
    gradient.gamma.dispose();
    return { inputs: [gradient.x], parameters: { beta: gradient.beta } };
  },
};

/** Without scale, gamma is a temporary vector of ones. */
function withParameters<T>(
  { attributes: { scale } }: GraphNode<'batchNorm'>,
  x: Tensor,
  { parameter }: NodeContext,
  compute: (parameters: BatchNormParameters) => T,
): T {
  const [beta, mean, variance] = (['beta', 'mean', 'variance'] as const).map(parameter) as [
    Tensor1D,
    Tensor1D,
    Tensor1D,
  ];
  const gamma = (scale ? parameter('gamma') : tf.ones([x.shape.at(-1)!])) as Tensor1D;
  try {
    return compute({ gamma, beta, mean, variance });
  } finally {
    if (!scale) gamma.dispose();
  }
}
