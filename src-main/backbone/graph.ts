/**
 * A backbone is data: typed nodes in topological order, grouped in units (what a cut may not sever: a bottleneck, an
 * inverted residual) and blocks (stages). Everything else is derived from it: shapes, parameters, MACs, cuts, the
 * executor, weight names, exports. Tensors are NHWC.
 */

/** `same` is TensorFlow's rule (more padding at the bottom and right); explicit padding is torchvision's symmetric one. */
export type Padding = 'same' | 'valid' | { top: number; bottom: number; left: number; right: number };
export type Pair = readonly [height: number, width: number];

/**
 * relu6 = min(relu(x), 6); hardSigmoid = relu6(x + 3) / 6; swish = x · sigmoid(x); hardSwish = x · hardSigmoid(x);
 * gelu = x · Φ(x), exact (by the error function); logSigmoid = log σ(x).
 */
export type ActivationKind =
  'relu' | 'relu6' | 'sigmoid' | 'hardSigmoid' | 'swish' | 'hardSwish' | 'gelu' | 'logSigmoid';

/** What each operation needs to know, besides its inputs and parameters. */
export interface Attributes {
  input: { channels: number };
  /** With groups, each group of filters sees its own share of the input channels. */
  conv: { filters: number; kernel: Pair; stride: Pair; padding: Padding; bias: boolean; groups: number };
  depthwiseConv: { kernel: Pair; stride: Pair; padding: Padding; bias: boolean };
  /** Without scale there is no gamma: it counts as 1. */
  batchNorm: { epsilon: number; scale: boolean };
  /** Over the channels of each position (Ba et al. 2016). */
  layerNorm: { epsilon: number };
  /** Each channel times its own gamma (LayerScale, Touvron et al. 2021). */
  channelScale: Record<never, never>;
  activation: { kind: ActivationKind };
  maxPool: { kernel: Pair; stride: Pair; padding: Padding };
  /** Where padding is counted, it enters the mean as zeros. */
  averagePool: { kernel: Pair; stride: Pair; padding: Padding; countPadding: boolean };
  /** Each position becomes a square of so many, all with its value: nearest neighbour, by a whole factor. */
  upsample: { factor: number };
  /** To [channels], or to [1, 1, channels] where the spatial axes are kept. */
  globalAveragePool: { keepSpatial: boolean };
  flatten: Record<never, never>;
  add: Record<never, never>;
  /** Of two inputs; the second may be [1, 1, channels] (squeeze and excitation). */
  multiply: Record<never, never>;
  /** Along the channels. */
  concat: Record<never, never>;
  dropout: { rate: number };
  /** On the last axis, at every position where the input has height and width. */
  dense: { units: number; bias: boolean };
  softmax: Record<never, never>;
}

export type OpName = keyof Attributes;

interface NodeOf<K extends OpName> {
  /** The name in the published weights; unique in the graph. */
  name: string;
  op: K;
  /** Names of earlier nodes. */
  inputs: readonly string[];
  attributes: Attributes[K];
  /** The unit and block this node belongs to; absent on input and head. */
  unit?: string;
  block?: string;
}

export type GraphNode<K extends OpName = OpName> = { [P in K]: NodeOf<P> }[K];

export interface Graph {
  name: string;
  /** Topological order; the first is the only `input`, the last is the output. */
  nodes: readonly GraphNode[];
}

/** Height, width, channels; or features alone after pooling or flattening. */
export type Shape = readonly number[];

/** Roles of parameters; the last two are statistics, kept but not trained. */
export type ParameterRole = 'kernel' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance';

/**
 * One parameter of a node. Its key in every weight map is `node/role`.
 * Layouts: conv kernel [h, w, in / groups, out]; depthwise kernel [h, w, channels, 1]; dense kernel [in, out]; others [channels].
 */
export interface Parameter {
  key: string;
  node: string;
  op: OpName;
  role: ParameterRole;
  shape: Shape;
  /** Of a dense kernel that reads a flattened map: height, width and channels of the map, whose product is `in`. */
  map?: Shape;
  trainable: boolean;
}
