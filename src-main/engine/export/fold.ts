import type { Graph, GraphNode, ParameterRole } from '../../backbone/graph.ts';
import type { Model, Weights } from '../../backbone/model.ts';
import { parameterKey } from '../../backbone/parameters.ts';
import { countReaders } from '../../backbone/readers.ts';
import { weightOf } from './weights.ts';

type Linear = GraphNode<'conv' | 'depthwiseConv' | 'dense'>;
type Affine = GraphNode<'batchNorm' | 'channelScale'>;

/**
 * The model with every batch normalisation (and channel scale) merged into the convolution or dense layer before it,
 * where nothing else reads that layer: kernel · a and bias · a + b for the inference transform x · a + b, a = γ / √(σ² + ε),
 * b = β − μ · a (Jacob et al. 2018, section 3.2). The merged layer keeps its name. The given model stays as it is.
 */
export function foldBatchNorm<M extends Pick<Model, 'graph' | 'weights'>>(model: M): M {
  const readers = countReaders(model.graph.nodes);
  const weights = new Map(model.weights);
  const nodes = new Map<string, GraphNode>();
  /** Nodes merged away, with those that give their values now. */
  const merged = new Map<string, string>();
  for (const node of model.graph.nodes) {
    const inputs = node.inputs.map((name) => merged.get(name) ?? name);
    const before = nodes.get(inputs[0] ?? '');
    if (isAffine(node) && before && isLinear(before) && readers.get(node.inputs[0]!) === 1) {
      // At the norm's place in the order, so that the last node stays the last.
      nodes.delete(before.name);
      nodes.set(before.name, mergeInto(before, node, weights));
      merged.set(node.name, before.name);
    } else {
      nodes.set(node.name, { ...node, inputs });
    }
  }
  const graph: Graph = { ...model.graph, nodes: [...nodes.values()] };
  return { ...model, graph, weights };
}

const isLinear = ({ op }: GraphNode): boolean => op === 'conv' || op === 'depthwiseConv' || op === 'dense';
const isAffine = (node: GraphNode): node is Affine => node.op === 'batchNorm' || node.op === 'channelScale';

/** Replaces the layer's parameters, removes the norm's, and gives the layer as it is now. */
function mergeInto(layer: GraphNode, norm: Affine, weights: Weights): GraphNode {
  const linear = layer as Linear;
  const { factor, offset } = coefficients(norm, weights);
  const kernel = weightOf(weights, linear.name, 'kernel');
  // Filters come last in every kernel but the depthwise one, whose last length is 1: either way they alternate fastest.
  const scaled = kernel.data.map((value, index) => value * factor[index % factor.length]!);
  weights.set(parameterKey(linear.name, 'kernel'), { shape: kernel.shape, data: scaled });
  const bias = linear.attributes.bias ? weightOf(weights, linear.name, 'bias').data : undefined;
  const data = Float32Array.from(factor, (a, index) => (bias?.[index] ?? 0) * a + offset[index]!);
  weights.set(parameterKey(linear.name, 'bias'), { shape: [data.length], data });
  for (const role of ['gamma', 'beta', 'mean', 'variance'] as const) weights.delete(parameterKey(norm.name, role));
  return { ...linear, attributes: { ...linear.attributes, bias: true } } as GraphNode;
}

/** x · factor + offset, in double precision. */
function coefficients(norm: Affine, weights: Weights): { factor: Float64Array; offset: Float64Array } {
  const parameter = (role: ParameterRole) => weightOf(weights, norm.name, role).data;
  if (norm.op === 'channelScale') {
    const factor = Float64Array.from(parameter('gamma'));
    return { factor, offset: new Float64Array(factor.length) };
  }
  const { epsilon, scale } = norm.attributes;
  const gamma = scale ? parameter('gamma') : undefined;
  const [beta, mean] = [parameter('beta'), parameter('mean')];
  const factor = Float64Array.from(parameter('variance'), (v, index) => (gamma?.[index] ?? 1) / Math.sqrt(v + epsilon));
  return { factor, offset: factor.map((a, index) => beta[index]! - mean[index]! * a) };
}
