import type { GraphNode, OpName, Padding, Pair, Shape } from '../../../backbone/graph.ts';
import { explicitPadding } from '../../../backbone/padding.ts';

/** One layer as Keras writes it in JSON, with the names of the layers it reads. */
export interface KerasLayer {
  className: string;
  name: string;
  inputs: readonly string[];
  config: Record<string, unknown>;
}

/** What a handler knows of the node it describes, besides the node. */
export interface LayerContext {
  /** Layers that give the node's inputs. */
  inputs: readonly string[];
  /** Shape of the first input, [height, width, channels] or [features]; the node's own for `input`. */
  shape: Shape;
  /** No value of the first input is below zero, by what its node computes. */
  nonNegative: boolean;
}

/** The layers that compute a node; the last gives its output. */
type LayerHandler<K extends OpName> = (node: GraphNode<K>, context: LayerContext) => KerasLayer[];

// Every parameter comes from the file. Any other initialiser would draw numbers for nothing while the model is loaded.
const ZEROS = { class_name: 'Zeros', config: {} };

const handlers: { [K in OpName]: LayerHandler<K> } = {
  input: (node, { shape }) => [
    layer('InputLayer', node.name, [], { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false }),
  ],

  conv: (node, context) =>
    windowed('Conv2D', node, context, (window) => ({
      filters: node.attributes.filters,
      kernel_size: window.kernel,
      dilation_rate: [1, 1],
      activation: 'linear',
      use_bias: node.attributes.bias,
      kernel_initializer: ZEROS,
      bias_initializer: ZEROS,
    })),

  depthwiseConv: (node, context) =>
    windowed('DepthwiseConv2D', node, context, (window) => ({
      depth_multiplier: 1,
      kernel_size: window.kernel,
      dilation_rate: [1, 1],
      activation: 'linear',
      use_bias: node.attributes.bias,
      depthwise_initializer: ZEROS,
      bias_initializer: ZEROS,
    })),

  batchNorm: (node, { inputs }) => [
    layer('BatchNormalization', node.name, inputs, {
      axis: -1,
      epsilon: node.attributes.epsilon,
      center: true,
      scale: true,
    }),
  ],

  activation: (node, { inputs }) => [
    layer('ReLU', node.name, inputs, node.attributes.kind === 'relu6' ? { max_value: 6 } : {}),
  ],

  maxPool: (node, context) => {
    // Keras can only pad with zeros here, which is exact as long as no value is below them.
    if (typeof node.attributes.padding === 'object' && !context.nonNegative) {
      throw new Error(
        `'${node.name}' pads values that may be negative, which a TensorFlow.js layers model cannot express`,
      );
    }
    return windowed('MaxPooling2D', node, context, (window) => ({ pool_size: window.kernel }));
  },

  globalAveragePool: (node, { inputs }) => [
    layer('GlobalAveragePooling2D', node.name, inputs, { data_format: 'channels_last' }),
  ],

  flatten: (node, { inputs }) => [layer('Flatten', node.name, inputs, { data_format: 'channels_last' })],

  add: (node, { inputs }) => [layer('Add', node.name, inputs, {})],

  dropout: (node, { inputs }) => [layer('Dropout', node.name, inputs, { rate: node.attributes.rate })],

  dense: (node, { inputs }) => [
    layer('Dense', node.name, inputs, {
      units: node.attributes.units,
      activation: 'linear',
      use_bias: node.attributes.bias,
      kernel_initializer: ZEROS,
      bias_initializer: ZEROS,
    }),
  ],

  softmax: (node, { inputs }) => [layer('Softmax', node.name, inputs, { axis: -1 })],
};

/** The layers for a node of any kind. */
export function kerasLayers<K extends OpName>(node: GraphNode<K>, context: LayerContext): KerasLayer[] {
  return (handlers[node.op] as LayerHandler<K>)(node, context);
}

function layer(className: string, name: string, inputs: readonly string[], config: object): KerasLayer {
  return { className, name, inputs, config: { name, trainable: true, ...config } };
}

interface Window {
  kernel: Pair;
  stride: Pair;
  padding: Padding;
}

/** A layer with a sliding window; explicit padding becomes a layer of its own before it. */
function windowed<K extends 'conv' | 'depthwiseConv' | 'maxPool'>(
  className: string,
  node: GraphNode<K>,
  { inputs, shape }: LayerContext,
  config: (window: Window) => object,
): KerasLayer[] {
  const window: Window = node.attributes;
  const { kernel, stride, padding } = window;
  const common = { ...config(window), strides: stride, data_format: 'channels_last' };
  if (typeof padding === 'string') return [layer(className, node.name, inputs, { ...common, padding })];
  const { top, bottom, left, right } = explicitPadding(padding, [shape[0]!, shape[1]!], kernel, stride);
  const own = { ...common, padding: 'valid' };
  if (top + bottom + left + right === 0) return [layer(className, node.name, inputs, own)];
  const pad = `${node.name}_pad`;
  const sides = { padding: [[top, bottom], [left, right]], data_format: 'channels_last' }; // prettier-ignore
  return [layer('ZeroPadding2D', pad, inputs, sides), layer(className, node.name, [pad], own)];
}
