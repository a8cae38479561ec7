import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Precision } from '../../contract/plan.ts';
import { inBfloat16 } from './bfloat16.ts';
import { exciteGradient } from './excite.ts';
import { byGroups, padded, split, takesGroups, type Convolution } from './grouped.ts';
import type { Ops, Window } from './ops.ts';
import { pad, paddedShape, unpad, unpadded } from './padding.ts';
import { byMatrixProduct, withoutSkipping } from './pointwise.ts';
import { isStem, stemKernelGradient } from './stemGradient.ts';
import { attributesOf, type OpAttribute, type TensorflowBackend } from './tensorflowBackend.ts';

const VALID = { stride: [1, 1], padding: { top: 0, bottom: 0, left: 0, right: 0 } } as const;

/**
 * The operations as single TensorFlow kernels.
 * @param options.onProcessor whether they run in this machine's own memory, not on a GPU
 * @param options.precision what convolutions compute on, and give on to what can take it
 */
export function tensorflowOps(
  backend: TensorflowBackend,
  { onProcessor, precision }: { onProcessor: boolean; precision: Precision },
): Ops {
  const { float32, ints, flag, number, text } = attributesOf(backend);
  const one = (op: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor4D =>
    backend.executeSingleOutput(op, [float32(), ...attributes], inputs) as Tensor4D;

  const windowAttributes = (input: readonly number[], window: Window): OpAttribute[] => {
    const { top, bottom, left, right } = window.padding;
    const kind = paddingKind(input, window);
    return [
      ints('strides', [1, ...window.stride, 1]),
      text('padding', kind),
      text('data_format', 'NHWC'),
      ...(kind === 'EXPLICIT' ? [ints('explicit_paddings', [0, 0, top, bottom, left, right, 0, 0])] : []),
    ];
  };
  const poolAttributes = (input: readonly number[], window: Window): OpAttribute[] => [
    ints('ksize', [1, ...window.kernel, 1]),
    ...windowAttributes(input, window),
  ];
  const vector = (shape: readonly number[]): Tensor => tf.tensor1d(Int32Array.from(shape), 'int32');

  const withTemporary = <T, R extends Tensor>(temporary: R, compute: (temporary: R) => T): T => {
    const result = compute(temporary);
    temporary.dispose();
    return result;
  };

  const explicit = (x: Tensor4D, window: Window): boolean => paddingKind(x.shape, window) === 'EXPLICIT';
  const inputGradient = (dy: Tensor4D, kernel: Tensor4D, input: readonly number[], window: Window): Tensor4D =>
    withTemporary(vector(input), (shape) =>
      one('Conv2DBackpropInput', windowAttributes(input, window), [shape, kernel, dy]),
    );
  const convolution: Convolution = {
    conv2d: (x, kernel, window) => one('Conv2D', windowAttributes(x.shape, window), [x, kernel]),
    // oneDNN, which takes no explicit padding, is up to three times as fast here; the gradient of the padding is cut off.
    conv2dInputGradient: (dy, kernel, x, window) =>
      explicit(x, window)
        ? withTemporary(inputGradient(dy, kernel, paddedShape(x, window), unpadded(window)), (image) =>
            unpad(image, window, x),
          )
        : inputGradient(dy, kernel, x.shape, window),
    conv2dKernelGradient: (dy, kernel, x, window) => kernelGradient(dy, kernel.shape, x, window),
  };
  const kernelGradient = (dy: Tensor4D, kernel: readonly number[], x: Tensor4D, window: Window): Tensor4D =>
    withTemporary(vector(kernel), (shape) =>
      one('Conv2DBackpropFilter', windowAttributes(x.shape, window), [x, shape, dy]),
    );
  const ungrouped: Convolution = {
    ...convolution,
    conv2dKernelGradient: (dy, kernel, x, window) =>
      isStem(window, x.shape[3])
        ? stemKernelGradient(
            (y, blocks, kernel) =>
              kernelGradient(y, [...kernel, blocks.shape[3], y.shape[3]], blocks, { kernel, ...VALID }),
            { x, dy },
            window,
          )
        : convolution.conv2dKernelGradient(dy, kernel, x, window),
  };
  // TensorFlow takes groups in gradients on a GPU and, through oneDNN, on newer CPUs; there without explicit padding.
  const typed = precision === 'bfloat16' ? inBfloat16(backend, convolution) : convolution;
  const grouped = takesGroups(typed) ? padded(convolution, explicit) : split(ungrouped);
  // Cutpoint's own matrix product is in float32.
  const ungroupedHere = onProcessor && precision === 'float32' ? byMatrixProduct(backend, ungrouped) : ungrouped;
  const byKind = byGroups(ungroupedHere, grouped);
  const convolutions = onProcessor ? withoutSkipping(backend, byKind) : byKind;
  const averageWindow = (x: Tensor4D, window: Window): OpAttribute[] =>
    poolAttributes(paddedShape(x, window), unpadded(window));

  return {
    ...(precision === 'bfloat16' ? inBfloat16(backend, convolutions) : convolutions),

    depthwiseConv2d: (x, kernel, window) =>
      one('DepthwiseConv2dNative', windowAttributes(x.shape, window), [x, kernel]),
    depthwiseConv2dInputGradient: (dy, kernel, x, window) =>
      withTemporary(vector(x.shape), (shape) =>
        one('DepthwiseConv2dNativeBackpropInput', windowAttributes(x.shape, window), [shape, kernel, dy]),
      ),
    depthwiseConv2dKernelGradient: (dy, kernel, x, window) =>
      withTemporary(vector(kernel.shape), (shape) =>
        one('DepthwiseConv2dNativeBackpropFilter', windowAttributes(x.shape, window), [x, shape, dy]),
      ),

    exciteGradient,

    takesAlong: new Set(),
    normalised: {},

    batchNorm(x, { gamma, beta, mean, variance }, { epsilon, momentum }) {
      const results = backend.executeMultipleOutputs(
        'FusedBatchNormV3',
        [
          float32(),
          float32('U'),
          number('epsilon', epsilon),
          number('exponential_avg_factor', 1 - momentum),
          text('data_format', 'NHWC'),
          flag('is_training', true),
        ],
        [x, gamma, beta, mean, variance],
        6,
      );
      const [output, runningMean, runningVariance, ...saved] = results as [
        Tensor4D,
        Tensor1D,
        Tensor1D,
        Tensor,
        Tensor,
        Tensor,
      ];
      return { output, mean: runningMean, variance: runningVariance, saved };
    },
    batchNormGradient(dy, x, { gamma }, { epsilon, saved }) {
      const [dx, dgamma, dbeta, ...unused] = backend.executeMultipleOutputs(
        'FusedBatchNormGradV3',
        [float32(), float32('U'), number('epsilon', epsilon), text('data_format', 'NHWC'), flag('is_training', true)],
        [dy, x, gamma, ...saved],
        5,
      );
      tf.dispose(unused);
      return { x: dx as Tensor4D, gamma: dgamma as Tensor1D, beta: dbeta as Tensor1D };
    },
    batchNormInference: (x, { gamma, beta, mean, variance }, { epsilon }) => {
      const [output, ...unused] = backend.executeMultipleOutputs(
        'FusedBatchNormV3',
        [float32(), float32('U'), number('epsilon', epsilon), text('data_format', 'NHWC'), flag('is_training', false)],
        [x, gamma, beta, mean, variance],
        6,
      );
      tf.dispose(unused);
      return output as Tensor4D;
    },

    relu: <T extends Tensor>(x: T, cap?: 6) => one(cap === undefined ? 'Relu' : 'Relu6', [], [x]) as Tensor as T,
    reluGradient: <T extends Tensor>(dy: T, output: T, cap?: 6) =>
      one(cap === undefined ? 'ReluGrad' : 'Relu6Grad', [], [dy, output]) as Tensor as T,

    maxPool: (x, window) => one('MaxPool', poolAttributes(x.shape, window), [x]),
    maxPoolGradient: (dy, x, output, window) => one('MaxPoolGrad', poolAttributes(x.shape, window), [x, output, dy]),

    averagePool: (x, window) =>
      withTemporary(pad(x, window), (image) => one('AvgPool', averageWindow(x, window), [image])),
    averagePoolGradient: (dy, x, window) =>
      withTemporary(vector(paddedShape(x, window)), (shape) =>
        withTemporary(one('AvgPoolGrad', averageWindow(x, window), [shape, dy]), (image) => unpad(image, window, x)),
      ),

    warp: (images, maps) =>
      withTemporary(tf.tensor1d([images.shape[1], images.shape[2]], 'int32'), (size) =>
        withTemporary(tf.scalar(0), (fill) => {
          const attributes = [float32('dtype'), text('interpolation', 'BILINEAR'), text('fill_mode', 'CONSTANT')];
          const inputs = [images, maps, size, fill];
          return backend.executeSingleOutput('ImageProjectiveTransformV3', attributes, inputs) as Tensor4D;
        }),
      ),

    symmetricEigen(x) {
      const attributes = [float32(), flag('compute_v', true)];
      const [values, vectors] = backend.executeMultipleOutputs('SelfAdjointEigV2', attributes, [x], 2);
      return { values: values as Tensor1D, vectors: vectors as Tensor2D };
    },
  };
}

/** TensorFlow's name for a padding: its kernels are fastest when they need no explicit one. */
function paddingKind(input: readonly number[], { kernel, stride, padding: p }: Window): 'VALID' | 'SAME' | 'EXPLICIT' {
  if (p.top + p.bottom + p.left + p.right === 0) return 'VALID';
  const same = (size: number, k: number, s: number): [number, number] => {
    const total = Math.max((Math.ceil(size / s) - 1) * s + k - size, 0);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  };
  const [top, bottom] = same(input[1]!, kernel[0], stride[0]);
  const [left, right] = same(input[2]!, kernel[1], stride[1]);
  return p.top === top && p.bottom === bottom && p.left === left && p.right === right ? 'SAME' : 'EXPLICIT';
}
