import type { Padding, Pair } from '../../../backbone/graph.ts';
import { explicitPadding, windowOutput, type ExplicitPadding } from '../../../backbone/padding.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { layer, ZEROS, type KerasLayer, type KerasVariable, type LayerContext } from './layer.ts';

interface Window {
  kernel: Pair;
  stride: Pair;
  padding: Padding;
}

export type Named<T> = { name: string; attributes: T };

export const CONVOLUTION = { dilation_rate: [1, 1], activation: 'linear' };

/** A depthwise convolution with these variables; the multiplier is the kernel's last axis. */
export function depthwise(
  node: Named<Window & { bias: boolean }>,
  context: LayerContext,
  variables: readonly KerasVariable[],
): KerasLayer[] {
  const { kernel, bias } = node.attributes;
  return windowed('DepthwiseConv2D', node, context, {
    config: {
      depth_multiplier: variables[0]![1].shape[3],
      kernel_size: kernel,
      ...CONVOLUTION,
      use_bias: bias,
      depthwise_initializer: ZEROS,
      bias_initializer: ZEROS,
    },
    variables,
  });
}

/** A layer with a sliding window; explicit padding becomes a layer of zeros before it. */
export function windowed(
  className: string,
  { name, attributes: { kernel, stride, padding } }: Named<Window>,
  { inputs, shape }: LayerContext,
  own: { config: object; variables: readonly KerasVariable[] },
): KerasLayer[] {
  const config = { ...own.config, strides: stride, data_format: 'channels_last' };
  if (typeof padding === 'string') return [layer(className, name, inputs, { ...config, padding }, own.variables)];
  const valid = { ...config, padding: 'valid' };
  const sides = explicitPadding(padding, [shape[0]!, shape[1]!], kernel, stride);
  if (isNone(sides)) return [layer(className, name, inputs, valid, own.variables)];
  const pad = `${name}_pad`;
  const { top, bottom, left, right } = sides;
  return [
    layer('ZeroPadding2D', pad, inputs, { padding: [[top, bottom], [left, right]], data_format: 'channels_last' }), // prettier-ignore
    layer(className, name, [pad], valid, own.variables),
  ];
}

/**
 * A pooling that leaves out of each window what lies outside the image. Only `same` does that in Keras. Where it pads
 * other sides than the node does, the windows of stride 1 are computed, and those that the node has are picked.
 * @throws CutpointError INPUT_INVALID where the node pads more than half a window
 */
export function withoutPadding(
  className: string,
  { name, attributes: { kernel, stride, padding } }: Named<Window>,
  { inputs, shape }: LayerContext,
): KerasLayer[] {
  const size = [shape[0]!, shape[1]!] as const;
  const sides = explicitPadding(padding, size, kernel, stride);
  const common = { data_format: 'channels_last', pool_size: kernel };
  const plain = (rule: string) => [layer(className, name, inputs, { ...common, strides: stride, padding: rule })];
  if (isNone(sides)) return plain('valid');
  const same = explicitPadding('same', size, kernel, stride);
  if ((Object.keys(same) as (keyof ExplicitPadding)[]).every((side) => same[side] === sides[side]))
    return plain('same');

  const output = windowOutput(padding, size, kernel, stride);
  const before = [sides.top, sides.left];
  const cropping = ([0, 1] as const).map((axis) => {
    const offset = Math.floor((kernel[axis] - 1) / 2) - before[axis]!;
    return [offset, size[axis] - offset - ((output[axis] - 1) * stride[axis] + 1)];
  });
  if (cropping.flat().some((cells) => cells < 0)) {
    throw new CutpointError('INPUT_INVALID', `'${name}' pads more of its windows than Keras and TensorFlow.js can.`, {
      remedy: 'Export this network as ONNX.',
    });
  }
  return [
    layer(className, `${name}_windows`, inputs, { ...common, strides: [1, 1], padding: 'same' }),
    layer('Cropping2D', `${name}_crop`, [`${name}_windows`], { cropping, data_format: 'channels_last' }),
    layer('MaxPooling2D', name, [`${name}_crop`], {
      data_format: 'channels_last',
      pool_size: [1, 1],
      strides: stride,
      padding: 'valid',
    }),
  ];
}

const isNone = ({ top, bottom, left, right }: ExplicitPadding): boolean => top + bottom + left + right === 0;
