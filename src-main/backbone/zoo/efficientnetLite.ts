import type { Backbone } from './backbone.ts';
import { efficientnetClassified, efficientnetFeatures, type EfficientnetVariant } from './efficientnetFeatures.ts';

/**
 * EfficientNet-Lite 0 to 4 (`models/official/efficientnet/lite` of TensorFlow's TPU repository): EfficientNet for devices
 * that compute in integers. Against EfficientNet: no squeeze and excitation, ReLU6 in place of swish, stem and top as wide
 * as B0's and first and last stage as deep, at any scale. TensorFlow's `same` padding, batch norm with ε 1e-3 and momentum
 * 0.99 (share of the *old*).
 *
 * Names are those of the packages `efficientnet_pytorch` and `efficientnet_lite_pytorch`, through which the published
 * weights are had; there, one module `_swish` stands for all activations of a unit, which here follow their
 * normalisations. They were trained on images brought to the input size by bicubic resizing; stochastic depth and the
 * classifier's dropout are the identity at inference and left out of the graph.
 */
const SCALES = [
  { number: 0, width: 1, depth: 1, input: 224 },
  { number: 1, width: 1, depth: 1.1, input: 240 },
  { number: 2, width: 1.1, depth: 1.2, input: 260 },
  { number: 3, width: 1.2, depth: 1.4, input: 280 },
  { number: 4, width: 1.4, depth: 1.8, input: 300 },
] as const;

/** (x - 127) / 128 of a pixel from 0 to 255. */
const OFFSET_127 = [127 / 255, 127 / 255, 127 / 255] as const;
const SCALE_128 = [128 / 255, 128 / 255, 128 / 255] as const;

const convNames = (module: string, conv: string, norm: string) => ({
  conv: `${module}${conv}`,
  norm: `${module}${norm}`,
  activation: `${module}${norm}._swish`,
});

/** As these packages have EfficientNet, too, which squeezes and excites. */
export const EFFICIENTNET_PYTORCH: EfficientnetVariant = {
  padding: () => 'same',
  epsilon: 1e-3,
  stem: convNames('', '_conv_stem', '_bn0'),
  names({ number }) {
    const unit = `_blocks.${number}`;
    return {
      expand: convNames(`${unit}.`, '_expand_conv', '_bn0'),
      depthwise: convNames(`${unit}.`, '_depthwise_conv', '_bn1'),
      squeeze: {
        pool: `${unit}._se_pool`,
        reduce: `${unit}._se_reduce`,
        activation: `${unit}._se_reduce._swish`,
        expand: `${unit}._se_expand`,
        gate: `${unit}._se_expand._sigmoid`,
        multiply: `${unit}._se`,
      },
      project: convNames(`${unit}.`, '_project_conv', '_bn2'),
      add: unit,
    };
  },
  top: convNames('', '_conv_head', '_bn1'),
  pool: '_avg_pooling',
  dense: '_fc',
};

export const efficientnetLites: readonly Backbone[] = SCALES.map(({ number, width, depth, input }) => {
  const name = `efficientnet_lite${number}`;
  const features = () =>
    efficientnetFeatures(EFFICIENTNET_PYTORCH, { width, depth, activation: 'relu6', squeeze: false, fixedEnds: true });
  return {
    name,
    title: `EfficientNet-Lite${number}`,
    family: 'EfficientNet-Lite',
    dialect: 'torchvision',
    library: 'efficientnet_pytorch',
    paper:
      'Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, ICML 2019, arXiv:1905.11946; Lite: github.com/tensorflow/tpu, models/official/efficientnet/lite, 2020',
    input,
    preprocessing: { mean: [...OFFSET_127], std: [...SCALE_128] },
    initialisation: 'heNormalFanOut',
    build: () => features().build(name),
    published: () => efficientnetClassified(features(), EFFICIENTNET_PYTORCH).build(name),
  };
});
