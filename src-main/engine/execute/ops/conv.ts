import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Ops, Window } from '../../tensor/ops.ts';
import type { Handler } from '../handler.ts';
import { overChannels } from '../sums.ts';
import { windowOf } from '../window.ts';

/** The three kernels in which one kind of convolution differs from another. */
interface Kernels {
  forward(ops: Ops): (x: Tensor4D, kernel: Tensor4D, window: Window) => Tensor4D;
  inputGradient(ops: Ops): (dy: Tensor4D, kernel: Tensor4D, x: Tensor4D, window: Window) => Tensor4D;
  kernelGradient(ops: Ops): (dy: Tensor4D, kernel: Tensor4D, x: Tensor4D, window: Window) => Tensor4D;
}

function convolution<K extends 'conv' | 'depthwiseConv'>(kernels: Kernels): Handler<K> {
  return {
    reads: { inputs: true, output: false },
    infer({ attributes }, [x], { ops, parameter }) {
      const image = x as Tensor4D;
      const y = kernels.forward(ops)(image, parameter('kernel') as Tensor4D, windowOf(attributes, image.shape));
      return attributes.bias ? withBias(y, parameter('bias')) : y;
    },
    gradient({ attributes }, dy, { inputs: [x] }, { ops, parameter, wanted }) {
      const image = x as Tensor4D;
      const args = [dy as Tensor4D, parameter('kernel') as Tensor4D, image, windowOf(attributes, image.shape)] as const;
      return {
        inputs: [wanted.inputs ? kernels.inputGradient(ops)(...args) : null],
        parameters: wanted.parameters
          ? {
              kernel: kernels.kernelGradient(ops)(...args),
              ...(attributes.bias ? { bias: overChannels(dy) } : {}),
            }
          : {},
      };
    },
  };
}

/** `y` is disposed of. */
function withBias(y: Tensor4D, bias: Tensor): Tensor4D {
  const sum = tf.add(y, bias) as Tensor4D;
  y.dispose();
  return sum;
}

export const conv = convolution<'conv'>({
  forward: (ops) => ops.conv2d,
  inputGradient: (ops) => ops.conv2dInputGradient,
  kernelGradient: (ops) => ops.conv2dKernelGradient,
});

export const depthwiseConv = convolution<'depthwiseConv'>({
  forward: (ops) => ops.depthwiseConv2d,
  inputGradient: (ops) => ops.depthwiseConv2dInputGradient,
  kernelGradient: (ops) => ops.depthwiseConv2dKernelGradient,
});
