import { HEAD_DENSE } from '../../backbone/head.ts';
import type { OpName, Parameter, ParameterRole, Shape } from '../../backbone/graph.ts';
import type { Dialect } from '../../backbone/zoo/index.ts';

/** What a parameter is called in a dialect's files, and which axis of the file's tensor each of its own axes is. */
interface Layout {
  /** Empty: the parameter has the name of its node. */
  suffix: string;
  order?: readonly number[];
  /** Axes of length 1 that the file has behind them. */
  unit?: number;
}

interface DialectRules {
  separator: '.' | '/';
  layouts: Partial<Record<OpName, Partial<Record<ParameterRole, Layout>>>>;
  /** From a name in a file, or one that is wanted, to what is compared: what varies without meaning is dropped. */
  canonical: (name: string) => string;
  /** Counters, states of optimisers, and heads under the names that people give them, behind any wrapper's prefix. */
  ignored: RegExp;
}

/** Torch keeps convolutions as [out, in, h, w] and dense layers as [out, in]. */
const torchvision: DialectRules = {
  separator: '.',
  layouts: {
    conv: { kernel: { suffix: 'weight', order: [2, 3, 1, 0] }, bias: { suffix: 'bias' } },
    depthwiseConv: { kernel: { suffix: 'weight', order: [2, 3, 0, 1] }, bias: { suffix: 'bias' } },
    dense: { kernel: { suffix: 'weight', order: [1, 0] }, bias: { suffix: 'bias' } },
    batchNorm: {
      gamma: { suffix: 'weight' },
      beta: { suffix: 'bias' },
      mean: { suffix: 'running_mean' },
      variance: { suffix: 'running_var' },
    },
    layerNorm: { gamma: { suffix: 'weight' }, beta: { suffix: 'bias' } },
    channelScale: { gamma: { suffix: '', unit: 2 } },
  },
  // Torch before 0.4 put a dot before these numbers; torchvision's own published DenseNets still have it.
  canonical: (name) => name.replace(/(denselayer\d+\.(?:norm|conv))\.([12]\.)/, '$1$2'),
  ignored:
    /(^|\.)num_batches_tracked$|^optimizer|^(head|heads|classifier|pre_logits|fc|linear|last_linear|cls_head|class_layers|op_threshs)(\.|$)/,
};

/** Keras's layouts are ours. */
const keras: DialectRules = {
  separator: '/',
  layouts: {
    conv: { kernel: { suffix: 'kernel' }, bias: { suffix: 'bias' } },
    depthwiseConv: { kernel: { suffix: 'depthwise_kernel' }, bias: { suffix: 'bias' } },
    dense: { kernel: { suffix: 'kernel' }, bias: { suffix: 'bias' } },
    batchNorm: {
      gamma: { suffix: 'gamma' },
      beta: { suffix: 'beta' },
      mean: { suffix: 'moving_mean' },
      variance: { suffix: 'moving_variance' },
    },
    layerNorm: { gamma: { suffix: 'gamma' }, beta: { suffix: 'beta' } },
    channelScale: { gamma: { suffix: 'gamma' } },
  },
  canonical: kerasName,
  ignored:
    /^(Logits|predictions|probs|conv_preds|fc\d*|dense(_\d+)?|head|head_dense|classifier|(layer_)?normalization(_\d+)?|rescaling(_\d+)?)\//,
};

export const dialects: Readonly<Record<Dialect, DialectRules>> = { torchvision, keras };

/** Where and how a parameter lies in the files of a dialect. */
export interface InFile {
  name: string;
  shape: Shape;
  /** Which of the axes in the file each own one is; undefined: the file has them as they are. */
  order: readonly number[] | undefined;
  /** The axes that `order` is of. They are those of the shape, unless some of them are written as one. */
  axes: Shape;
}

/**
 * Name, shape and axis order of a parameter in the files of a dialect. What reads a flattened map is own order in Keras and
 * in the graph, position by position; torch reads channel by channel. The head's dense layer was never in such a file.
 */
export function inFile(parameter: Parameter, dialect: Dialect): InFile {
  const rules = dialects[dialect];
  const layout = rules.layouts[parameter.op]?.[parameter.role];
  if (!layout) throw new Error(`no ${dialect} name for the ${parameter.role} of a ${parameter.op}`);
  const shape = [...parameter.shape];
  layout.order?.forEach((axis, own) => (shape[axis] = parameter.shape[own]!));
  for (let axis = 0; axis < (layout.unit ?? 0); axis++) shape.push(1);
  const name = layout.suffix === '' ? parameter.node : `${parameter.node}${rules.separator}${layout.suffix}`;
  if (dialect === 'torchvision' && parameter.map && parameter.node !== HEAD_DENSE) {
    const [height, width, channels] = parameter.map as [number, number, number];
    return { name, shape, order: [2, 3, 1, 0], axes: [shape[0]!, channels, height, width] };
  }
  return { name, shape, order: layout.order, axes: shape };
}

/** Variables in the style of Keras 1, in which the VGG weights that Keras still publishes are. */
const KERAS_1: Readonly<Record<string, string>> = {
  W: 'kernel',
  b: 'bias',
  gamma: 'gamma',
  beta: 'beta',
  running_mean: 'moving_mean',
  running_std: 'moving_variance',
};

/**
 * `nested/models/layer/variable`: the layer's name stands once, without the scopes that Keras repeats it in, and the
 * variable without its number (`conv1/model/conv1/kernel:0` is `conv1/kernel`). Keras 3 names a depthwise kernel like any
 * other, and the only variable of ConvNeXt's LayerScale not at all.
 */
function kerasName(name: string): string {
  // The published DenseNets are older than Keras's ban on slashes in names of layers.
  const path = name
    .replace(/:\d+$/, '')
    .replaceAll(/\bconv1\/(conv|bn)\//g, 'conv1_$1/')
    .split('/');
  let variable = path.pop()!;
  const parts = once(path.filter((part) => !SEQUENTIAL.test(part)));
  const [first] = parts;
  // Where the group of a layer holds its own name again, all between is scopes.
  const layer = parts.length > 1 && sameLayer(parts.at(-1)!, first!) ? [first!] : parts;
  const old = /^(.*)_(W|b|gamma|beta|running_mean|running_std)(_\d+)?$/.exec(variable);
  if (old && old[1] === layer.at(-1)) variable = KERAS_1[old[2]!]!;
  if (variable === 'depthwise_kernel') variable = 'kernel';
  if (/^variable(_\d+)?$/i.test(variable)) variable = 'gamma';
  return [...layer, variable].join('/');
}

/** Sequential models inside a network, which hold layers that are named apart from them; ConvNeXt names its own. */
const SEQUENTIAL = /^(sequential(_\d+)?|convnext_[a-z]+_(stem|downsampling_block_\d))$/;

/** A layer whose own name has slashes stands in its group by all of it: `Conv/BatchNorm/Conv/BatchNorm`. */
function once(path: string[]): string[] {
  const half = path.slice(0, path.length / 2);
  return half.length > 1 && path.join('/') === [...half, ...half].join('/') ? half : path;
}

/** TensorFlow numbers a scope whose name was taken: `conv1_1` in the group of `conv1`. */
function sameLayer(scope: string, group: string): boolean {
  return scope === group || (scope.startsWith(`${group}_`) && /^\d+$/.test(scope.slice(group.length + 1)));
}
