import { HEAD_DENSE } from '../../backbone/head.ts';
import type { Parameter, Shape } from '../../backbone/graph.ts';
import type { Weights } from '../../backbone/model.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import type { Initialisation } from '../../backbone/zoo/index.ts';

type Draw = (values: number, parameter: Parameter, random: () => number) => Float32Array;

/** Inputs of one output value: window times input channels (of its group). */
function fanIn({ op, shape }: Parameter): number {
  return sizeOf(shape) / (op === 'depthwiseConv' ? shape.at(-2)! : shape.at(-1)!);
}

const KERNELS: Readonly<Record<Initialisation, Draw>> = {
  /** He et al. 2015 (arXiv:1502.01852), as torchvision: normal, variance 2 / fan-out. */
  heNormalFanOut: (values, { op, shape }, random) => {
    const window = sizeOf(shape.slice(0, -2));
    // Torch keeps depthwise kernels as [channels, 1, h, w], and takes the first axis for the output.
    const fanOut = window * (op === 'depthwiseConv' ? shape.at(-2)! : shape.at(-1)!);
    return normal(values, Math.sqrt(2 / fanOut), random);
  },
  /** He et al. 2015, as torchvision's DenseNet: normal, variance 2 / fan-in. */
  heNormalFanIn: (values, parameter, random) => normal(values, Math.sqrt(2 / fanIn(parameter)), random),
  glorotUniform: (values, { shape }, random) => glorotUniform(values, shape, random),
  /** Torch's default for convolutions, `kaiming_uniform_(a=√5)`: uniform within ±√(1 / fan-in). */
  torchDefault: (values, parameter, random) => uniform(values, Math.sqrt(1 / fanIn(parameter)), random),
  /** Torchvision's Inception: normal, deviation 0.1 (it truncates at ±2, which is 20 deviations away). */
  normalTenth: (values, _parameter, random) => normal(values, 0.1, random),
  /**
   * Keras's VarianceScaling(2, fan-out, truncated normal), as its EfficientNet: normal, cut at two deviations and
   * widened by what the cut takes, so that the variance is 2 / fan-out. Of a depthwise kernel the fan-out is its window.
   */
  truncatedNormalFanOut: (values, { shape }, random) => {
    const deviation = Math.sqrt(2 / (sizeOf(shape.slice(0, -2)) * shape.at(-1)!)) / DEVIATION_OF_CUT_NORMAL;
    return truncatedNormal(values, deviation, random);
  },
  /** Liu et al. 2022 (arXiv:2201.03545), as torchvision's ConvNeXt: normal, deviation 0.02 (truncated at ±2 there too). */
  normalFiftieth: (values, _parameter, random) => normal(values, 0.02, random),
};

/** Standard deviation of a standard normal cut at ±2. */
const DEVIATION_OF_CUT_NORMAL = 0.87962566103423978;

/** Where LayerScale starts in ConvNeXt (Liu et al. 2022). */
const LAYER_SCALE = 1e-6;

/**
 * Weights before any training: kernels by the rule of the published network, the head Glorot uniform, biases 0 (but where
 * torch's default draws them like the kernel), shifts 0, scales 1 (LayerScale 1e-6), statistics of a standard normal.
 * Values are drawn in the order of `parameters`.
 * @param random uniform in [0, 1)
 */
export function initialise(parameters: readonly Parameter[], rule: Initialisation, random: () => number): Weights {
  const kernels = new Map(parameters.flatMap((each) => (each.role === 'kernel' ? [[each.node, each]] : [])));
  const draw: Record<Parameter['role'], Draw> = {
    kernel: (values, parameter) =>
      parameter.node === HEAD_DENSE
        ? glorotUniform(values, parameter.shape, random)
        : KERNELS[rule](values, parameter, random),
    bias: (values, { node }) => {
      const drawn = rule === 'torchDefault' && node !== HEAD_DENSE;
      return drawn ? uniform(values, Math.sqrt(1 / fanIn(kernels.get(node)!)), random) : new Float32Array(values);
    },
    gamma: (values, { op }) => new Float32Array(values).fill(op === 'channelScale' ? LAYER_SCALE : 1),
    beta: (values) => new Float32Array(values),
    mean: (values) => new Float32Array(values),
    variance: (values) => new Float32Array(values).fill(1),
  };
  return new Map(
    parameters.map((parameter) => {
      const data = draw[parameter.role](sizeOf(parameter.shape), parameter, random);
      return [parameter.key, { shape: parameter.shape, data }];
    }),
  );
}

/** Glorot and Bengio 2010, as Keras: uniform within ±√(6 / (fan-in + fan-out)); fans from the last two axes. */
function glorotUniform(values: number, shape: Shape, random: () => number): Float32Array {
  const window = sizeOf(shape.slice(0, -2));
  const limit = Math.sqrt(6 / (window * (shape.at(-2)! + shape.at(-1)!)));
  return uniform(values, limit, random);
}

/** Uniform within ±limit. */
function uniform(values: number, limit: number, random: () => number): Float32Array {
  const data = new Float32Array(values);
  for (let i = 0; i < values; i++) data[i] = (2 * random() - 1) * limit;
  return data;
}

/** Box and Muller 1958: two normal values from two uniform ones. */
export function normal(values: number, deviation: number, random: () => number): Float32Array {
  const data = new Float32Array(values);
  for (let i = 0; i < values; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    data[i] = radius * Math.cos(angle);
    if (i + 1 < values) data[i + 1] = radius * Math.sin(angle);
  }
  return data;
}

/** Normal, cut at two deviations: values beyond are drawn again. */
function truncatedNormal(values: number, deviation: number, random: () => number): Float32Array {
  const data = normal(values, deviation, random);
  for (let i = 0; i < values; i++)
    while (Math.abs(data[i]!) > 2 * deviation) data[i] = normal(1, deviation, random)[0]!;
  return data;
}
