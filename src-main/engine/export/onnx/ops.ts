import type {
  ActivationKind,
  GraphNode,
  OpName,
  Padding,
  ParameterRole,
  Pair,
  Shape,
} from '../../../backbone/graph.ts';
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

/** The axis of the channels, in features and in images. */
const CHANNELS = 1;

const handlers: { [K in OpName]: OnnxHandler<K> } = {
  input: (_node, { inputs }) => inputs[0]!,

  conv: (node, context) => {
    const { data, shape } = context.weight('kernel');
    const [h, w, channels, filters] = shape as [number, number, number, number];
    const kernel = context.builder.constant(`${node.name}/kernel`, [filters, channels, h, w], oihw(data, shape));
    return convolve(node, context, kernel, node.attributes.groups);
  },

  depthwiseConv: (node, context) => {
    const { data, shape } = context.weight('kernel');
    const [h, w, channels] = shape as [number, number, number, 1];
    // In memory, [1, channels, h, w] is [channels, 1, h, w]: one filter for each group of one channel.
    const kernel = context.builder.constant(`${node.name}/kernel`, [channels, 1, h, w], oihw(data, shape));
    return convolve(node, context, kernel, channels);
  },

  batchNorm: (node, { builder, inputs, shape, weight }) => {
    const ones = { shape: shape.slice(-1), data: new Float32Array(shape.at(-1)!).fill(1) };
    const parameters = (['gamma', 'beta', 'mean', 'variance'] as const).map((role) => {
      const { data, shape } = role === 'gamma' && !node.attributes.scale ? ones : weight(role);
      return builder.constant(`${node.name}/${role}`, shape, data);
    });
    const attributes = { epsilon: { float: node.attributes.epsilon } };
    return builder.node('BatchNormalization', node.name, [inputs[0]!, ...parameters], attributes);
  },

  layerNorm: (node, { builder, inputs, shape, weight }) => {
    const parameters = (['gamma', 'beta'] as const).map((role) => {
      const { data, shape } = weight(role);
      return builder.constant(`${node.name}/${role}`, shape, data);
    });
    const attributes = { axis: -1, epsilon: { float: node.attributes.epsilon } };
    const normalise = (name: string, input: string) =>
      builder.node('LayerNormalization', name, [input, ...parameters], attributes);
    if (shape.length === 1) return normalise(node.name, inputs[0]!);
    const nhwc = builder.node('Transpose', `${node.name}/nhwc`, [inputs[0]!], { perm: [0, 2, 3, 1] });
    return builder.node('Transpose', node.name, [normalise(`${node.name}/normalised`, nhwc)], { perm: [0, 3, 1, 2] });
  },

  channelScale: (node, { builder, inputs, shape, weight }) => {
    const { data } = weight('gamma');
    const gamma = builder.constant(`${node.name}/gamma`, [data.length, ...shape.slice(1).map(() => 1)], data);
    return builder.node('Mul', node.name, [inputs[0]!, gamma]);
  },

  activation: (node, { builder, inputs }) => activations[node.attributes.kind](builder, node.name, inputs[0]!),

  maxPool: (node, { builder, inputs, shape }) => {
    // ONNX pads a max pool with minus infinity, like both rules of padding here.
    return builder.node('MaxPool', node.name, [inputs[0]!], window(node.attributes, shape));
  },

  averagePool: (node, { builder, inputs, shape }) => {
    const attributes = { ...window(node.attributes, shape), count_include_pad: node.attributes.countPadding ? 1 : 0 };
    return builder.node('AveragePool', node.name, [inputs[0]!], attributes);
  },

  upsample: ({ name, attributes: { factor } }, { builder, inputs }) => {
    const scales = builder.constant(`${name}/scales`, [4], Float32Array.of(1, 1, factor, factor));
    // The region of interest, which only other modes read, is left out.
    return builder.node('Resize', name, [inputs[0]!, '', scales], {
      mode: { string: 'nearest' },
      coordinate_transformation_mode: { string: 'asymmetric' },
      nearest_mode: { string: 'floor' },
    });
  },

  globalAveragePool: (node, { builder, inputs }) => {
    if (node.attributes.keepSpatial) return builder.node('GlobalAveragePool', node.name, [inputs[0]!]);
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

  multiply: (node, { builder, inputs }) => builder.node('Mul', node.name, [...inputs]),

  concat: (node, { builder, inputs }) => builder.node('Concat', node.name, [...inputs], { axis: CHANNELS }),

  dropout: (_node, { inputs }) => inputs[0]!,

  dense: (node, { builder, inputs, shape, weight }) => {
    const kernel = weight('kernel');
    const [channels, units] = kernel.shape as [number, number];
    const spatial = shape.length === 3;
    // At every position the same product: a convolution of one pixel.
    const operands = spatial
      ? [builder.constant(`${node.name}/kernel`, [units, channels, 1, 1], oihw(kernel.data, [1, 1, channels, units]))]
      : [builder.constant(`${node.name}/kernel`, kernel.shape, kernel.data)];
    if (node.attributes.bias) operands.push(biasOf(node.name, { builder, weight }));
    return builder.node(spatial ? 'Conv' : 'Gemm', node.name, [inputs[0]!, ...operands]);
  },

  softmax: (node, { builder, inputs }) => builder.node('Softmax', node.name, [inputs[0]!], { axis: CHANNELS }),
};

/** Writes an activation of one kind under this name. */
const activations: { [K in ActivationKind]: (builder: OnnxBuilder, name: string, x: string) => string } = {
  relu: (builder, name, x) => builder.node('Relu', name, [x]),
  relu6: (builder, name, x) => {
    return builder.node('Clip', name, [x, builder.scalar(`${name}/low`, 0), builder.scalar(`${name}/high`, 6)]);
  },
  sigmoid: (builder, name, x) => builder.node('Sigmoid', name, [x]),
  hardSigmoid: (builder, name, x) => {
    return builder.node('HardSigmoid', name, [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  },
  swish: (builder, name, x) => builder.node('Mul', name, [x, builder.node('Sigmoid', `${name}/sigmoid`, [x])]),
  hardSwish: (builder, name, x) => builder.node('HardSwish', name, [x]),
  // x / √2, erf, + 1, · x, · ½: in this order runtimes recognise it and fuse it into one operation.
  gelu: (builder, name, x) => {
    const scaled = builder.node('Div', `${name}/scaled`, [x, builder.scalar(`${name}/root2`, Math.SQRT2)]);
    const erf = builder.node('Erf', `${name}/erf`, [scaled]);
    const doubled = builder.node('Add', `${name}/doubled`, [erf, builder.scalar(`${name}/one`, 1)]);
    const product = builder.node('Mul', `${name}/product`, [x, doubled]);
    return builder.node('Mul', name, [product, builder.scalar(`${name}/half`, 0.5)]);
  },
  logSigmoid: (builder, name, x) => {
    const negated = builder.node('Neg', `${name}/negated`, [x]);
    return builder.node('Neg', name, [builder.node('Softplus', `${name}/softplus`, [negated])]);
  },
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
