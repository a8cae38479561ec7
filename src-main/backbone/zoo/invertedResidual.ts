import type { GraphBuilder } from '../builder.ts';
import type { ActivationKind, Padding } from '../graph.ts';
import { symmetric } from '../padding.ts';

/** What one dialect's layers have in common: how windows are padded, and the epsilon of batch normalisation. */
export interface ConvStyle {
  padding(kernel: number): Padding;
  epsilon: number;
}

/** Torchvision pads (kernel - 1) / 2 on every side, whatever the stride. */
export const halfKernel = (kernel: number): Padding => symmetric((kernel - 1) / 2);

/** A convolution with batch normalisation and, where it has one, an activation. */
export interface ConvNames {
  conv: string;
  norm: string;
  activation: string;
}

export interface SqueezeNames {
  pool: string;
  reduce: string;
  activation: string;
  expand: string;
  gate: string;
  multiply: string;
}

export interface ResidualNames {
  expand: ConvNames;
  depthwise: ConvNames;
  /** Where the family squeezes and excites. */
  squeeze?: SqueezeNames;
  project: Omit<ConvNames, 'activation'>;
  add: string;
}

export interface InvertedResidual {
  channels: number;
  /** Channels of the depthwise convolution; where they are the unit's own, nothing expands them. */
  expanded: number;
  output: number;
  kernel: number;
  stride: number;
  activation: ActivationKind;
  /** Squeeze and excitation (Hu et al. 2018) behind the depthwise convolution. */
  squeeze?: { channels: number; activation: ActivationKind; gate: ActivationKind };
}

/**
 * The inverted residual of MobileNetV2 (Sandler et al. 2018), with squeeze and excitation that of MobileNetV3 and
 * EfficientNet: 1 × 1 expansion, depthwise convolution, 1 × 1 projection without activation, and a skip connection where
 * the shape stays.
 * @returns the name of the unit's last node
 */
export function invertedResidual(
  builder: GraphBuilder,
  input: string,
  names: ResidualNames,
  { channels, expanded, output, kernel, stride, activation, squeeze }: InvertedResidual,
  style: ConvStyle,
): string {
  let end = input;
  if (expanded !== channels) {
    end = convNorm(builder, end, names.expand, { filters: expanded, kernel: 1, stride: 1, activation }, style);
  }
  end = builder.add('depthwiseConv', names.depthwise.conv, [end], {
    kernel: [kernel, kernel],
    stride: [stride, stride],
    padding: style.padding(kernel),
    bias: false,
  });
  end = builder.add('batchNorm', names.depthwise.norm, [end], { epsilon: style.epsilon, scale: true });
  end = builder.add('activation', names.depthwise.activation, [end], { kind: activation });
  if (squeeze) end = excite(builder, end, names.squeeze!, { ...squeeze, output: expanded });
  end = convNorm(builder, end, names.project, { filters: output, kernel: 1, stride: 1 }, style);
  return stride === 1 && channels === output ? builder.add('add', names.add, [input, end], {}) : end;
}

/** A convolution without bias, batch normalisation and, where named, an activation. */
export function convNorm(
  builder: GraphBuilder,
  input: string,
  names: ConvNames | Omit<ConvNames, 'activation'>,
  layer: { filters: number; kernel: number; stride: number; activation?: ActivationKind },
  style: ConvStyle,
): string {
  const { filters, kernel, stride, activation } = layer;
  let end = builder.add('conv', names.conv, [input], {
    filters,
    kernel: [kernel, kernel],
    stride: [stride, stride],
    padding: style.padding(kernel),
    bias: false,
    groups: 1,
  });
  end = builder.add('batchNorm', names.norm, [end], { epsilon: style.epsilon, scale: true });
  return activation && 'activation' in names
    ? builder.add('activation', names.activation, [end], { kind: activation })
    : end;
}

function excite(
  builder: GraphBuilder,
  input: string,
  names: SqueezeNames,
  squeeze: { channels: number; output: number; activation: ActivationKind; gate: ActivationKind },
): string {
  const pointwise = { kernel: [1, 1], stride: [1, 1], padding: 'valid', bias: true, groups: 1 } as const;
  let end = builder.add('globalAveragePool', names.pool, [input], { keepSpatial: true });
  end = builder.add('conv', names.reduce, [end], { ...pointwise, filters: squeeze.channels });
  end = builder.add('activation', names.activation, [end], { kind: squeeze.activation });
  end = builder.add('conv', names.expand, [end], { ...pointwise, filters: squeeze.output });
  end = builder.add('activation', names.gate, [end], { kind: squeeze.gate });
  return builder.add('multiply', names.multiply, [input, end], {});
}

/** Torchvision's Conv2dNormActivation: three numbered parts. */
export function torchvisionConv(prefix: string): ConvNames {
  return { conv: `${prefix}.0`, norm: `${prefix}.1`, activation: `${prefix}.2` };
}

/**
 * Torchvision's names of an inverted residual: the parts that there are, numbered, in the Sequential `sequence` of the
 * module `unit`. The projection is a part of its own.
 */
export function torchvisionResidual(
  unit: string,
  sequence: string,
  { channels, expanded, squeeze }: InvertedResidual,
): ResidualNames {
  const first = expanded === channels ? 0 : 1;
  const part = (index: number) => `${unit}.${sequence}.${index}`;
  const excitation = part(first + 1);
  return {
    expand: torchvisionConv(part(0)),
    depthwise: torchvisionConv(part(first)),
    squeeze: {
      pool: `${excitation}.avgpool`,
      reduce: `${excitation}.fc1`,
      activation: `${excitation}.activation`,
      expand: `${excitation}.fc2`,
      gate: `${excitation}.scale_activation`,
      multiply: excitation,
    },
    project: torchvisionConv(part(first + (squeeze ? 2 : 1))),
    add: unit,
  };
}
