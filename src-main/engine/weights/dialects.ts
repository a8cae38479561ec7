import type { OpName, Parameter, ParameterRole, Shape } from '../../backbone/graph.ts';
import type { Dialect } from '../../backbone/zoo/index.ts';

/** What a parameter is called in a dialect's files, and which axis of the file's tensor each of its own axes is. */
interface Layout {
  suffix: string;
  order?: readonly number[];
}

interface DialectRules {
  separator: string;
  layouts: Partial<Record<OpName, Partial<Record<ParameterRole, Layout>>>>;
  /** From the name in a file to what is compared: the part that varies without meaning is dropped. */
  canonical: (name: string) => string;
  /** Wrappers around the network that put their own name in front of every name, and may be dropped. */
  prefixes: RegExp;
  /** The classifier of the published network, and counters: left out of a backbone. */
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
  },
  canonical: (name) => name,
  prefixes: /^((module|model|backbone|encoder)\.)+/,
  ignored: /(^|\.)num_batches_tracked$|^(fc|linear|head|classifier(\.\d+)?)\.(weight|bias)$/,
};

/** Keras's layouts are ours; its files repeat the layer's name in the path and number the variables (`kernel:0`). */
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
  },
  canonical: (name) => name.replace(/:\d+$/, '').split('/').slice(-2).join('/'),
  prefixes: /^(?!)/,
  ignored: /^(Logits|predictions|probs|fc\d*|dense(_\d+)?|head_dense)\/(kernel|bias)$/,
};

export const dialects: Readonly<Record<Dialect, DialectRules>> = { torchvision, keras };

/** Name, shape and axis order of a parameter in the files of a dialect. */
export function inFile(
  parameter: Parameter,
  dialect: Dialect,
): { name: string; shape: Shape; order: readonly number[] | undefined } {
  const rules = dialects[dialect];
  const layout = rules.layouts[parameter.op]?.[parameter.role];
  if (!layout) throw new Error(`no ${dialect} name for the ${parameter.role} of a ${parameter.op}`);
  const shape = [...parameter.shape];
  layout.order?.forEach((axis, own) => (shape[axis] = parameter.shape[own]!));
  return { name: `${parameter.node}${rules.separator}${layout.suffix}`, shape, order: layout.order };
}
