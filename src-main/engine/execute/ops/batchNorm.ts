import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { GraphNode } from '../../../backbone/graph.ts';
import type { BatchNormParameters } from '../../tensor/ops.ts';
import type { BackwardContext, Gradients, Handler, NodeContext } from '../handler.ts';
import { overChannels } from '../sums.ts';

export const batchNorm: Handler<'batchNorm'> = {
  reads: { inputs: true, output: false },
  infer: (node, [x], context) =>
    withParameters(node, x!.shape.at(-1)!, context, (parameters) =>
      context.ops.batchNormInference(x as Tensor4D, parameters, {
        epsilon: node.attributes.epsilon,
        activation: context.activation,
      }),
    ),
  forward(node, [x], context) {
    if (context.mode === 'inference') return { output: this.infer(node, [x!], context), saved: [] };
    const { output, mean, variance, saved } = withParameters(node, x!.shape.at(-1)!, context, (parameters) =>
      context.ops.batchNorm(x as Tensor4D, parameters, {
        epsilon: node.attributes.epsilon,
        momentum: context.momentum,
        activation: context.activation,
      }),
    );
    context.assign('mean', mean);
    context.assign('variance', variance);
    return { output, saved };
  },
  gradient(node, dy, { inputs: [x], saved }, context) {
    const { scale, epsilon } = node.attributes;
    if (context.mode === 'inference') return inferenceGradient(node, dy, x!, context);
    const gradient = withParameters(node, x!.shape.at(-1)!, context, (parameters) =>
      context.ops.batchNormGradient(dy as Tensor4D, x as Tensor4D, parameters, {
        epsilon,
        saved,
        activation: context.activation,
      }),
    );
    if (scale) return { inputs: [gradient.x], parameters: { gamma: gradient.gamma, beta: gradient.beta } };
    gradient.gamma.dispose();
    return { inputs: [gradient.x], parameters: { beta: gradient.beta } };
  },
};

/** Of a fixed affine map of each channel: y = γ (x − mean) / √(variance + ε) + β. */
function inferenceGradient(node: GraphNode<'batchNorm'>, dy: Tensor, x: Tensor, context: BackwardContext): Gradients {
  const { scale, epsilon } = node.attributes;
  return withParameters(node, x.shape.at(-1)!, context, ({ gamma, mean, variance }) => {
    const inverse = tf.tidy(() => tf.rsqrt(tf.add(variance, epsilon)));
    const dx = tf.tidy(() => tf.mul(dy, tf.mul(gamma, inverse)));
    const parameters: Gradients['parameters'] = {};
    if (context.wanted.parameters) {
      parameters.beta = overChannels(dy);
      if (scale) parameters.gamma = tf.tidy(() => overChannels(tf.mul(dy, tf.mul(tf.sub(x, mean), inverse))));
    }
    inverse.dispose();
    return { inputs: [dx], parameters };
  });
}

/** Calls with the parameters of a batch normalisation; without scale, gamma is a temporary vector of ones. */
export function withParameters<T>(
  { attributes: { scale } }: GraphNode<'batchNorm'>,
  channels: number,
  { parameter }: NodeContext,
  compute: (parameters: BatchNormParameters) => T,
): T {
  const [beta, mean, variance] = (['beta', 'mean', 'variance'] as const).map(parameter) as [
    Tensor1D,
    Tensor1D,
    Tensor1D,
  ];
  const gamma = (scale ? parameter('gamma') : tf.ones([channels])) as Tensor1D;
  try {
    return compute({ gamma, beta, mean, variance });
  } finally {
    if (!scale) gamma.dispose();
  }
}
