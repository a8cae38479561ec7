import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ActivationKind } from '../../backbone/graph.ts';
import type { Ops, Window } from './ops.ts';
import { attributesOf, type OpAttribute, type TensorflowBackend } from './tensorflowBackend.ts';

/**
 * The operations for which Cutpoint has kernels of its own (`src-main/native`): on small images, and wherever memory is the
 * limit, TensorFlow's take two to six times as long. For tensors in this machine's own memory.
 */
export function kernelOps(
  backend: TensorflowBackend,
): Pick<
  Ops,
  | 'batchNorm'
  | 'batchNormGradient'
  | 'batchNormInference'
  | 'takesAlong'
  | 'depthwiseConv2d'
  | 'depthwiseConv2dInputGradient'
  | 'depthwiseConv2dKernelGradient'
  | 'maxPoolGradient'
> {
  const { number, text } = attributesOf(backend);
  const activationOf = (kind: ActivationKind | undefined): OpAttribute => text('activation', kind ?? 'none');
  const one = (op: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor4D =>
    backend.executeSingleOutput(op, attributes, inputs) as Tensor4D;
  const geometry = geometryOf(backend);

  return {
    takesAlong: new Set<ActivationKind>(['relu', 'relu6', 'swish', 'hardSwish']),

    batchNorm(x, { gamma, beta, mean, variance }, { epsilon, momentum, activation }) {
      const attributes = [number('epsilon', epsilon), number('momentum', momentum), activationOf(activation)];
      const inputs = [x, gamma, beta, mean, variance];
      const [output, newMean, newVariance, ...saved] = backend.executeMultipleOutputs(
        'CutpointBatchNorm',
        attributes,
        inputs,
        5,
      ) as [Tensor4D, Tensor1D, Tensor1D, Tensor, Tensor];
      return { output, mean: newMean, variance: newVariance, saved };
    },
    batchNormGradient(dy, x, { gamma, beta }, { saved, activation }) {
      const inputs = [dy, x, gamma, beta, ...saved];
      const gradients = backend.executeMultipleOutputs(
        'CutpointBatchNormGradient',
        [activationOf(activation)],
        inputs,
        3,
      );
      const [dx, dgamma, dbeta] = gradients as [Tensor4D, Tensor1D, Tensor1D];
      return { x: dx, gamma: dgamma, beta: dbeta };
    },
    batchNormInference: (x, { gamma, beta, mean, variance }, { epsilon, activation }) =>
      one(
        'CutpointBatchNormInference',
        [number('epsilon', epsilon), activationOf(activation)],
        [x, gamma, beta, mean, variance],
      ),

    depthwiseConv2d: (x, kernel, window) =>
      one('CutpointDepthwise', geometry(window, outputSize(x, window)), [x, kernel]),
    depthwiseConv2dInputGradient: (dy, kernel, x, window) =>
      one('CutpointDepthwiseInputGradient', geometry(window, x.shape.slice(1, 3)), [dy, kernel]),
    depthwiseConv2dKernelGradient: (dy, _kernel, x, window) =>
      one('CutpointDepthwiseKernelGradient', geometry(window, dy.shape.slice(1, 3)), [dy, x]),

    maxPoolGradient: (dy, x, output, window) =>
      one('CutpointMaxPoolGradient', geometry(window, dy.shape.slice(1, 3)), [dy, x, output]),
  };
}

/**
 * A window as Cutpoint's kernels take it.
 * @returns its attributes, given the height and width of the image that is not among the inputs
 */
export function geometryOf(backend: TensorflowBackend): (window: Window, image: readonly number[]) => OpAttribute[] {
  const { ints } = attributesOf(backend);
  return ({ kernel, stride, padding }, image) => [
    ints('window', [...kernel, ...stride, padding.top, padding.left]),
    ints('sizes', image),
  ];
}

/** Height and width of a convolution's output. */
function outputSize(x: Tensor4D, { kernel, stride, padding }: Window): [number, number] {
  const along = (size: number, before: number, after: number, k: number, s: number): number =>
    Math.floor((size + before + after - k) / s) + 1;
  return [
    along(x.shape[1], padding.top, padding.bottom, kernel[0], stride[0]),
    along(x.shape[2], padding.left, padding.right, kernel[1], stride[1]),
  ];
}
