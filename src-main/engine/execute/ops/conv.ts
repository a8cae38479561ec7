import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Handler } from '../handler.ts';
import { windowOf } from '../window.ts';

function withBias(y: Tensor4D, bias: Tensor | null): Tensor4D {
  if (!bias) return y;
  const sum = tf.add(y, bias) as Tensor4D;
  y.dispose();
  return sum;
}

export const conv: Handler<'conv'> = {
  reads: { inputs: true, output: false },
  infer(node, [x], { ops, parameter }) {
    const y = ops.conv2d(x as Tensor4D, parameter('kernel') as Tensor4D, windowOf(node.attributes, x!.shape));
    return withBias(y, node.attributes.bias ? parameter('bias') : null);
  },
  gradient(node, dy, { inputs: [x] }, { ops, parameter }, wanted) {
    const args = [dy, parameter('kernel'), x, windowOf(node.attributes, x!.shape)] as Parameters<
      typeof ops.conv2dInputGradient
    >;
    return {
      inputs: [wanted ? ops.conv2dInputGradient(...args) : null],
      parameters: {
        kernel: ops.conv2dKernelGradient(...args),
        ...(node.attributes.bias ? { bias: tf.sum(dy, [0, 1, 2]) } : {}),
      },
    };
  },
};

export const depthwiseConv: Handler<'depthwiseConv'> = {
  reads: { inputs: true, output: false },
  infer(node, [x], { ops, parameter }) {
    const y = ops.depthwiseConv2d(x as Tensor4D, parameter('kernel') as Tensor4D, windowOf(node.attributes, x!.shape));
    return withBias(y, node.attributes.bias ? parameter('bias') : null);
  },
  gradient(node, dy, { inputs: [x] }, { ops, parameter }, wanted) {
    const args = [dy, parameter('kernel'), x, windowOf(node.attributes, x!.shape)] as Parameters<
      typeof ops.depthwiseConv2dInputGradient
    >;
    return {
      inputs: [wanted ? ops.depthwiseConv2dInputGradient(...args) : null],
      parameters: {
        kernel: ops.depthwiseConv2dKernelGradient(...args),
        ...(node.attributes.bias ? { bias: tf.sum(dy, [0, 1, 2]) } : {}),
      },
    };
  },
};
