import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ActivationKind } from '../../backbone/graph.ts';
import type { Precision } from '../../contract/plan.ts';
import type { NormalisedConvolution, Ops, Window } from './ops.ts';
import { attributesOf, type OpAttribute, type TensorflowBackend } from './tensorflowBackend.ts';

/**
 * The operations for which Cutpoint has kernels of its own (`src-main/native`): on small images, and wherever memory is the
 * limit, TensorFlow's take two to six times as long. For tensors in this machine's own memory.
 */
export function kernelOps(
  backend: TensorflowBackend,
  precision: Precision,
): Pick<
  Ops,
  | 'batchNorm'
  | 'batchNormGradient'
  | 'batchNormInference'
  | 'takesAlong'
  | 'normalised'
  | 'depthwiseConv2d'
  | 'depthwiseConv2dInputGradient'
  | 'depthwiseConv2dKernelGradient'
  | 'exciteGradient'
  | 'maxPoolGradient'
> {
  const { number, text, flag } = attributesOf(backend);
  const activationOf = (kind: ActivationKind | undefined): OpAttribute => text('activation', kind ?? 'none');
  const one = (op: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor4D =>
    backend.executeSingleOutput(op, attributes, inputs) as Tensor4D;
  const geometry = geometryOf(backend);
  const joined = (
    op: 'CutpointPointwiseNorm' | 'CutpointDepthwiseNorm',
    slidesOver: (x: Tensor4D, window: Window) => OpAttribute[],
  ): NormalisedConvolution => ({
    forward(x, kernel, window, { gamma, beta, mean, variance }, { epsilon, momentum, activation }) {
      const attributes = [number('epsilon', epsilon), number('momentum', momentum), activationOf(activation)];
      const results = backend.executeMultipleOutputs(
        op,
        [...attributes, ...slidesOver(x, window)],
        [x, kernel, gamma, beta, mean, variance],
        6,
      );
      const [convolved, output, newMean, newVariance, ...saved] = results as [
        ...[Tensor4D, Tensor4D, Tensor1D, Tensor1D, Tensor, Tensor],
      ];
      return { convolved, output, mean: newMean, variance: newVariance, saved };
    },
    gradient(dy, { x, kernel, convolved }, { gamma, beta }, { window, saved, wantsInput, activation }) {
      const results = backend.executeMultipleOutputs(
        `${op}Gradient`,
        [activationOf(activation), flag('wants_input', wantsInput), ...slidesOver(x, window)],
        [dy, x, kernel, convolved, gamma, beta, ...saved],
        4,
      );
      const [dx, ofKernel, ofGamma, ofBeta] = results as [Tensor4D, Tensor4D, Tensor1D, Tensor1D];
      if (!wantsInput) dx.dispose();
      return { x: wantsInput ? dx : null, kernel: ofKernel, gamma: ofGamma, beta: ofBeta };
    },
  });

  return {
    takesAlong: new Set<ActivationKind>(['relu', 'relu6', 'swish', 'hardSwish']),

    // Cutpoint's own convolutions are in float32.
    normalised:
      precision === 'float32'
        ? {
            pointwise: joined('CutpointPointwiseNorm', () => []),
            depthwise: joined('CutpointDepthwiseNorm', (x, window) => geometry(window, outputSize(x, window))),
          }
        : {},

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

    exciteGradient(dy, x, scale) {
      const gradients = backend.executeMultipleOutputs('CutpointExciteGradient', [], [dy, x, scale], 2);
      const [dx, ofScale] = gradients as [Tensor4D, Tensor4D];
      return { x: dx, scale: ofScale };
    },

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
