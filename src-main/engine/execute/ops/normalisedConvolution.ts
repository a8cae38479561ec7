import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { GraphNode } from '../../../backbone/graph.ts';
import type { NormalisedConvolution, NormalisedKind } from '../../tensor/ops.ts';
import type { Handler, NodeContext } from '../handler.ts';
import { isPadded, windowOf } from '../window.ts';
import { withParameters } from './batchNorm.ts';
import { conv, depthwiseConv } from './conv.ts';

type ConvolutionName = 'conv' | 'depthwiseConv';

/** Which of an engine's joint operations a convolution is for; undefined: none. */
export function normalisedKind(node: GraphNode | undefined): NormalisedKind | undefined {
  if (node?.op === 'depthwiseConv') return node.attributes.bias ? undefined : 'depthwise';
  if (node?.op !== 'conv') return undefined;
  const { kernel, stride, groups, bias, padding } = node.attributes;
  const single = [...kernel, ...stride, groups].every((length) => length === 1);
  return single && !bias && !isPadded(padding) ? 'pointwise' : undefined;
}

/**
 * A convolution with the batch normalisation (and activation) behind it. In training they are one operation each way; at
 * inference one after the other.
 */
export const normalisedConvolution: Handler<ConvolutionName> = {
  reads: { inputs: true, output: false },
  infer(node, [x], context) {
    const { norm } = joint(node, context);
    const convolved = (
      node.op === 'conv' ? conv.infer(node, [x!], context) : depthwiseConv.infer(node, [x!], context)
    ) as Tensor4D;
    const output = withParameters(norm, convolved.shape[3], context, (parameters) =>
      context.ops.batchNormInference(convolved, parameters, {
        epsilon: norm.attributes.epsilon,
        activation: context.activation,
      }),
    );
    convolved.dispose();
    return output;
  },
  forward(node, [x], context) {
    const { norm, operation } = joint(node, context);
    const kernel = context.parameter('kernel') as Tensor4D;
    const image = x as Tensor4D;
    const { output, convolved, mean, variance, saved } = withParameters(
      norm,
      channelsOf(node, kernel),
      context,
      (parameters) =>
        operation.forward(image, kernel, windowOf(node.attributes, image.shape), parameters, {
          epsilon: norm.attributes.epsilon,
          momentum: context.momentum,
          activation: context.activation,
        }),
    );
    context.assign('mean', mean);
    context.assign('variance', variance);
    return { output, saved: [convolved, ...saved] };
  },
  gradient(node, dy, { inputs: [x], saved: [convolved, ...saved] }, context) {
    const { norm, operation } = joint(node, context);
    const kernel = context.parameter('kernel') as Tensor4D;
    const image = x as Tensor4D;
    const gradient = withParameters(norm, channelsOf(node, kernel), context, (parameters) =>
      operation.gradient(dy as Tensor4D, { x: image, kernel, convolved: convolved as Tensor4D }, parameters, {
        window: windowOf(node.attributes, image.shape),
        wantsInput: context.wanted.inputs,
        saved,
        activation: context.activation,
      }),
    );
    const { kernel: ofKernel, gamma, beta } = gradient;
    if (!norm.attributes.scale) gamma.dispose();
    return {
      inputs: [gradient.x],
      parameters: { kernel: ofKernel, beta, ...(norm.attributes.scale && { gamma }) },
    };
  },
};

/** Number of channels that come out. */
const channelsOf = (node: GraphNode<ConvolutionName>, { shape }: Tensor4D): number =>
  node.op === 'conv' ? shape[3] : shape[2];

function joint(
  node: GraphNode<ConvolutionName>,
  { norm, ops }: NodeContext,
): { norm: GraphNode<'batchNorm'>; operation: NormalisedConvolution } {
  const operation = ops.normalised[normalisedKind(node)!];
  if (!norm || !operation) throw new Error(`'${node.name}' is joined with no batch normalisation`);
  return { norm, operation };
}
