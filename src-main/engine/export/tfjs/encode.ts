import type { Graph, GraphNode, OpName, ParameterRole } from '../../../backbone/graph.ts';
import type { Model, Weights } from '../../../backbone/model.ts';
import { graphParameters, parameterKey } from '../../../backbone/parameters.ts';
import { inferShapes } from '../../../backbone/shapes.ts';
import { affine } from '../affine.ts';
import { weightOf } from '../weights.ts';
import { kerasLayers, type KerasLayer } from './layers.ts';

/** What browsers cache well, and TensorFlow.js's own converter writes. */
const SHARD_BYTES = 4 * 1024 * 1024;

const PREPROCESSING = 'preprocessing';
const PROBABILITIES = 'probabilities';

/** Which operations give no value below zero, and which keep what they are given so. */
const NON_NEGATIVE: ReadonlySet<OpName> = new Set(['activation', 'softmax']);
const SIGN_KEEPING: ReadonlySet<OpName> = new Set(['maxPool', 'globalAveragePool', 'flatten', 'add', 'dropout']);

/**
 * The model as a TensorFlow.js layers model: RGB values 0 to 255, float32 [N, height, width, 3], to probabilities
 * [N, classes]. Layers have the names of the graph's nodes; the first one, `preprocessing`, is a fixed convolution.
 * @returns the files of the folder: `model.json` and the shards of weights
 */
export function encodeTfjs(model: Model, metadata: Record<string, string>): [name: string, bytes: Uint8Array][] {
  const complete = withEnds(model);
  const { topology, specs, data } = describeModel(complete);
  const shards = Array.from({ length: Math.ceil(data.byteLength / SHARD_BYTES) }, (_, index) =>
    data.subarray(index * SHARD_BYTES, (index + 1) * SHARD_BYTES),
  );
  const names = shards.map((_, index) => `group1-shard${index + 1}of${shards.length}.bin`);
  const document = {
    format: 'layers-model',
    generatedBy: 'cutpoint',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: names, weights: specs }],
    userDefinedMetadata: metadata,
  };
  return [
    ['model.json', Buffer.from(JSON.stringify(document))],
    ...shards.map((bytes, i) => [names[i]!, bytes] as [string, Uint8Array]),
  ];
}

/** The graph with preprocessing behind its input and a softmax at its end. */
function withEnds({ graph, weights, preprocessing, input }: Model): {
  graph: Graph;
  weights: Weights;
  input: Model['input'];
} {
  const { scale, offset } = affine(preprocessing);
  const [first, ...others] = graph.nodes;
  const diagonal = Float32Array.from({ length: 9 }, (_, index) => (index % 4 === 0 ? scale[index / 4]! : 0));
  const prepare: GraphNode<'conv'> = {
    name: PREPROCESSING,
    op: 'conv',
    inputs: [first!.name],
    attributes: { filters: 3, kernel: [1, 1], stride: [1, 1], padding: 'valid', bias: true },
  };
  const redirected = others.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => (name === first!.name ? PREPROCESSING : name)),
  })) as GraphNode[];
  const softmax: GraphNode<'softmax'> = {
    name: PROBABILITIES,
    op: 'softmax',
    inputs: [graph.nodes.at(-1)!.name],
    attributes: {},
  };
  return {
    graph: { name: graph.name, nodes: [first!, prepare, ...redirected, softmax] },
    weights: new Map([
      ...weights,
      [parameterKey(PREPROCESSING, 'kernel'), { shape: [1, 1, 3, 3], data: diagonal }],
      [parameterKey(PREPROCESSING, 'bias'), { shape: [3], data: offset }],
    ]),
    input,
  };
}

interface WeightSpec {
  name: string;
  shape: readonly number[];
  dtype: 'float32';
}

function describeModel({ graph, weights, input }: ReturnType<typeof withEnds>): {
  topology: object;
  specs: WeightSpec[];
  data: Uint8Array;
} {
  const layers = layersOf(graph, input);
  const parameters = graphParameters(graph, input).map(({ node, role }) => ({
    name: `${node}/${weightName(role, graph.nodes.find(({ name }) => name === node)!.op)}`,
    ...weightOf(weights, node, role),
  }));
  const data = new Uint8Array(parameters.reduce((sum, parameter) => sum + parameter.data.byteLength, 0));
  let at = 0;
  for (const { data: values } of parameters) {
    data.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return {
    topology: {
      class_name: 'Model',
      config: {
        name: graph.name,
        layers: layers.map(({ className, name, inputs, config }) => ({
          class_name: className,
          name,
          config,
          inbound_nodes: inputs.length === 0 ? [] : [inputs.map((from) => [from, 0, 0, {}])],
        })),
        input_layers: [[layers[0]!.name, 0, 0]],
        output_layers: [[layers.at(-1)!.name, 0, 0]],
      },
    },
    specs: parameters.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
    data,
  };
}

function layersOf(graph: Graph, input: Model['input']): KerasLayer[] {
  const shapes = inferShapes(graph, input);
  const nonNegative = new Set<string>();
  const layers = graph.nodes.flatMap((node) => {
    const keeps = SIGN_KEEPING.has(node.op) && node.inputs.every((name) => nonNegative.has(name));
    if (keeps || NON_NEGATIVE.has(node.op)) nonNegative.add(node.name);
    const first = node.inputs[0];
    return kerasLayers(node, {
      inputs: node.inputs,
      shape: shapes.get(first ?? node.name)!,
      nonNegative: first !== undefined && nonNegative.has(first),
    });
  });
  const fixed = layers.find(({ name }) => name === PREPROCESSING)!;
  fixed.config = { ...fixed.config, trainable: false };
  if (new Set(layers.map(({ name }) => name)).size !== layers.length) throw new Error('two layers have the same name');
  return layers;
}

/** What Keras calls a parameter. */
function weightName(role: ParameterRole, op: OpName): string {
  if (role === 'kernel') return op === 'depthwiseConv' ? 'depthwise_kernel' : 'kernel';
  if (role === 'mean' || role === 'variance') return `moving_${role}`;
  return role;
}
