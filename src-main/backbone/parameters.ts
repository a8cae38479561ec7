import type { Graph, GraphNode, OpName, Parameter, ParameterRole, Shape } from './graph.ts';
import { inferShapes, type ImageSize } from './shapes.ts';

type Roles = readonly (readonly [ParameterRole, Shape])[];
type ParameterRule<K extends OpName> = (attributes: GraphNode<K>['attributes'], input: Shape) => Roles;

const none = (): Roles => [];
const bias = (present: boolean, length: number): Roles => (present ? [['bias', [length]]] : []);

const rules: { [K in OpName]: ParameterRule<K> } = {
  input: none,
  conv: ({ kernel, filters, groups, bias: present }, input) => [
    ['kernel', [...kernel, input[2]! / groups, filters]],
    ...bias(present, filters),
  ],
  depthwiseConv: ({ kernel, bias: present }, input) => [
    ['kernel', [...kernel, input[2]!, 1]],
    ...bias(present, input[2]!),
  ],
  batchNorm: ({ scale }, input) => {
    const roles = ['beta', 'mean', 'variance'] as const;
    return (scale ? (['gamma', ...roles] as const) : roles).map((role) => [role, [input.at(-1)!]] as const);
  },
  layerNorm: (_attributes, input) => (['gamma', 'beta'] as const).map((role) => [role, [input.at(-1)!]] as const),
  channelScale: (_attributes, input) => [['gamma', [input.at(-1)!]]],
  activation: none,
  maxPool: none,
  averagePool: none,
  upsample: none,
  globalAveragePool: none,
  flatten: none,
  add: none,
  multiply: none,
  concat: none,
  dropout: none,
  dense: ({ units, bias: present }, input) => [['kernel', [input.at(-1)!, units]], ...bias(present, units)],
  softmax: none,
};

/** Whether the operation has parameters, whatever its attributes. */
export function hasParameters(op: OpName): boolean {
  return rules[op] !== none;
}

/** The key under which a parameter stands in every weight map. */
export function parameterKey(node: string, role: ParameterRole): string {
  return `${node}/${role}`;
}

/**
 * Every parameter of the graph in the order of its nodes. The image size matters only to a dense layer after `flatten`.
 * @throws CutpointError INPUT_TOO_SMALL
 */
export function graphParameters(graph: Graph, image: ImageSize): Parameter[] {
  const shapes = inferShapes(graph, image);
  const maps = new Map<string, Shape>();
  return graph.nodes.flatMap((node) => {
    const input = node.inputs[0] ?? node.name;
    const map = node.op === 'flatten' ? shapes.get(input) : node.op === 'dropout' ? maps.get(input) : undefined;
    if (map?.length === 3) maps.set(node.name, map);
    const parameters = nodeParameters(node, shapes.get(input)!);
    const read = node.op === 'dense' ? maps.get(input) : undefined;
    return read ? parameters.map((each) => (each.role === 'kernel' ? { ...each, map: read } : each)) : parameters;
  });
}

/** The parameters of one node, given the shape of its first input. */
export function nodeParameters<K extends OpName>(node: GraphNode<K>, input: Shape): Parameter[] {
  return (rules[node.op] as ParameterRule<K>)(node.attributes, input).map(([role, shape]) => ({
    key: parameterKey(node.name, role),
    node: node.name,
    op: node.op,
    role,
    shape,
    trainable: role !== 'mean' && role !== 'variance',
  }));
}

/** Number of values in a tensor of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}
