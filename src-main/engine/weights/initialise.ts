import type { Parameter, Shape } from '../../backbone/graph.ts';
import type { Weights } from '../../backbone/model.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import type { Initialisation } from '../../backbone/zoo/index.ts';

type Draw = (values: number, parameter: Parameter, random: () => number) => Float32Array;

const KERNELS: Readonly<Record<Initialisation, Draw>> = {
  /** He et al. 2015 (arXiv:1502.01852), as torchvision: normal, variance 2 / fan-out. */
  heNormalFanOut: (values, { op, shape }, random) => {
    const window = sizeOf(shape.slice(0, -2));
    // Torch keeps depthwise kernels as [channels, 1, h, w], and takes the first axis for the output.
    const fanOut = window * (op === 'depthwiseConv' ? shape.at(-2)! : shape.at(-1)!);
    return normal(values, Math.sqrt(2 / fanOut), random);
  },
  glorotUniform: (values, { shape }, random) => glorotUniform(values, shape, random),
};

/**
 * Weights before any training: kernels by the rule of the published network, dense layers (the head) Glorot uniform,
 * biases and shifts 0, scales 1, statistics of a standard normal. Values are drawn in the order of `parameters`.
 * @param random uniform in [0, 1)
 */
export function initialise(parameters: readonly Parameter[], rule: Initialisation, random: () => number): Weights {
  const draw: Record<Parameter['role'], Draw> = {
    kernel: (values, parameter) =>
      parameter.op === 'dense'
        ? glorotUniform(values, parameter.shape, random)
        : KERNELS[rule](values, parameter, random),
    bias: (values) => new Float32Array(values),
    gamma: (values) => new Float32Array(values).fill(1),
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
  const data = new Float32Array(values);
  for (let i = 0; i < values; i++) data[i] = (2 * random() - 1) * limit;
  return data;
}

/** Box and Muller 1958: two normal values from two uniform ones. */
function normal(values: number, deviation: number, random: () => number): Float32Array {
  const data = new Float32Array(values);
  for (let i = 0; i < values; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    data[i] = radius * Math.cos(angle);
    if (i + 1 < values) data[i + 1] = radius * Math.sin(angle);
  }
  return data;
}
