import type { Backbone } from '../../backbone/zoo/index.ts';
import { kerasPositions } from './kerasPositions.ts';
import { timmNames, type TimmNames } from './timm.ts';
import { transformersConvnext, transformersResnet } from './transformers.ts';

/** From the published name of a parameter to what a way of saving the network calls it; undefined: it has none. */
export type Style = (name: string) => string | undefined;

const published: Style = (name) => name;

/** `model.features.state_dict()`, or the network as an `nn.Sequential` of its children. */
const featuresAlone: Style = (name) => (name.startsWith('features.') ? name.slice('features.'.length) : undefined);

/** A torchvision network as an `nn.Sequential` of its children; `.` is one without parameters, which counts too. */
function children(listed: string): Style {
  const names = listed.split(' ');
  return (name) => {
    const [child, ...rest] = name.split('.');
    const index = names.indexOf(child!);
    return index < 0 ? undefined : [index, ...rest].join('.');
  };
}

/** RadImageNet saves these. Torchvision's Inception-v3 has an auxiliary classifier where nobody leaves it out. */
const CHILDREN: readonly Style[] = [
  children('conv1 bn1 . . layer1 layer2 layer3 layer4'),
  ...['', '. '].map((auxiliary) =>
    children(
      'Conv2d_1a_3x3 Conv2d_2a_3x3 Conv2d_2b_3x3 . Conv2d_3b_1x1 Conv2d_4a_3x3 . Mixed_5b Mixed_5c Mixed_5d ' +
        `Mixed_6a Mixed_6b Mixed_6c Mixed_6d Mixed_6e ${auxiliary}Mixed_7a Mixed_7b Mixed_7c`,
    ),
  ),
];

/** MONAI's DenseNets: a dense layer's own layers are in `layers`, the classifier is `class_layers.out`. */
const monaiDensenet: Style = (name) =>
  name.replace(/(denselayer\d+)\./, '$1.layers.').replace(/^classifier\./, 'class_layers.out.');

/** Timm's VGGs have torchvision's features, and dense layers written as convolutions. */
const timmVgg: Style = (name) =>
  name.replace(/^classifier\.([03])\./, (_, at) => `pre_logits.fc${at === '0' ? 1 : 2}.`);

/** Before Keras 3, names of MobileNetV3's layers had slashes: `expanded_conv_3/squeeze_excite/Conv_1`, `Conv/BatchNorm`. */
const keras2MobilenetV3: Style = (name) => {
  const layer = /^(expanded_conv(?:_\d+)?_)?(squeeze_excite_)?(conv(?:_\d)?|expand|depthwise|project)(_bn)?\/(.+)$/;
  const [, unit, squeeze, part, norm, variable] = layer.exec(name) ?? [];
  if (part === undefined) return undefined;
  const path = [unit?.slice(0, -1), squeeze?.slice(0, -1), part.replace('conv', 'Conv'), norm && 'BatchNorm', variable];
  return path.filter(Boolean).join('/');
};

/** The name of a node becomes timm's, what follows it stays. */
function timmStyle({ modules }: TimmNames): Style {
  return (name) => {
    const own = modules.get(name);
    if (own !== undefined) return own;
    const end = name.lastIndexOf('.');
    const module = modules.get(name.slice(0, end));
    return module === undefined ? undefined : module + name.slice(end);
  };
}

/** Files without the names of the layers; of ConvNeXt, whose layers are partly in models of their own, there are none. */
function byPosition(backbone: Backbone): Style {
  const graph = backbone.published();
  const positions = graph.nodes.some(({ op }) => op === 'channelScale')
    ? new Map<string, string>()
    : kerasPositions(graph);
  return (name) => {
    const end = name.lastIndexOf('/');
    const layer = positions.get(name.slice(0, end));
    return layer === undefined ? undefined : layer + name.slice(end);
  };
}

/** What single families are called elsewhere. */
const FAMILY: Readonly<Record<string, readonly Style[]>> = {
  DenseNet: [monaiDensenet],
  VGG: [timmVgg],
  ResNet: [transformersResnet],
  ConvNeXt: [transformersConvnext],
};

/** The styles in which files of a backbone may be named; timm's may bring another epsilon. */
export function stylesOf(backbone: Backbone): { style: Style; epsilon?: number | undefined }[] {
  if (backbone.dialect === 'keras') {
    return [published, keras2MobilenetV3, byPosition(backbone)].map((style) => ({ style }));
  }
  const timm = timmNames(backbone);
  return [
    ...[published, featuresAlone, ...CHILDREN].map((style) => ({ style })),
    ...(FAMILY[backbone.family] ?? []).map((style) => ({ style })),
    ...(timm ? [{ style: timmStyle(timm), epsilon: timm.epsilon }] : []),
  ];
}
