import { firstConvolution } from '../../backbone/channels.ts';
import type { Parameter, Shape } from '../../backbone/graph.ts';
import { graphParameters, parameterKey } from '../../backbone/parameters.ts';
import type { Backbone, Dialect } from '../../backbone/zoo/index.ts';
import { dialects, inFile } from './dialects.ts';
import type { WeightFile } from './file.ts';
import { stylesOf } from './styles.ts';

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
  const styles = stylesOf(backbone).filter(({ style }) => features.every(({ name }) => style(name) !== undefined));
  const compared = styles.map(({ style }) => ranked(features.map(({ name }) => canonical(style(name)!))));
  const epsilons = new Map(
    backbone.build().nodes.flatMap((node) => (node.op === 'batchNorm' ? [[node.name, node.attributes.epsilon]] : [])),
  );
  const shiftOf = ({ role, node }: Parameter, epsilon: number | undefined) =>
    role === 'variance' && epsilon !== undefined ? epsilon - epsilons.get(node)! : 0;
  const expectation: Expectation = {
    wanted: features.map(({ parameter, name, shape, order }, at) => ({
      parameter,
      names: styles.map(({ style }) => style(name)!),
      canonical: compared.map((names) => names[at]!),
      shape,
      order,
      shifts: styles.map(({ epsilon }) => shiftOf(parameter, epsilon)),
    })),
    classifier: styles.map(({ style }) => new Set(classifier.map(({ name }) => canonical(style(name) ?? name)))),
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
  for (const [at, name] of ranked(names.map(canonical)).entries()) {
    const stored = names[at]!;
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

/** Keras names a layer after its class, and numbers it on through the process. */
const NAMED_BY_KERAS = /^(.*\/)?(conv2d|depthwise_conv2d|batch_normalization)(?:_(\d+))?(\/[^/]+)$/;

/**
 * The names with such numbers replaced by their rank: `conv2d_95` is `conv2d_0` where it is the first of its class. Only
 * the order of the layers means anything; the first network of a process begins with `conv2d`, Keras 2 with `conv2d_1`.
 */
function ranked(names: readonly string[]): string[] {
  const parsed = names.map((name) => NAMED_BY_KERAS.exec(name));
  const numbers = new Map<string, Set<number>>();
  for (const match of parsed) {
    if (!match) continue;
    const [, model = '', layer, number = '0'] = match;
    const key = `${model}${layer}`;
    numbers.set(key, (numbers.get(key) ?? new Set()).add(Number(number)));
  }
  const ranks = new Map(
    [...numbers].map(([key, found]) => [key, new Map([...found].sort((a, b) => a - b).map((n, rank) => [n, rank]))]),
  );
  return parsed.map((match, at) => {
    if (!match) return names[at]!;
    const [, model = '', layer, number = '0', variable] = match;
    return `${model}${layer}_${ranks.get(`${model}${layer}`)!.get(Number(number))}${variable}`;
  });
}
