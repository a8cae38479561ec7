import { GraphBuilder } from '../builder.ts';
import type { Graph, Pair } from '../graph.ts';
import { symmetric } from '../padding.ts';
import { MINUS_ONE_TO_ONE, type Backbone } from './backbone.ts';

/**
 * Inception-v3. Torchvision and Keras share the network, the order of its branches, and preprocessing: torchvision sets
 * `transform_input` with its pretrained weights, which turns ImageNet's statistics into -1 to 1. They differ in
 * - names: Keras numbers layers as they are made (`conv2d_1` to `conv2d_94` in the published weights; Keras 3 counts
 *   from `conv2d`), and calls the modules `mixed0` to `mixed10`;
 * - batch normalisation: Keras's has no scale; the epsilon is 1e-3 in both;
 * - the average pool in the modules: torchvision counts the zeros of the padding, Keras does not;
 * - the auxiliary classifier: only torchvision's weights have it;
 * - initialisation: torchvision normal with deviation 0.1, Keras Glorot uniform.
 */
interface Style {
  /** Names of the `number`th convolution (from 1) and what follows it; its output is what torchvision calls `path`. */
  layer(path: string, number: number): { conv: string; norm: string; relu: string };
  module(module: Module): string;
  /** A node without weights inside a module. */
  inside(module: string, part: string): string;
  /** The pools of the stem, in order. */
  pools: readonly [string, string];
  scale: boolean;
  countPadding: boolean;
}

interface Conv {
  path: string;
  filters: number;
  kernel: Pair;
  stride: 1 | 2;
  /** Whether the size stays (at stride 1); otherwise there is no padding. */
  padded: boolean;
}

/** Convolutions one after the other, behind a pool where there is one; a fork's outputs are concatenated. */
interface Branch {
  pool?: 'average' | 'max';
  convs: readonly Conv[];
  fork?: { path: string; convs: readonly [Conv, Conv] };
}

interface Module {
  torchvision: string;
  keras: string;
  block: string;
  branches: readonly Branch[];
}

function conv(path: string, filters: number, height: number, width = height): Conv {
  return { path, filters, kernel: [height, width], stride: 1, padded: true };
}

function reducing(path: string, filters: number): Conv {
  return { path, filters, kernel: [3, 3], stride: 2, padded: false };
}

const STEM: readonly (readonly Conv[])[] = [
  [reducing('Conv2d_1a_3x3', 32), { ...conv('Conv2d_2a_3x3', 32, 3), padded: false }, conv('Conv2d_2b_3x3', 64, 3)],
  [conv('Conv2d_3b_1x1', 80, 1), { ...conv('Conv2d_4a_3x3', 192, 3), padded: false }],
];

/** Figure 5 of the paper, with an average pool. */
const figure5 = (pooled: number): Branch[] => [
  { convs: [conv('branch1x1', 64, 1)] },
  { convs: [conv('branch5x5_1', 48, 1), conv('branch5x5_2', 64, 5)] },
  { convs: [conv('branch3x3dbl_1', 64, 1), conv('branch3x3dbl_2', 96, 3), conv('branch3x3dbl_3', 96, 3)] },
  { pool: 'average', convs: [conv('branch_pool', pooled, 1)] },
];

/** Figure 6: convolutions of n × n as 1 × n and n × 1. */
const figure6 = (width: number): Branch[] => [
  { convs: [conv('branch1x1', 192, 1)] },
  { convs: [conv('branch7x7_1', width, 1), conv('branch7x7_2', width, 1, 7), conv('branch7x7_3', 192, 7, 1)] },
  {
    convs: [
      conv('branch7x7dbl_1', width, 1),
      conv('branch7x7dbl_2', width, 7, 1),
      conv('branch7x7dbl_3', width, 1, 7),
      conv('branch7x7dbl_4', width, 7, 1),
      conv('branch7x7dbl_5', 192, 1, 7),
    ],
  },
  { pool: 'average', convs: [conv('branch_pool', 192, 1)] },
];

/** Figure 7: the bank of filters made wider. */
const figure7: readonly Branch[] = [
  { convs: [conv('branch1x1', 320, 1)] },
  {
    convs: [conv('branch3x3_1', 384, 1)],
    fork: { path: 'branch3x3', convs: [conv('branch3x3_2a', 384, 1, 3), conv('branch3x3_2b', 384, 3, 1)] },
  },
  {
    convs: [conv('branch3x3dbl_1', 448, 1), conv('branch3x3dbl_2', 384, 3)],
    fork: { path: 'branch3x3dbl', convs: [conv('branch3x3dbl_3a', 384, 1, 3), conv('branch3x3dbl_3b', 384, 3, 1)] },
  },
  { pool: 'average', convs: [conv('branch_pool', 192, 1)] },
];

/** Figure 10: smaller maps by stride and pool side by side. */
const reduction6: readonly Branch[] = [
  { convs: [reducing('branch3x3', 384)] },
  { convs: [conv('branch3x3dbl_1', 64, 1), conv('branch3x3dbl_2', 96, 3), reducing('branch3x3dbl_3', 96)] },
  { pool: 'max', convs: [] },
];

const reduction7: readonly Branch[] = [
  { convs: [conv('branch3x3_1', 192, 1), reducing('branch3x3_2', 320)] },
  {
    convs: [
      conv('branch7x7x3_1', 192, 1),
      conv('branch7x7x3_2', 192, 1, 7),
      conv('branch7x7x3_3', 192, 7, 1),
      reducing('branch7x7x3_4', 192),
    ],
  },
  { pool: 'max', convs: [] },
];

/** Table 1 of the paper; blocks are its three sizes of map. */
const MODULES: readonly Module[] = [
  { torchvision: 'Mixed_5b', keras: 'mixed0', block: 'mixed5', branches: figure5(32) },
  { torchvision: 'Mixed_5c', keras: 'mixed1', block: 'mixed5', branches: figure5(64) },
  { torchvision: 'Mixed_5d', keras: 'mixed2', block: 'mixed5', branches: figure5(64) },
  { torchvision: 'Mixed_6a', keras: 'mixed3', block: 'mixed6', branches: reduction6 },
  { torchvision: 'Mixed_6b', keras: 'mixed4', block: 'mixed6', branches: figure6(128) },
  { torchvision: 'Mixed_6c', keras: 'mixed5', block: 'mixed6', branches: figure6(160) },
  { torchvision: 'Mixed_6d', keras: 'mixed6', block: 'mixed6', branches: figure6(160) },
  { torchvision: 'Mixed_6e', keras: 'mixed7', block: 'mixed6', branches: figure6(192) },
  { torchvision: 'Mixed_7a', keras: 'mixed8', block: 'mixed7', branches: reduction7 },
  { torchvision: 'Mixed_7b', keras: 'mixed9', block: 'mixed7', branches: figure7 },
  { torchvision: 'Mixed_7c', keras: 'mixed10', block: 'mixed7', branches: figure7 },
];

const torchvision: Style = {
  layer: (path) => ({ conv: `${path}.conv`, norm: `${path}.bn`, relu: path }),
  module: (module) => module.torchvision,
  inside: (module, part) => `${module}.${part}`,
  pools: ['maxpool1', 'maxpool2'],
  scale: true,
  countPadding: true,
};

const keras: Style = {
  layer: (_path, number) => ({
    conv: `conv2d_${number}`,
    norm: `batch_normalization_${number}`,
    relu: `activation_${number}`,
  }),
  module: (module) => module.keras,
  inside: (module, part) => `${module}_${part}`,
  pools: ['max_pooling2d_1', 'max_pooling2d_2'],
  scale: false,
  countPadding: false,
};

const common = {
  family: 'Inception',
  title: 'Inception-v3',
  paper: 'Szegedy et al., Rethinking the Inception Architecture for Computer Vision, CVPR 2016, arXiv:1512.00567',
  input: 299,
  preprocessing: MINUS_ONE_TO_ONE,
} as const;

export const inceptionsV3: readonly Backbone[] = [
  {
    ...common,
    name: 'inception_v3',
    dialect: 'torchvision',
    initialisation: 'normalTenth',
    build: () => new Network(torchvision).features().build('inception_v3'),
    published: () => classifiedByTorchvision(new Network(torchvision)),
  },
  {
    ...common,
    name: 'inception_v3_keras',
    dialect: 'keras',
    initialisation: 'glorotUniform',
    build: () => new Network(keras).features().build('inception_v3_keras'),
    published: () => {
      const builder = new Network(keras).features();
      builder.outside();
      const pooled = builder.add('globalAveragePool', 'avg_pool', [builder.end], { keepSpatial: false });
      builder.add('dense', 'predictions', [pooled], { units: 1000, bias: true });
      return builder.build('inception_v3_keras');
    },
  },
];

/** With the auxiliary classifier on the last map of 17 × 17, which only training uses. */
function classifiedByTorchvision(network: Network): Graph {
  const builder = network.features();
  const features = builder.end;
  builder.outside();
  let end = builder.add('averagePool', 'AuxLogits.avgpool', ['Mixed_6e'], {
    kernel: [5, 5],
    stride: [3, 3],
    padding: 'valid',
    countPadding: false,
  });
  end = network.convNormRelu(end, conv('AuxLogits.conv0', 128, 1));
  end = network.convNormRelu(end, { ...conv('AuxLogits.conv1', 768, 5), padded: false });
  end = builder.add('globalAveragePool', 'AuxLogits.pool', [end], { keepSpatial: false });
  builder.add('dense', 'AuxLogits.fc', [end], { units: 1000, bias: true });
  end = builder.add('globalAveragePool', 'avgpool', [features], { keepSpatial: false });
  end = builder.add('dropout', 'dropout', [end], { rate: 0.5 });
  builder.add('dense', 'fc', [end], { units: 1000, bias: true });
  return builder.build('inception_v3');
}

/** Writes the network in one style, counting its convolutions. */
class Network {
  readonly #builder = new GraphBuilder();
  readonly #style: Style;
  #convolutions = 0;

  constructor(style: Style) {
    this.#style = style;
  }

  features(): GraphBuilder {
    const builder = this.#builder;
    const { pools } = this.#style;
    let end = builder.add('input', 'input', [], { channels: 3 });
    STEM.forEach((convs, index) => {
      for (const each of convs) {
        builder.within('stem', each.path);
        end = this.convNormRelu(end, each);
      }
      const pool = pools[index]!;
      builder.within('stem', pool);
      end = builder.add('maxPool', pool, [end], { kernel: [3, 3], stride: [2, 2], padding: 'valid' });
    });
    for (const module of MODULES) {
      const name = this.#style.module(module);
      builder.within(module.block, name);
      const branches = module.branches.map((branch) => this.#branch(name, end, branch));
      end = builder.add('concat', name, branches, {});
    }
    return builder;
  }

  convNormRelu(input: string, { path, filters, kernel, stride, padded }: Conv): string {
    const { scale, layer } = this.#style;
    const names = layer(path, ++this.#convolutions);
    this.#builder.add('conv', names.conv, [input], {
      filters,
      kernel,
      stride: [stride, stride],
      padding: padded ? symmetric((kernel[0] - 1) / 2, (kernel[1] - 1) / 2) : 'valid',
      bias: false,
      groups: 1,
    });
    this.#builder.add('batchNorm', names.norm, [names.conv], { epsilon: 1e-3, scale });
    return this.#builder.add('activation', names.relu, [names.norm], { kind: 'relu' });
  }

  #branch(module: string, input: string, { pool, convs, fork }: Branch): string {
    let end = pool ? this.#pool(module, input, pool) : input;
    const within = (each: Conv): Conv => ({ ...each, path: `${module}.${each.path}` });
    for (const each of convs) end = this.convNormRelu(end, within(each));
    if (!fork) return end;
    const ends = fork.convs.map((each) => this.convNormRelu(end, within(each)));
    return this.#builder.add('concat', this.#style.inside(module, fork.path), ends, {});
  }

  #pool(module: string, input: string, kind: 'average' | 'max'): string {
    const { inside, countPadding } = this.#style;
    const name = inside(module, 'pool');
    return kind === 'max'
      ? this.#builder.add('maxPool', name, [input], { kernel: [3, 3], stride: [2, 2], padding: 'valid' })
      : this.#builder.add('averagePool', name, [input], {
          kernel: [3, 3],
          stride: [1, 1],
          padding: symmetric(1),
          countPadding,
        });
  }
}
