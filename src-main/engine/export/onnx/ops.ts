import type { GraphNode, OpName, Padding, ParameterRole, Pair, Shape } from '../../../backbone/graph.ts';
import { explicitPadding } from '../../../backbone/padding.ts';
import type { WeightArray } from '../weights.ts';
import type { OnnxBuilder } from './builder.ts';

/** What a handler knows of the node it writes. Values in the ONNX graph are NCHW, shapes here are NHWC without batch. */
export interface OnnxContext {
  builder: OnnxBuilder;
  /** ONNX names of the node's inputs. */
  inputs: readonly string[];
  /** Shape of the first input. */
  shape: Shape;
  weight(role: ParameterRole): WeightArray;
}

/** Writes one node; returns the ONNX name of its output. */
type OnnxHandler<K extends OpName> = (node: GraphNode<K>, context: OnnxContext) => string;

const handlers: { [K in OpName]: OnnxHandler<K> } = {
  input: (_node, { inputs }) => inputs[0]!,

  conv: (node, context) => {
    const { data, shape } = context.weight('kernel');
    const [h, w, channels, filters] = shape as [number, number, number, number];
    const kernel = context.builder.constant(`${node.name}/kernel`, [filters, channels, h, w], oihw(data, shape));
    return convolve(node, context, kernel, 1);
  },

  depthwiseConv: (node, context) => {
    const { data, shape } = context.weight('kernel');
    const [h, w, channels] = shape as [number, number, number, 1];
    // In memory, [1, channels, h, w] is [channels, 1, h, w]: one filter for each group of one channel.
    const kernel = context.builder.constant(`${node.name}/kernel`, [channels, 1, h, w], oihw(data, shape));
    return convolve(node, context, kernel, channels);
  },

  batchNorm: (node, { builder, inputs, weight }) => {
    const parameters = (['gamma', 'beta', 'mean', 'variance'] as const).map((role) => {
      const { data, shape } = weight(role);
      return builder.constant(`${node.name}/${role}`, shape, data);
    });
    const attributes = { epsilon: { float: node.attributes.epsilon } };
    return builder.node('BatchNormalization', node.name, [inputs[0]!, ...parameters], attributes);
  },

  activation: (node, { builder, inputs }) => {
    if (node.attributes.kind === 'relu') return builder.node('Relu', node.name, [inputs[0]!]);
    const low = builder.constant(`${node.name}/low`, [], Float32Array.of(0));
    const high = builder.constant(`${node.name}/high`, [], Float32Array.of(6));
    return builder.node('Clip', node.name, [inputs[0]!, low, high]);
  },

  maxPool: (node, { builder, inputs, shape }) => {
    // ONNX pads a max pool with minus infinity, like both rules of padding here.
    return builder.node('MaxPool', node.name, [inputs[0]!], window(node.attributes, shape));
  },

  globalAveragePool: (node, { builder, inputs }) => {
    const pooled = builder.node('GlobalAveragePool', `${node.name}/pooled`, [inputs[0]!]);
    return builder.node('Flatten', node.name, [pooled], { axis: 1 });
  },

  flatten: (node, { builder, inputs, shape }) => {
    if (shape.length === 1) return inputs[0]!;
    // The dense kernel behind it counts features row by row, pixel by pixel, channel by channel.
    const nhwc = builder.node('Transpose', `${node.name}/nhwc`, [inputs[0]!], { perm: [0, 2, 3, 1] });
    return builder.node('Flatten', node.name, [nhwc], { axis: 1 });
  },

  add: (node, { builder, inputs }) => builder.node(inputs.length === 2 ? 'Add' : 'Sum', node.name, [...inputs]),

  dropout: (_node, { inputs }) => inputs[0]!,

  dense: (node, { builder, inputs, weight }) => {
    const kernel = weight('kernel');
    const operands = [inputs[0]!, builder.constant(`${node.name}/kernel`, kernel.shape, kernel.data)];
    if (node.attributes.bias) operands.push(biasOf(node.name, { builder, weight }));
    return builder.node('Gemm', node.name, operands);
  },

  softmax: (node, { builder, inputs }) => builder.node('Softmax', node.name, [inputs[0]!], { axis: -1 }),
};

/** Writes a node of any kind; returns the ONNX name of its output. */
export function writeOnnxNode<K extends OpName>(node: GraphNode<K>, context: OnnxContext): string {
  return (handlers[node.op] as OnnxHandler<K>)(node, context);
}

function convolve(
  node: GraphNode<'conv' | 'depthwiseConv'>,
  context: OnnxContext,
  kernel: string,
  group: number,
): string {
  const operands = [context.inputs[0]!, kernel];
  if (node.attributes.bias) operands.push(biasOf(node.name, context));
  return context.builder.node('Conv', node.name, operands, { ...window(node.attributes, context.shape), group });
}

function biasOf(node: string, { builder, weight }: Pick<OnnxContext, 'builder' | 'weight'>): string {
  const { data, shape } = weight('bias');
  return builder.constant(`${node}/bias`, shape, data);
}

function window(
  { kernel, stride, padding }: { kernel: Pair; stride: Pair; padding: Padding },
  [height, width]: Shape,
): Record<'kernel_shape' | 'strides' | 'pads', readonly number[]> {
  const { top, left, bottom, right } = explicitPadding(padding, [height!, width!], kernel, stride);
  return { kernel_shape: kernel, strides: stride, pads: [top, left, bottom, right] };
}

/** [h, w, in, out] → [out, in, h, w] */
function oihw(data: Float32Array, [h, w, channels, filters]: Shape): Float32Array {
  const [area, inner, outer] = [h! * w!, channels!, filters!];
  const result = new Float32Array(data.length);
  let from = 0;
  for (let pixel = 0; pixel < area; pixel++) {
    for (let i = 0; i < inner; i++) {
      for (let o = 0; o < outer; o++) result[(o * inner + i) * area + pixel] = data[from++]!;
    }
  }
  return result;
}
