import { GraphBuilder } from '../builder.ts';
import type { ActivationKind } from '../graph.ts';
import { IMAGENET, MINUS_ONE_TO_ONE, type Backbone, type Dialect } from './backbone.ts';
import { divisible } from './divisible.ts';
import {
  convNorm,
  invertedResidual,
  halfKernel,
  torchvisionConv,
  torchvisionResidual,
  type ConvNames,
  type ConvStyle,
  type InvertedResidual,
  type ResidualNames,
} from './invertedResidual.ts';

/**
 * MobileNetV3, large and small, at width 1.
 *
 * |                | torchvision                           | Keras                                         |
 * | -------------- | ------------------------------------- | --------------------------------------------- |
 * | padding        | symmetric                             | TensorFlow's `same`                           |
 * | batch norm     | ε 1e-3, momentum 0.01                 | ε 1e-3, momentum 0.999 (share of the *old*)   |
 * | classifier     | pooling, dense, hard swish, dense     | pooling, 1 × 1 convolutions with bias instead |
 * | initialisation | He normal, fan-out                    | Glorot uniform                                |
 * | preprocessing  | ImageNet's statistics                 | -1 to 1                                       |
 *
 * In both a quarter of the expanded channels, rounded to a multiple of 8, squeezes (ReLU) and a hard sigmoid gates.
 *
 * Keras rescales to -1 … 1 inside its model; here that is the row's preprocessing. Names are those of Keras 3; Keras 2
 * wrote `Conv/BatchNorm` and `expanded_conv_3/squeeze_excite/Conv_1` for `conv_bn` and
 * `expanded_conv_3_squeeze_excite_conv_1`. Keras pads a convolution of stride 2 by ZeroPadding2D before a `valid` one,
 * which is `same` for every size that the model was built for; a Keras model built without a size pads as for an even
 * one, so at odd sizes it alone differs. Dropout is the identity at inference and left out of the published classifier.
 */
const ROWS: readonly { name: string; dialect: Dialect; size: 'small' | 'large' }[] = [
  { name: 'mobilenet_v3_small', dialect: 'torchvision', size: 'small' },
  { name: 'mobilenet_v3_large', dialect: 'torchvision', size: 'large' },
  { name: 'mobilenet_v3_small_keras', dialect: 'keras', size: 'small' },
  { name: 'mobilenet_v3_large_keras', dialect: 'keras', size: 'large' },
];

export const mobilenetsV3: readonly Backbone[] = ROWS.map(({ name, dialect, size }) => ({
  name,
  title: size === 'small' ? 'MobileNetV3 Small' : 'MobileNetV3 Large',
  family: 'MobileNetV3',
  dialect,
  paper: 'Howard et al., Searching for MobileNetV3, ICCV 2019, arXiv:1905.02244',
  input: 224,
  preprocessing: dialect === 'keras' ? MINUS_ONE_TO_ONE : IMAGENET,
  initialisation: dialect === 'keras' ? 'glorotUniform' : 'heNormalFanOut',
  build: () => features(VARIANTS[dialect], NETWORKS[size]).build(name),
  published: () => VARIANTS[dialect].classify(features(VARIANTS[dialect], NETWORKS[size]), NETWORKS[size]).build(name),
}));

type Bottleneck = readonly [
  kernel: number,
  expanded: number,
  output: number,
  squeezes: boolean,
  activation: ActivationKind,
  stride: number,
];

interface Network {
  /** Tables 1 and 2 of the paper. Bottlenecks of one resolution and activation are a block here. */
  blocks: readonly (readonly Bottleneck[])[];
  /** Channels of the classifier's hidden layer. */
  hidden: number;
}

const NETWORKS: Record<'small' | 'large', Network> = {
  large: {
    blocks: [
      [[3, 16, 16, false, 'relu', 1]],
      [
        [3, 64, 24, false, 'relu', 2],
        [3, 72, 24, false, 'relu', 1],
      ],
      [
        [5, 72, 40, true, 'relu', 2],
        [5, 120, 40, true, 'relu', 1],
        [5, 120, 40, true, 'relu', 1],
      ],
      [
        [3, 240, 80, false, 'hardSwish', 2],
        [3, 200, 80, false, 'hardSwish', 1],
        [3, 184, 80, false, 'hardSwish', 1],
        [3, 184, 80, false, 'hardSwish', 1],
      ],
      [
        [3, 480, 112, true, 'hardSwish', 1],
        [3, 672, 112, true, 'hardSwish', 1],
      ],
      [
        [5, 672, 160, true, 'hardSwish', 2],
        [5, 960, 160, true, 'hardSwish', 1],
        [5, 960, 160, true, 'hardSwish', 1],
      ],
    ],
    hidden: 1280,
  },
  small: {
    blocks: [
      [[3, 16, 16, true, 'relu', 2]],
      [
        [3, 72, 24, false, 'relu', 2],
        [3, 88, 24, false, 'relu', 1],
      ],
      [
        [5, 96, 40, true, 'hardSwish', 2],
        [5, 240, 40, true, 'hardSwish', 1],
        [5, 240, 40, true, 'hardSwish', 1],
      ],
      [
        [5, 120, 48, true, 'hardSwish', 1],
        [5, 144, 48, true, 'hardSwish', 1],
      ],
      [
        [5, 288, 96, true, 'hardSwish', 2],
        [5, 576, 96, true, 'hardSwish', 1],
        [5, 576, 96, true, 'hardSwish', 1],
      ],
    ],
    hidden: 1024,
  },
};

interface Variant extends ConvStyle {
  stem: ConvNames;
  names(number: number, residual: InvertedResidual): ResidualNames;
  top(bottlenecks: number): ConvNames;
  classify(builder: GraphBuilder, network: Network): GraphBuilder;
}

const VARIANTS: Record<Dialect, Variant> = {
  torchvision: {
    padding: halfKernel,
    epsilon: 1e-3,
    stem: torchvisionConv('features.0'),
    names: (number, residual) => torchvisionResidual(`features.${number + 1}`, 'block', residual),
    top: (bottlenecks) => torchvisionConv(`features.${bottlenecks + 1}`),
    classify(builder, { hidden }) {
      builder.outside();
      let end = builder.add('globalAveragePool', 'avgpool', [builder.end], { keepSpatial: false });
      end = builder.add('dense', 'classifier.0', [end], { units: hidden, bias: true });
      end = builder.add('activation', 'classifier.1', [end], { kind: 'hardSwish' });
      builder.add('dense', 'classifier.3', [end], { units: 1000, bias: true });
      return builder;
    },
  },
  keras: {
    padding: () => 'same',
    epsilon: 1e-3,
    stem: kerasConv('conv'),
    names(number) {
      const unit = number === 0 ? 'expanded_conv' : `expanded_conv_${number}`;
      const squeeze = `${unit}_squeeze_excite`;
      return {
        expand: kerasConv(`${unit}_expand`),
        depthwise: kerasConv(`${unit}_depthwise`),
        squeeze: {
          pool: `${squeeze}_avg_pool`,
          reduce: `${squeeze}_conv`,
          activation: `${squeeze}_relu`,
          expand: `${squeeze}_conv_1`,
          gate: `${squeeze}_gate`,
          multiply: `${squeeze}_mul`,
        },
        project: kerasConv(`${unit}_project`),
        add: `${unit}_add`,
      };
    },
    top: () => kerasConv('conv_1'),
    classify(builder, { hidden }) {
      const pointwise = { kernel: [1, 1], stride: [1, 1], padding: 'same', bias: true, groups: 1 } as const;
      builder.outside();
      let end = builder.add('globalAveragePool', 'avg_pool', [builder.end], { keepSpatial: true });
      end = builder.add('conv', 'conv_2', [end], { ...pointwise, filters: hidden });
      end = builder.add('activation', 'conv_2_activation', [end], { kind: 'hardSwish' });
      end = builder.add('conv', 'logits', [end], { ...pointwise, filters: 1000 });
      builder.add('flatten', 'flatten', [end], {});
      return builder;
    },
  },
};

/** Keras numbers its activations as they come; here they take the name of what they follow. */
function kerasConv(conv: string): ConvNames {
  return { conv, norm: `${conv}_bn`, activation: `${conv}_activation` };
}

function features(variant: Variant, { blocks }: Network): GraphBuilder {
  const builder = new GraphBuilder();
  let channels = 16;
  let end = builder.add('input', 'input', [], { channels: 3 });
  builder.within('stem', variant.stem.conv);
  const stem = { filters: channels, kernel: 3, stride: 2, activation: 'hardSwish' } as const;
  end = convNorm(builder, end, variant.stem, stem, variant);
  let number = 0;
  blocks.forEach((block, index) => {
    for (const [kernel, expanded, output, squeezes, activation, stride] of block) {
      const residual: InvertedResidual = {
        channels,
        expanded,
        output,
        kernel,
        stride,
        activation,
        ...(squeezes
          ? { squeeze: { channels: divisible(expanded / 4), activation: 'relu', gate: 'hardSigmoid' } }
          : {}),
      };
      const names = variant.names(number, residual);
      builder.within(`stage${index + 1}`, names.add);
      end = invertedResidual(builder, end, names, residual, variant);
      channels = output;
      number++;
    }
  });
  const top = variant.top(number);
  builder.within('top', top.conv);
  convNorm(builder, end, top, { filters: 6 * channels, kernel: 1, stride: 1, activation: 'hardSwish' }, variant);
  return builder;
}
