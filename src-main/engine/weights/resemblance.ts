import { backbones, libraryOf, type Backbone } from '../../backbone/zoo/index.ts';
import { cifarResnet } from './cifarResnet.ts';
import type { WeightFile } from './file.ts';
import { compareWeights, type Comparison } from './match.ts';

/** From this share of a backbone's parameters a file is said to be like it. */
const ALIKE = 0.3;

/** Networks that hold all of one that Cutpoint has, and more, which makes them others. */
const MORE_THAN_KNOWN: typeof KNOWN_BY_NAME = [
  [
    /\.(zero_point|_packed_params)$/,
    'a quantised network, whose values are rounded to integers; the weights from before quantisation can be read',
  ],
  [
    /\.weight_orig$/,
    'a network whose layers are pruned or normalised spectrally; it can be read when it was saved after torch.nn.utils.prune.remove or remove_spectral_norm',
  ],
  [
    /\.(parametrizations\.\w+\.(original\d?|\d)|weight_g$)/,
    'a network whose layers are parametrised anew (weight_norm, spectral_norm); it can be read when it was saved after torch.nn.utils.parametrize.remove_parametrizations or remove_weight_norm',
  ],
  [/(^|\.)_blocks\.\d+\.\d+\._se_reduce\./, 'an EfficientNet of MONAI, for which Cutpoint has no network'],
  [
    /(^|\.)_blocks\.\d+\._se_reduce\./,
    'an EfficientNet with squeeze and excitation of the package efficientnet_pytorch; of that package Cutpoint reads EfficientNet-Lite, and of B0 to B3 the weights of torchvision, timm or Keras',
  ],
];

const TRANSFORMERS =
  'of Hugging Face Transformers, whose names Cutpoint does not know; timm and torchvision have such networks under names that it knows';

/** Networks and ways of saving that Cutpoint does not have, by a name that only they have. The first that fits counts. */
const KNOWN_BY_NAME: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/(^|\.)segmentation_head\.|(^|\.)decoder\.blocks\.\d/, 'a segmentation network of segmentation_models_pytorch'],
  [/(^|\.)(unit\d+\.(conv|adn)|submodule\.(\d|conv|adn))\./, 'a network of MONAI'],
  [/(^|\.)embedder\.embedder\.(convolution|normalization)\./, `a ResNet or RegNet ${TRANSFORMERS}`],
  [/\.layer_scale_parameter$/, `a ConvNeXt ${TRANSFORMERS}`],
  [
    /(^|\.)(embeddings\.convolution|blocks\.\d+\.depthwise_conv|conv_stem\.first_conv)\./,
    `an EfficientNet or MobileNet ${TRANSFORMERS}`,
  ],
  [/relative_position_bias_table$/, 'a Swin Transformer'],
  [/(^|\.)blocks\.\d+\.attn\.qkv\./, 'a Vision Transformer from timm'],
  [/(^|\.)encoder\.layers\.encoder_layer_\d+\./, 'a Vision Transformer of torchvision'],
  [/(^|\.)(vision_model|vit|dinov2|clip)\..*(self_attn|attention)\./, 'a Vision Transformer from Hugging Face'],
  [/(^|\.)(visual\.transformer|transformer)\.resblocks\.\d+\./, 'a CLIP model'],
  [/(^|\.)(bert|word_embeddings|embed_tokens)\b/, 'a language model'],
  [/(^|\.)(conv_stem|blocks\.\d+\.\d+\.conv_(pw|dw|pwl))\./, 'an EfficientNet or MobileNet from timm'],
  [/(^|\.)stages\.\d+\.blocks\.\d+\./, 'a network from timm'],
  [/(^|\.)(rpn|roi_heads|bbox_head)\./, 'a detection network'],
  [/(^|\.)(exp_avg|exp_avg_sq|momentum_buffer|square_avg)$/, 'the state of an optimiser, without the weights'],
  [/double_conv|(^|\.)(up|down)\d+\./, 'a U-Net'],
  [
    /(^|\/)(conv2d|batch_normalization)#\d+\//,
    'Keras weights without the names of their layers, of no network that Cutpoint has; as .keras they would have names',
  ],
  [/(^|\.)denseblock\d+\./, 'a DenseNet'],
  [/(^|\.)layer[1-4]\.\d+\.(conv|bn)\d\./, 'a residual network'],
  [/\.(weight|running_mean)$/, 'a PyTorch network that Cutpoint does not have'],
  [/\/(kernel|depthwise_kernel|gamma)(:\d+)?$/, 'a Keras network that Cutpoint does not have'],
];

export interface Resemblance {
  /** The backbones that the file fits whole, the best first. */
  candidates: Backbone[];
  /** The backbone of which it holds most, if it holds any. */
  closest: { backbone: Backbone; comparison: Comparison } | undefined;
  /** What kind of file its names look like, in words; null where they are like nothing known. */
  looksLike: string | null;
}

/** Every parameter is there with its shape, and nothing more of the network's own modules. */
export function fitsWhole({ report, foreign }: Comparison): boolean {
  return report.missing.length === 0 && report.mismatched.length === 0 && foreign.length === 0;
}

/** What a file of weights is, as far as names and shapes tell; no value is read. */
export function resemblance(file: WeightFile): Resemblance {
  const compared = backbones.map((backbone) => ({ backbone, comparison: compareWeights(backbone, file) }));
  const ranked = compared
    .filter(({ comparison }) => comparison.report.matched.length > 0)
    .sort((a, b) => compareRank(a.comparison, b.comparison));
  const candidates = ranked.filter(({ comparison }) => fitsWhole(comparison)).map(({ backbone }) => backbone);
  const closest = ranked[0];
  return { candidates, closest, looksLike: describe(candidates, closest, file) };
}

/** The better fit first: a whole one, then the larger share of its parameters, then the fewer tensors left over. */
function compareRank(a: Comparison, b: Comparison): number {
  return (
    Number(fitsWhole(b)) - Number(fitsWhole(a)) ||
    share(b) - share(a) ||
    a.report.unexpected.length - b.report.unexpected.length
  );
}

function share({ report: { matched, missing, mismatched } }: Comparison): number {
  return matched.length / (matched.length + missing.length + mismatched.length);
}

function describe(candidates: Backbone[], closest: Resemblance['closest'], file: WeightFile): string | null {
  const names = [...file.tensors.keys()];
  const namedIn = (list: typeof KNOWN_BY_NAME) =>
    list.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
  const [first] = candidates;
  const volumes = [...file.tensors.values()].filter(({ shape }) => shape.length === 5).length;
  if (first) return `${first.title} of ${libraryOf(first)} ('${first.name}')`;
  if (volumes > 0)
    return 'a network for volumes (its convolutions are three-dimensional); Cutpoint has networks for two-dimensional images';
  const more = namedIn(MORE_THAN_KNOWN);
  if (more !== undefined) return more;
  const cifar = cifarResnet(file);
  if (cifar !== undefined) return cifar;
  if (closest && share(closest.comparison) >= ALIKE) {
    const { title, name } = closest.backbone;
    return `a variant or part of ${title} of ${libraryOf(closest.backbone)} ('${name}')`;
  }
  return namedIn(KNOWN_BY_NAME) ?? null;
}
