import type { ActivationKind, Graph, GraphNode, OpName } from '../../../backbone/graph.ts';
import type { Model, Weights } from '../../../backbone/model.ts';
import { parameterKey } from '../../../backbone/parameters.ts';
import { inferShapes } from '../../../backbone/shapes.ts';
import { affine } from '../affine.ts';
import { weightOf } from '../weights.ts';
import type { KerasLayer } from './layer.ts';
import { kerasLayers } from './layers.ts';

const PREPROCESSING = 'preprocessing';
const PROBABILITIES = 'probabilities';

/** Which operations give no value below zero, and which keep what they are given so. */
const NON_NEGATIVE: ReadonlySet<OpName | ActivationKind> = new Set([
  'softmax',
  'relu',
  'relu6',
  'sigmoid',
  'hardSigmoid',
]);
const SIGN_KEEPING: ReadonlySet<OpName> = new Set([
  'maxPool',
  'averagePool',
  'upsample',
  'globalAveragePool',
  'flatten',
  'add',
  'multiply',
  'concat',
  'dropout',
]);

/** TensorFlow takes no name that begins with an underscore; keys of parameters begin with the name of their node. */
const kerasName = (name: string): string => name.replace(/^_+/, '');

/**
 * The model as layers of Keras, from RGB values 0 to 255, float32 [N, height, width, 3], to probabilities [N, classes].
 * Layers have the names of the graph's nodes, without underscores that these begin with; the first one, `preprocessing`, is a fixed convolution. The first is the
 * only input, the last the output.
 * @throws CutpointError INPUT_INVALID where no layer computes what a node does
 */
export function kerasModel(model: Model): KerasLayer[] {
  const { graph, weights } = withEnds(model);
  const shapes = inferShapes(graph, model.input);
  const nonNegative = new Set<string>();
  const layers = graph.nodes.flatMap((node) => {
    const kind = node.op === 'activation' ? node.attributes.kind : node.op;
    const keeps = SIGN_KEEPING.has(node.op) && node.inputs.every((name) => nonNegative.has(name));
    if (keeps || NON_NEGATIVE.has(kind)) nonNegative.add(node.name);
    const first = node.inputs[0];
    return kerasLayers(node, {
      inputs: node.inputs,
      shape: shapes.get(first ?? node.name)!,
      output: shapes.get(node.name)!,
      nonNegative: first !== undefined && nonNegative.has(first),
      weight: (role) => weightOf(weights, node.name, role),
    });
  });
  const fixed = layers.find(({ name }) => name === PREPROCESSING)!;
  fixed.config = { ...fixed.config, trainable: false };
  if (new Set(layers.map(({ name }) => name)).size !== layers.length) throw new Error('two layers have the same name');
  return layers;
}

/** The graph with preprocessing behind its input and a softmax, or sigmoids, at its end. */
function withEnds({ graph, weights, preprocessing, outputs }: Model): { graph: Graph; weights: Weights } {
  const { scale, offset } = affine(preprocessing);
  const [first, ...others] = graph.nodes;
  // [1, 1, 3, filters]: each colour to a channel of its own, or a third of each to the only one.
  const filters = preprocessing.grey ? 1 : 3;
  const kernel = preprocessing.grey
    ? scale.map((factor) => factor / 3)
    : Float32Array.from({ length: 9 }, (_, index) => (index % 4 === 0 ? scale[index / 4]! : 0));
  const prepare: GraphNode<'conv'> = {
    name: PREPROCESSING,
    op: 'conv',
    inputs: [first!.name],
    attributes: { filters, kernel: [1, 1], stride: [1, 1], padding: 'valid', bias: true, groups: 1 },
  };
  const image: GraphNode<'input'> = { name: first!.name, op: 'input', inputs: [], attributes: { channels: 3 } };
  const redirected = others.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => (name === first!.name ? PREPROCESSING : name)),
  })) as GraphNode[];
  const end = { name: PROBABILITIES, inputs: [graph.nodes.at(-1)!.name] };
  const probabilities: GraphNode<'softmax'> | GraphNode<'activation'> =
    outputs === 'sigmoid'
      ? { ...end, op: 'activation', attributes: { kind: 'sigmoid' } }
      : { ...end, op: 'softmax', attributes: {} };
  const nodes = [image, prepare, ...redirected, probabilities].map((node) => ({
    ...node,
    name: kerasName(node.name),
    inputs: node.inputs.map(kerasName),
  })) as GraphNode[];
  return {
    graph: { name: graph.name, nodes },
    weights: new Map([
      ...[...weights].map(([key, value]) => [kerasName(key), value] as const),
      [parameterKey(PREPROCESSING, 'kernel'), { shape: [1, 1, 3, filters], data: kernel }],
      [parameterKey(PREPROCESSING, 'bias'), { shape: [filters], data: offset.subarray(0, filters) }],
    ]),
  };
}
