import { IMAGENET, type Backbone, type Dialect } from './backbone.ts';
import { efficientnetClassified, efficientnetFeatures, type EfficientnetVariant } from './efficientnetFeatures.ts';
import { halfKernel, torchvisionConv, torchvisionResidual } from './invertedResidual.ts';

/**
 * EfficientNet B0 to B3.
 *
 * |                | torchvision                        | Keras                                                 |
 * | -------------- | ---------------------------------- | ----------------------------------------------------- |
 * | padding        | symmetric                          | TensorFlow's `same`                                   |
 * | batch norm     | ε 1e-5, momentum 0.1               | ε 1e-3, momentum 0.99 (share of the *old*)            |
 * | initialisation | He normal, fan-out                 | VarianceScaling(2, fan-out), truncated normal         |
 * | input of B2    | 288 (its weights come from timm)   | 260                                                   |
 * | drop connect   | stochastic depth                   | dropout of whole samples                              |
 *
 * In both a quarter of the unit's *input* channels squeezes (swish) and a sigmoid gates.
 *
 * Stochastic depth and the classifier's dropout are the identity at inference and left out of the graph.
 *
 * Preprocessing is ImageNet's statistics in both. Keras has it inside its model: value / 255, then a Normalization layer
 * whose published `variance` holds the standard deviations 0.229, 0.224, 0.225, so that it divides by their roots, then,
 * for that reason (tensorflow issue 49930), a Rescaling by 1 / √deviation: together (value / 255 - mean) / deviation. The
 * layer's seven values (mean, variance and a count) are in Keras's parameter counts and not in the graph.
 */
const SCALES = [
  { scale: 'b0', width: 1, depth: 1, inputs: { torchvision: 224, keras: 224 } },
  { scale: 'b1', width: 1, depth: 1.1, inputs: { torchvision: 240, keras: 240 } },
  { scale: 'b2', width: 1.1, depth: 1.2, inputs: { torchvision: 288, keras: 260 } },
  { scale: 'b3', width: 1.2, depth: 1.4, inputs: { torchvision: 300, keras: 300 } },
] as const;

const DIALECTS = ['torchvision', 'keras'] as const;

export const efficientnets: readonly Backbone[] = DIALECTS.flatMap((dialect) =>
  SCALES.map(({ scale, width, depth, inputs }) => {
    const name = `efficientnet_${scale}${dialect === 'keras' ? '_keras' : ''}`;
    const features = () =>
      efficientnetFeatures(VARIANTS[dialect], { width, depth, activation: 'swish', squeeze: true, fixedEnds: false });
    return {
      name,
      title: `EfficientNet-${scale.toUpperCase()}`,
      family: 'EfficientNet',
      dialect,
      paper:
        'Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, ICML 2019, arXiv:1905.11946',
      input: inputs[dialect],
      preprocessing: IMAGENET,
      initialisation: dialect === 'keras' ? 'truncatedNormalFanOut' : 'heNormalFanOut',
      build: () => features().build(name),
      published: () => efficientnetClassified(features(), VARIANTS[dialect]).build(name),
    } satisfies Backbone;
  }),
);

const VARIANTS: Record<Dialect, EfficientnetVariant> = {
  torchvision: {
    padding: halfKernel,
    epsilon: 1e-5,
    stem: torchvisionConv('features.0'),
    names: ({ stage, repeat }, residual) => torchvisionResidual(`features.${stage}.${repeat}`, 'block', residual),
    top: torchvisionConv('features.8'),
    pool: 'avgpool',
    dense: 'classifier.1',
  },
  keras: {
    padding: () => 'same',
    epsilon: 1e-3,
    stem: { conv: 'stem_conv', norm: 'stem_bn', activation: 'stem_activation' },
    names({ stage, repeat }) {
      const unit = `block${stage}${'abcdefgh'[repeat]!}`;
      return {
        expand: { conv: `${unit}_expand_conv`, norm: `${unit}_expand_bn`, activation: `${unit}_expand_activation` },
        depthwise: { conv: `${unit}_dwconv`, norm: `${unit}_bn`, activation: `${unit}_activation` },
        squeeze: {
          pool: `${unit}_se_squeeze`,
          reduce: `${unit}_se_reduce`,
          activation: `${unit}_se_reduce_activation`,
          expand: `${unit}_se_expand`,
          gate: `${unit}_se_expand_activation`,
          multiply: `${unit}_se_excite`,
        },
        project: { conv: `${unit}_project_conv`, norm: `${unit}_project_bn` },
        add: `${unit}_add`,
      };
    },
    top: { conv: 'top_conv', norm: 'top_bn', activation: 'top_activation' },
    pool: 'avg_pool',
    dense: 'predictions',
  },
};
