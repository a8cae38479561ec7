import type { GraphNode } from '../../../backbone/graph.ts';
import type { WeightArray } from '../weights.ts';
import { layer, type KerasLayer, type LayerContext } from './layer.ts';
import { depthwise } from './window.ts';

/**
 * A convolution in groups without Conv2D's `groups`, which TensorFlow.js has not: a depthwise convolution gives, for each
 * input channel, its share in every filter of its group, and the shares of a group are summed. The kernel has as many
 * values as before, where a block-diagonal one would have `groups` times as many. Keras's formats are written alike, so
 * that TensorFlow.js can run them as a check.
 *
 * Keras sums over an axis only by taking the mean, so the kernel is multiplied by the number of shares, and each share
 * carries the bias.
 */
export function groupsByDepthwise(node: GraphNode<'conv'>, context: LayerContext): KerasLayer[] {
  const { name } = node;
  const { filters, groups, bias } = node.attributes;
  const kernel = context.weight('kernel');
  const [shares, perGroup] = [kernel.shape[2]!, filters / groups];
  const variables = [['depthwise_kernel', sharesOf(kernel, groups)] as const];
  const convolved = depthwise(
    { name: `${name}_shares`, attributes: node.attributes },
    context,
    bias ? [...variables, ['bias', biasOfShares(context.weight('bias'), groups, shares)]] : variables,
  );
  const [height, width] = context.output as [number, number, number];
  const cells = height * width * groups;
  return [
    ...convolved,
    layer('Reshape', `${name}_groups`, [`${name}_shares`], { target_shape: [cells, shares, perGroup] }),
    layer('AveragePooling2D', `${name}_sum`, [`${name}_groups`], {
      pool_size: [1, shares],
      strides: [1, shares],
      padding: 'valid',
      data_format: 'channels_last',
    }),
    layer('Reshape', name, [`${name}_sum`], { target_shape: [height, width, filters] }),
  ];
}

/** [h, w, in / groups, filters] → [h, w, in, filters / groups], times in / groups. */
function sharesOf({ shape, data }: WeightArray, groups: number): WeightArray {
  const [h, w, shares, filters] = shape as [number, number, number, number];
  const perGroup = filters / groups;
  const result = new Float32Array(data.length);
  for (let from = 0; from < data.length; from++) {
    const filter = from % filters;
    const share = Math.floor(from / filters) % shares;
    const pixel = Math.floor(from / (filters * shares));
    const group = Math.floor(filter / perGroup);
    const channel = group * shares + share;
    result[(pixel * groups * shares + channel) * perGroup + (filter % perGroup)] = data[from]! * shares;
  }
  return { shape: [h, w, groups * shares, perGroup], data: result };
}

/** [filters] → [in · filters / groups]: the bias of each group's filters, once for each of its shares. */
function biasOfShares({ data }: WeightArray, groups: number, shares: number): WeightArray {
  const perGroup = data.length / groups;
  const result = new Float32Array(data.length * shares);
  for (let at = 0; at < result.length; at++) {
    const group = Math.floor(at / (shares * perGroup));
    result[at] = data[group * perGroup + (at % perGroup)]!;
  }
  return { shape: [result.length], data: result };
}
