import { firstConvolution } from '../../backbone/channels.ts';
import { denseCuts } from '../../backbone/dense.ts';
import type { Parameter } from '../../backbone/graph.ts';
import { graphParameters, parameterKey } from '../../backbone/parameters.ts';
import type { Backbone, Dialect } from '../../backbone/zoo/index.ts';
import { dialects, inFile, type InFile } from './dialects.ts';
import type { WeightFile } from './file.ts';
import { stylesOf } from './styles.ts';

/** A parameter of a backbone, as the files of its dialect hold it. */
export interface Wanted extends Omit<InFile, 'name'> {
  parameter: Parameter;
  /** Under each of the backbone's {@link stylesOf}, in their order; undefined where a style does not cover it. */
  names: readonly (string | undefined)[];
  /** The same names in their canonical form. */
  canonical: readonly (string | undefined)[];
  /**
   * Under each style, what is added to the file's values: where its batch normalisation has another epsilon than the
   * backbone's, the difference goes into the variance, so that their sum is the file's.
   */
  shifts: readonly number[];
}

/** A dense layer of the published classifier that may be a cut: the node that it is cut after, and its parameters. */
export interface WantedLayer {
  cut: string;
  wanted: readonly Wanted[];
}

export interface Expectation {
  wanted: readonly Wanted[];
  /** What is read where it is there, in the order of the layers. */
  dense: readonly WantedLayer[];
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
  const epsilons = new Map(
    backbone.build().nodes.flatMap((node) => (node.op === 'batchNorm' ? [[node.name, node.attributes.epsilon]] : [])),
  );
  const shiftOf = ({ role, node }: Parameter, epsilon: number | undefined) =>
    role === 'variance' && epsilon !== undefined ? epsilon - epsilons.get(node)! : 0;
  const under = styles.map(({ style }) => ({
    names: features.map(({ name }) => style(name)!),
    canonical: ranked(features.map(({ name }) => canonical(style(name)!))),
  }));
  const expectation: Expectation = {
    wanted: features.map(({ name: _name, ...each }, at) => ({
      ...each,
      names: under.map(({ names }) => names[at]!),
      canonical: under.map((style) => style.canonical[at]!),
      shifts: styles.map(({ epsilon }) => shiftOf(each.parameter, epsilon)),
    })),
    dense: denseCuts(backbone).map((cut) => ({
      cut,
      wanted: parametersAt(backbone, cut).map((parameter) => {
        const { name, ...each } = inDialect(parameter);
        const names = styles.map(({ style }) => style(name));
        const bare = names.map((known) => (known === undefined ? undefined : canonical(known)));
        return { ...each, parameter, names, canonical: bare, shifts: styles.map(() => 0) };
      }),
    })),
    classifier: styles.map(({ style }) => new Set(classifier.map(({ name }) => canonical(style(name) ?? name)))),
    first: parameterKey(firstConvolution(backbone.build()) ?? '', 'kernel'),
  };
  expectations.set(backbone, expectation);
  return expectation;
}

/** The parameters of the unit that ends with a cut in dense layers. */
function parametersAt({ withDense, input }: Backbone, cut: string): Parameter[] {
  const graph = withDense!();
  const { unit } = graph.nodes.find(({ name }) => name === cut)!;
  const inside = new Set(graph.nodes.filter((node) => node.unit === unit).map(({ name }) => name));
  return graphParameters(graph, { height: input, width: input }).filter(({ node }) => inside.has(node));
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
