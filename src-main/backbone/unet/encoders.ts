import type { Graph } from '../graph.ts';
import { efficientnetFeatures } from '../zoo/efficientnetFeatures.ts';
import { EFFICIENTNET_PYTORCH } from '../zoo/efficientnetLite.ts';
import { findBackbone } from '../zoo/index.ts';
import { ENCODERS, type UnetName } from './names.ts';

/** An encoder as segmentation_models.pytorch has it: which of its maps a decoder reads. */
export interface Encoder {
  /** The graph, with the published names; it is cut off behind its last end. */
  build(): Graph;
  /** Where it may end: nodes whose maps have 1/2, 1/4, 1/8, 1/16 and 1/32 of the image's sides. */
  ends: Five;
  /** Nodes with 1/2 to 1/16 of the sides that a decoder reads besides; left out: the ends before the last. */
  skips?: Four;
  /** Two more convolutions between encoder and decoder. */
  centre?: true;
}

type Four = readonly [half: string, quarter: string, eighth: string, sixteenth: string];
type Five = readonly [...Four, string];

const ofZoo = (name: UnetName) => () => findBackbone(ENCODERS[name]).build();

const resnet = (name: UnetName, ...ends: Five): Encoder => ({ build: ofZoo(name), ends });

/**
 * The encoders of segmentation_models.pytorch 0.6.0. ResNet, VGG and MobileNetV2 are torchvision's, and so the zoo's. VGG's
 * skips come before the pool that ends their block; for VGG alone the decoder has a centre. EfficientNet-B0 is that of the
 * package efficientnet_pytorch (TensorFlow's `same` padding, ε 1e-3, other names), not torchvision's; its 1/16 is the map of
 * the first unit that has 112 channels, and the published top convolution is not used.
 */
export const encoders: Record<UnetName, Encoder> = {
  unet_resnet18: resnet('unet_resnet18', 'relu', 'layer1.1', 'layer2.1', 'layer3.1', 'layer4.1'),
  unet_resnet34: resnet('unet_resnet34', 'relu', 'layer1.2', 'layer2.3', 'layer3.5', 'layer4.2'),
  unet_resnet50: resnet('unet_resnet50', 'relu', 'layer1.2', 'layer2.3', 'layer3.5', 'layer4.2'),
  unet_vgg16: {
    build: ofZoo('unet_vgg16'),
    ends: ['features.4', 'features.9', 'features.16', 'features.23', 'features.30'],
    skips: ['features.8', 'features.15', 'features.22', 'features.29'],
    centre: true,
  },
  unet_efficientnet_b0: {
    build: () =>
      efficientnetFeatures(EFFICIENTNET_PYTORCH, {
        width: 1,
        depth: 1,
        activation: 'swish',
        squeeze: true,
        fixedEnds: false,
      }).build('efficientnet-b0'),
    ends: ['_bn0._swish', '_blocks.2', '_blocks.4', '_blocks.8._bn2', '_blocks.15._bn2'],
  },
  unet_mobilenet_v2: {
    build: ofZoo('unet_mobilenet_v2'),
    ends: ['features.1.conv.2', 'features.3', 'features.6', 'features.13', 'features.18.2'],
  },
};
