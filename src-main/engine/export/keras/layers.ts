import type { ActivationKind, GraphNode, OpName, ParameterRole } from '../../../backbone/graph.ts';
import { explicitPadding } from '../../../backbone/padding.ts';
import { groupsByDepthwise } from './groups.ts';
import { layer, ZEROS, type KerasLayer, type KerasVariable, type LayerContext } from './layer.ts';
import { CONVOLUTION, depthwise, windowed, withoutPadding } from './window.ts';

/** The layers that compute a node; the last has its name and gives its output. */
type LayerHandler<K extends OpName> = (node: GraphNode<K>, context: LayerContext) => KerasLayer[];

const handlers: { [K in OpName]: LayerHandler<K> } = {
  input: (node, { shape }) => [
    layer('InputLayer', node.name, [], { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false }),
  ],

  conv: (node, context) => {
    const { filters, kernel, groups, bias } = node.attributes;
    if (groups > 1) return groupsByDepthwise(node, context);
    return windowed('Conv2D', node, context, {
      config: {
        filters,
        kernel_size: kernel,
        ...CONVOLUTION,
        use_bias: bias,
        kernel_initializer: ZEROS,
        bias_initializer: ZEROS,
      },
      variables: variables(context, bias ? { kernel: 'kernel', bias: 'bias' } : { kernel: 'kernel' }),
    });
  },

  depthwiseConv: (node, context) => depthwise(node, context, variables(context, depthwiseNames(node.attributes.bias))),

  batchNorm: (node, context) => {
    const { epsilon, scale } = node.attributes;
    const names = { beta: 'beta', mean: 'moving_mean', variance: 'moving_variance' } as const;
    return [
      layer(
        'BatchNormalization',
        node.name,
        context.inputs,
        { axis: -1, epsilon, center: true, scale },
        variables(context, scale ? { gamma: 'gamma', ...names } : names),
      ),
    ];
  },

  layerNorm: (node, context) => [
    layer(
      'LayerNormalization',
      node.name,
      context.inputs,
      { axis: -1, epsilon: node.attributes.epsilon, center: true, scale: true },
      variables(context, { gamma: 'gamma', beta: 'beta' }),
    ),
  ],

  // Keras has no such layer that loads without code of one's own; a depthwise convolution of one pixel is the same.
  channelScale: (node, context) => {
    const { data } = context.weight('gamma');
    const attributes = { kernel: [1, 1], stride: [1, 1], padding: 'valid', bias: false } as const;
    return depthwise({ name: node.name, attributes }, context, [
      ['depthwise_kernel', { shape: [1, 1, data.length, 1], data }],
    ]);
  },

  activation: (node, { inputs }) => activations[node.attributes.kind](node.name, inputs),

  maxPool: (node, context) =>
    // Keras pads with zeros, which leaves a maximum as it is as long as no value is below them.
    context.nonNegative || node.attributes.padding === 'same'
      ? windowed('MaxPooling2D', node, context, { config: { pool_size: node.attributes.kernel }, variables: [] })
      : withoutPadding('MaxPooling2D', node, context),

  averagePool: (node, context) => {
    const { kernel, stride, padding, countPadding } = node.attributes;
    if (!countPadding) return withoutPadding('AveragePooling2D', node, context);
    // Keras's own `same` does not count what it pads.
    const counted = explicitPadding(padding, [context.shape[0]!, context.shape[1]!], kernel, stride);
    const attributes = { ...node.attributes, padding: counted };
    return windowed('AveragePooling2D', { ...node, attributes }, context, {
      config: { pool_size: kernel },
      variables: [],
    });
  },

  upsample: ({ name, attributes: { factor } }, { inputs }) => [
    layer('UpSampling2D', name, inputs, {
      size: [factor, factor],
      data_format: 'channels_last',
      interpolation: 'nearest',
    }),
  ],

  globalAveragePool: (node, { inputs, shape }) => {
    const pool = (name: string) => layer('GlobalAveragePooling2D', name, inputs, { data_format: 'channels_last' });
    if (!node.attributes.keepSpatial) return [pool(node.name)];
    const pooled = `${node.name}_pooled`;
    return [pool(pooled), layer('Reshape', node.name, [pooled], { target_shape: [1, 1, shape[2]!] })];
  },

  flatten: (node, { inputs }) => [layer('Flatten', node.name, inputs, { data_format: 'channels_last' })],

  add: (node, { inputs }) => [layer('Add', node.name, inputs, {})],

  multiply: (node, { inputs }) => [layer('Multiply', node.name, inputs, {})],

  concat: (node, { inputs }) => [layer('Concatenate', node.name, inputs, { axis: -1 })],

  dropout: (node, { inputs }) => [layer('Dropout', node.name, inputs, { rate: node.attributes.rate })],

  dense: (node, context) => {
    const { units, bias } = node.attributes;
    return [
      layer(
        'Dense',
        node.name,
        context.inputs,
        { units, activation: 'linear', use_bias: bias, kernel_initializer: ZEROS, bias_initializer: ZEROS },
        variables(context, bias ? { kernel: 'kernel', bias: 'bias' } : { kernel: 'kernel' }),
      ),
    ];
  },

  softmax: (node, { inputs }) => [layer('Softmax', node.name, inputs, { axis: -1 })],
};

const activations: Record<ActivationKind, (name: string, inputs: readonly string[]) => KerasLayer[]> = {
  relu: (name, inputs) => [layer('ReLU', name, inputs, {})],
  relu6: (name, inputs) => [layer('ReLU', name, inputs, { max_value: 6 })],
  sigmoid: (name, inputs) => [layer('Activation', name, inputs, { activation: 'sigmoid' })],
  swish: (name, inputs) => [layer('Activation', name, inputs, { activation: 'swish' })],
  gelu: (name, inputs) => [layer('Activation', name, inputs, { activation: 'gelu' })],
  // TensorFlow.js and Keras 2 call another function by the name of hard sigmoid.
  hardSigmoid: (name, inputs) => [
    layer('Rescaling', `${name}_shift`, inputs, { scale: 1, offset: 3 }),
    layer('ReLU', `${name}_clip`, [`${name}_shift`], { max_value: 6 }),
    layer('Rescaling', name, [`${name}_clip`], { scale: 1 / 6, offset: 0 }),
  ],
  hardSwish: (name, inputs) => [
    ...activations.hardSigmoid(`${name}_gate`, inputs),
    layer('Multiply', name, [...inputs, `${name}_gate`], {}),
  ],
  // TensorFlow.js and Keras 2 have no layer of that name.
  logSigmoid: (name, inputs) => [
    layer('Rescaling', `${name}_negated`, inputs, { scale: -1, offset: 0 }),
    layer('Activation', `${name}_softplus`, [`${name}_negated`], { activation: 'softplus' }),
    layer('Rescaling', name, [`${name}_softplus`], { scale: -1, offset: 0 }),
  ],
};

/** The layers for a node of any kind. */
export function kerasLayers<K extends OpName>(node: GraphNode<K>, context: LayerContext): KerasLayer[] {
  return (handlers[node.op] as LayerHandler<K>)(node, context);
}

const depthwiseNames = (bias: boolean) =>
  bias ? ({ kernel: 'depthwise_kernel', bias: 'bias' } as const) : ({ kernel: 'depthwise_kernel' } as const);

function variables(context: LayerContext, names: Partial<Record<ParameterRole, string>>): KerasVariable[] {
  return Object.entries(names).map(([role, name]) => [name, context.weight(role as ParameterRole)]);
}
