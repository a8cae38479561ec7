import { firstConvolution } from '../../backbone/channels.ts';
import type { Parameter, Shape } from '../../backbone/graph.ts';
import { graphParameters, parameterKey } from '../../backbone/parameters.ts';
import type { Backbone, Dialect } from '../../backbone/zoo/index.ts';
import { dialects, inFile } from './dialects.ts';
import type { WeightFile } from './file.ts';
import { timmNames, type TimmNames } from './timm.ts';

/** A parameter that a backbone needs, as the files of its dialect hold it. */
export interface Wanted {
  parameter: Parameter;
  /** Under each of the backbone's {@link stylesOf}, in their order. */
  names: readonly string[];
  /** The same names in their canonical form. */
  canonical: readonly string[];
  shape: Shape;
  order: readonly number[] | undefined;
  /**
   * Under each style, what is added to the file's values: where its batch normalisation has another epsilon than the
   * backbone's, the difference goes into the variance, so that their sum is the file's.
   */
  shifts: readonly number[];
}

export interface Expectation {
  wanted: readonly Wanted[];
  /** Canonical names of the published classifier's parameters, under each style. */
  classifier: readonly ReadonlySet<string>[];
  /** The key of the kernel that reads the image. */
  first: string;
}

/** From the published name of a parameter to what a way of saving the network calls it; undefined: it has none. */
type Style = (name: string) => string | undefined;

/** Torchvision's ResNet as an `nn.Sequential` of its children, as RadImageNet saves it: relu is 2, maxpool is 3. */
const RESNET_CHILDREN: Readonly<Record<string, string>> = {
  conv1: '0',
  bn1: '1',
  layer1: '4',
  layer2: '5',
  layer3: '6',
  layer4: '7',
};

const published: Style = (name) => name;

/** `model.features.state_dict()`, or the network as an `nn.Sequential` of its children. */
const featuresAlone: Style = (name) => (name.startsWith('features.') ? name.slice('features.'.length) : undefined);

const childrenOfResnet: Style = (name) => {
  const [child, ...rest] = name.split('.');
  const index = RESNET_CHILDREN[child!];
  return index === undefined ? undefined : [index, ...rest].join('.');
};

/** Layers that Keras named itself: from `conv2d_1` in the published InceptionV3, from `conv2d` since Keras 2.3. */
const numberedFromZero: Style = (name) => {
  const [, layer, number, variable] = /^(conv2d|batch_normalization)_(\d+)(\/.*)$/.exec(name) ?? [];
  if (layer === undefined) return undefined;
  return number === '1' ? `${layer}${variable}` : `${layer}_${Number(number) - 1}${variable}`;
};

/** Before Keras 3, names of MobileNetV3's layers had slashes: `expanded_conv_3/squeeze_excite/Conv_1`, `Conv/BatchNorm`. */
const keras2MobilenetV3: Style = (name) => {
  const layer = /^(expanded_conv(?:_\d+)?_)?(squeeze_excite_)?(conv(?:_\d)?|expand|depthwise|project)(_bn)?\/(.+)$/;
  const [, unit, squeeze, part, norm, variable] = layer.exec(name) ?? [];
  if (part === undefined) return undefined;
  const path = [unit?.slice(0, -1), squeeze?.slice(0, -1), part.replace('conv', 'Conv'), norm && 'BatchNorm', variable];
  return path.filter(Boolean).join('/');
};

const STYLES: Readonly<Record<Dialect, readonly Style[]>> = {
  torchvision: [published, featuresAlone, childrenOfResnet],
  keras: [published, numberedFromZero, keras2MobilenetV3],
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

const expectations = new WeakMap<Backbone, Expectation>();

/** What a backbone needs from a file, under every style of naming that covers all of it; kept, since it never changes. */
export function expectationOf(backbone: Backbone): Expectation {
  const known = expectations.get(backbone);
  if (known) return known;
  const { dialect, input } = backbone;
  // A published classifier is made for maps of one size.
  const image = { height: input, width: input };
  const { canonical } = dialects[dialect];
  const inDialect = (parameter: Parameter) => ({ parameter, ...inFile(parameter, dialect) });
  const features = graphParameters(backbone.build(), image).map(inDialect);
  const own = new Set(features.map(({ parameter }) => parameter.key));
  const classifier = graphParameters(backbone.published(), image)
    .filter(({ key }) => !own.has(key))
    .map(inDialect);
  const timm = timmNames(backbone);
  const candidates = timm ? [...STYLES[dialect], timmStyle(timm)] : STYLES[dialect];
  const styles = candidates.filter((style) => features.every(({ name }) => style(name) !== undefined));
  const epsilons = new Map(
    backbone.build().nodes.flatMap((node) => (node.op === 'batchNorm' ? [[node.name, node.attributes.epsilon]] : [])),
  );
  const timmShift = ({ role, node }: Parameter) =>
    role === 'variance' && timm?.epsilon !== undefined ? timm.epsilon - epsilons.get(node)! : 0;
  const expectation: Expectation = {
    wanted: features.map(({ parameter, name, shape, order }) => ({
      parameter,
      names: styles.map((style) => style(name)!),
      canonical: styles.map((style) => canonical(style(name)!)),
      shape,
      order,
      shifts: styles.map((style) => (STYLES[dialect].includes(style) ? 0 : timmShift(parameter))),
    })),
    classifier: styles.map((style) => new Set(classifier.map(({ name }) => canonical(style(name) ?? name)))),
    first: parameterKey(firstConvolution(backbone.build()) ?? '', 'kernel'),
  };
  expectations.set(backbone, expectation);
  return expectation;
}

/** Where a name that is wanted stands in a file: behind which prefix, and what the tensor is really called. */
export interface Place {
  prefix: string;
  stored: string;
}

const indices = new WeakMap<WeightFile, Partial<Record<Dialect, ReadonlyMap<string, readonly Place[]>>>>();

/**
 * The tensors of a file by every ending of their names that begins after a separator, so that a network is found behind
 * whatever wrappers it was saved in (`module.`, `backbone.`, `state_dict.model.`, the name of a nested Keras model).
 */
export function placesOf(file: WeightFile, dialect: Dialect): ReadonlyMap<string, readonly Place[]> {
  const known = indices.get(file) ?? {};
  indices.set(file, known);
  return (known[dialect] ??= indexEndings([...file.tensors.keys()], dialect));
}

function indexEndings(names: readonly string[], dialect: Dialect): ReadonlyMap<string, readonly Place[]> {
  const { canonical, separator } = dialects[dialect];
  const index = new Map<string, Place[]>();
  for (const stored of names) {
    const name = canonical(stored);
    for (let start = 0; start >= 0; start = name.indexOf(separator, start) + 1 || -1) {
      const ending = name.slice(start);
      const places = index.get(ending);
      const place = { prefix: name.slice(0, start), stored };
      if (places) places.push(place);
      else index.set(ending, [place]);
    }
  }
  return index;
}
