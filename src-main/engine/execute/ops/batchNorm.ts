import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ParameterRole } from '../../../backbone/graph.ts';
import type { BatchNormParameters } from '../../tensor/ops.ts';
import type { Handler, NodeContext } from '../handler.ts';

function parametersOf({ parameter }: NodeContext): BatchNormParameters {
  const roles = ['gamma', 'beta', 'mean', 'variance'] satisfies ParameterRole[];
  return Object.fromEntries(roles.map((role) => [role, parameter(role)])) as unknown as BatchNormParameters;
}

export const batchNorm: Handler<'batchNorm'> = {
  reads: { inputs: true, output: false },
  infer: (node, [x], context) =>
    context.ops.batchNormInference(x as Tensor4D, parametersOf(context), node.attributes.epsilon),
  train(node, [x], context) {
    const { epsilon } = node.attributes;
    const { output, mean, variance, saved } = context.ops.batchNorm(x as Tensor4D, parametersOf(context), {
      epsilon,
      momentum: context.momentum,
    });
    context.assign('mean', mean);
    context.assign('variance', variance);
    return { output, saved };
  },
  gradient(node, dy, { inputs: [x], saved }, context) {
    const { epsilon } = node.attributes;
    const gradient = context.ops.batchNormGradient(dy as Tensor4D, x as Tensor4D, parametersOf(context), {
      epsilon,
      saved,
    });
    return { inputs: [gradient.x], parameters: { gamma: gradient.gamma, beta: gradient.beta } };
  },
};
