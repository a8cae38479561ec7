import { GraphBuilder } from '../builder.ts';
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
 * MobileNetV2 at the widths of the published weights. The last convolution keeps its 1280 channels below width 1.
 *
 * |                | torchvision           | Keras                                        |
 * | -------------- | --------------------- | -------------------------------------------- |
 * | padding        | symmetric             | TensorFlow's `same` (see below)              |
 * | batch norm     | ε 1e-5, momentum 0.1  | ε 1e-3, momentum 0.999 (share of the *old*)  |
 * | classifier     | dropout 0.2, dense    | dense                                        |
 * | initialisation | He normal, fan-out    | Glorot uniform                               |
 * | preprocessing  | ImageNet's statistics | -1 to 1                                      |
 *
 * Keras pads a convolution of stride 2 by ZeroPadding2D before a `valid` one; for odd kernels that is `same`, at even and
 * at odd sizes. Dropout is the identity at inference and left out of the published classifier.
 */
const ROWS: readonly { name: string; dialect: Dialect; width: number }[] = [
  { name: 'mobilenet_v2_keras', dialect: 'keras', width: 1 },
  { name: 'mobilenet_v2_035_keras', dialect: 'keras', width: 0.35 },
  { name: 'mobilenet_v2_050_keras', dialect: 'keras', width: 0.5 },
  { name: 'mobilenet_v2_075_keras', dialect: 'keras', width: 0.75 },
  { name: 'mobilenet_v2_130_keras', dialect: 'keras', width: 1.3 },
  { name: 'mobilenet_v2_140_keras', dialect: 'keras', width: 1.4 },
  { name: 'mobilenet_v2', dialect: 'torchvision', width: 1 },
];

export const mobilenetsV2: readonly Backbone[] = ROWS.map(({ name, dialect, width }) => ({
  name,
  title: width === 1 ? 'MobileNetV2' : `MobileNetV2 ${width}`,
  family: 'MobileNetV2',
  dialect,
  paper: 'Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, CVPR 2018, arXiv:1801.04381',
  input: 224,
  preprocessing: dialect === 'keras' ? MINUS_ONE_TO_ONE : IMAGENET,
  initialisation: dialect === 'keras' ? 'glorotUniform' : 'heNormalFanOut',
  build: () => features(VARIANTS[dialect], width).build(name),
  published: () => classified(features(VARIANTS[dialect], width), VARIANTS[dialect]).build(name),
}));

/** Table 2 of the paper; each row is a block here. */
const STAGES = [
  { expansion: 1, channels: 16, depth: 1, stride: 1 },
  { expansion: 6, channels: 24, depth: 2, stride: 2 },
  { expansion: 6, channels: 32, depth: 3, stride: 2 },
  { expansion: 6, channels: 64, depth: 4, stride: 2 },
  { expansion: 6, channels: 96, depth: 3, stride: 1 },
  { expansion: 6, channels: 160, depth: 3, stride: 2 },
  { expansion: 6, channels: 320, depth: 1, stride: 1 },
] as const;

interface Variant extends ConvStyle {
  stem: ConvNames;
  unit(number: number): string;
  names(unit: string, residual: InvertedResidual): ResidualNames;
  top: ConvNames;
  pool: string;
  dense: string;
}

const VARIANTS: Record<Dialect, Variant> = {
  torchvision: {
    padding: halfKernel,
    epsilon: 1e-5,
    stem: torchvisionConv('features.0'),
    unit: (number) => `features.${number + 1}`,
    names(unit, residual) {
      const names = torchvisionResidual(unit, 'conv', residual);
      // Here the projection's convolution and normalisation stand in the unit's own Sequential.
      const first = residual.expanded === residual.channels ? 1 : 2;
      return { ...names, project: { conv: `${unit}.conv.${first}`, norm: `${unit}.conv.${first + 1}` } };
    },
    top: torchvisionConv('features.18'),
    pool: 'avgpool',
    dense: 'classifier.1',
  },
  keras: {
    padding: () => 'same',
    epsilon: 1e-3,
    stem: { conv: 'Conv1', norm: 'bn_Conv1', activation: 'Conv1_relu' },
    unit: (number) => (number === 0 ? 'expanded_conv' : `block_${number}`),
    names: (unit) => {
      const named = (part: string) => ({
        conv: `${unit}_${part}`,
        norm: `${unit}_${part}_BN`,
        activation: `${unit}_${part}_relu`,
      });
      return {
        expand: named('expand'),
        depthwise: named('depthwise'),
        project: named('project'),
        add: `${unit}_add`,
      };
    },
    top: { conv: 'Conv_1', norm: 'Conv_1_bn', activation: 'out_relu' },
    pool: 'global_average_pooling2d',
    dense: 'predictions',
  },
};

function features(variant: Variant, width: number): GraphBuilder {
  const builder = new GraphBuilder();
  let channels = divisible(32 * width);
  let end = builder.add('input', 'input', [], { channels: 3 });
  builder.within('stem', variant.stem.conv);
  const relu6 = { activation: 'relu6' } as const;
  end = convNorm(builder, end, variant.stem, { filters: channels, kernel: 3, stride: 2, ...relu6 }, variant);
  let number = 0;
  STAGES.forEach((stage, index) => {
    const output = divisible(stage.channels * width);
    for (let repeat = 0; repeat < stage.depth; repeat++, number++) {
      const unit = variant.unit(number);
      const stride = repeat === 0 ? stage.stride : 1;
      const residual = { channels, expanded: channels * stage.expansion, output, kernel: 3, stride, ...relu6 };
      builder.within(`stage${index + 1}`, unit);
      end = invertedResidual(builder, end, variant.names(unit, residual), residual, variant);
      channels = output;
    }
  });
  builder.within('top', variant.top.conv);
  const filters = divisible(1280 * Math.max(1, width));
  convNorm(builder, end, variant.top, { filters, kernel: 1, stride: 1, ...relu6 }, variant);
  return builder;
}

function classified(builder: GraphBuilder, { pool, dense }: Variant): GraphBuilder {
  builder.outside();
  const pooled = builder.add('globalAveragePool', pool, [builder.end], { keepSpatial: false });
  builder.add('dense', dense, [pooled], { units: 1000, bias: true });
  return builder;
}
