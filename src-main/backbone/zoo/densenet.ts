import { GraphBuilder } from '../builder.ts';
import { symmetric } from '../padding.ts';
import { IMAGENET, type Backbone } from './backbone.ts';

/**
 * DenseNet-BC with growth 32: each dense layer (batch norm, ReLU, 1 × 1, batch norm, ReLU, 3 × 3) is concatenated to what
 * it read, so that a cut may follow any of them; a transition halves channels and size, and ends its block. Both dialects
 * share the network, its padding (Keras's by ZeroPadding2D) and its preprocessing (Keras's `torch` mode). They differ in
 * - names; what has no weights in torchvision (concatenations, the last ReLU, which is a function there) is named here;
 * - the epsilon of batch normalisation: torchvision 1e-5, Keras 1.001e-5;
 * - initialisation: torchvision He normal by fan-in, Keras Glorot uniform.
 */
interface Style {
  stem: { conv: string; norm: string; relu: string; pool: string };
  /** Of dense block `block`, from 1. */
  block(block: number): string;
  layer(
    block: number,
    number: number,
  ): Record<'unit' | 'norm1' | 'relu1' | 'conv1' | 'norm2' | 'relu2' | 'conv2' | 'concat', string>;
  /** After dense block `block`. */
  transition(block: number): Record<'unit' | 'norm' | 'relu' | 'conv' | 'pool', string>;
  end: { norm: string; relu: string };
  epsilon: number;
}

const GROWTH = 32;
/** Channels between the two convolutions of a dense layer, in units of the growth. */
const BOTTLENECK = 4;
const STEM = 64;

const DEPTHS = { 121: [6, 12, 24, 16], 169: [6, 12, 32, 32], 201: [6, 12, 48, 32] } as const;

const torchvision: Style = {
  stem: { conv: 'features.conv0', norm: 'features.norm0', relu: 'features.relu0', pool: 'features.pool0' },
  block: (block) => `denseblock${block}`,
  layer: (block, number) => {
    const unit = `features.denseblock${block}.denselayer${number}`;
    return {
      unit,
      norm1: `${unit}.norm1`,
      relu1: `${unit}.relu1`,
      conv1: `${unit}.conv1`,
      norm2: `${unit}.norm2`,
      relu2: `${unit}.relu2`,
      conv2: `${unit}.conv2`,
      concat: `${unit}.concat`,
    };
  },
  transition: (block) => {
    const unit = `features.transition${block}`;
    return { unit, norm: `${unit}.norm`, relu: `${unit}.relu`, conv: `${unit}.conv`, pool: `${unit}.pool` };
  },
  end: { norm: 'features.norm5', relu: 'features.relu5' },
  epsilon: 1e-5,
};

const keras: Style = {
  stem: { conv: 'conv1_conv', norm: 'conv1_bn', relu: 'conv1_relu', pool: 'pool1' },
  block: (block) => `conv${block + 1}`,
  layer: (block, number) => {
    const unit = `conv${block + 1}_block${number}`;
    return {
      unit,
      norm1: `${unit}_0_bn`,
      relu1: `${unit}_0_relu`,
      conv1: `${unit}_1_conv`,
      norm2: `${unit}_1_bn`,
      relu2: `${unit}_1_relu`,
      conv2: `${unit}_2_conv`,
      concat: `${unit}_concat`,
    };
  },
  transition: (block) => {
    const unit = `pool${block + 1}`;
    return { unit, norm: `${unit}_bn`, relu: `${unit}_relu`, conv: `${unit}_conv`, pool: `${unit}_pool` };
  },
  end: { norm: 'bn', relu: 'relu' },
  epsilon: 1.001e-5,
};

const common = {
  family: 'DenseNet',
  paper: 'Huang et al., Densely Connected Convolutional Networks, CVPR 2017, arXiv:1608.06993',
  input: 224,
  preprocessing: IMAGENET,
} as const;

export const densenets: readonly Backbone[] = ([121, 169, 201] as const).flatMap((layers): Backbone[] => {
  const title = `DenseNet-${layers}`;
  const depths = DEPTHS[layers];
  return [
    {
      ...common,
      ...graphs(`densenet${layers}`, depths, torchvision, { pool: 'avgpool', dense: 'classifier' }),
      title,
      dialect: 'torchvision',
      initialisation: 'heNormalFanIn',
    },
    {
      ...common,
      ...graphs(`densenet${layers}_keras`, depths, keras, { pool: 'avg_pool', dense: 'predictions' }),
      title,
      dialect: 'keras',
      initialisation: 'glorotUniform',
    },
  ];
});

function graphs(
  name: string,
  depths: readonly number[],
  style: Style,
  classifier: { pool: string; dense: string },
): Pick<Backbone, 'name' | 'build' | 'published'> {
  return {
    name,
    build: () => features(depths, style).build(name),
    published: () => {
      const builder = features(depths, style);
      builder.outside();
      const pooled = builder.add('globalAveragePool', classifier.pool, [builder.end], { keepSpatial: false });
      builder.add('dense', classifier.dense, [pooled], { units: 1000, bias: true });
      return builder.build(name);
    },
  };
}

function features(depths: readonly number[], style: Style): GraphBuilder {
  const builder = new GraphBuilder();
  const { stem, epsilon } = style;
  const normRelu = (norm: string, relu: string, input: string): string => {
    builder.add('batchNorm', norm, [input], { epsilon, scale: true });
    return builder.add('activation', relu, [norm], { kind: 'relu' });
  };

  let end = builder.add('input', 'input', [], { channels: 3 });
  builder.within('stem', stem.conv);
  end = normRelu(stem.norm, stem.relu, conv(builder, stem.conv, end, STEM, 7, 2));
  builder.within('stem', stem.pool);
  end = builder.add('maxPool', stem.pool, [end], { kernel: [3, 3], stride: [2, 2], padding: symmetric(1) });
  let channels = STEM;
  depths.forEach((depth, index) => {
    const block = index + 1;
    for (let number = 1; number <= depth; number++) {
      const names = style.layer(block, number);
      builder.within(style.block(block), names.unit);
      let grown = normRelu(names.norm1, names.relu1, end);
      grown = conv(builder, names.conv1, grown, BOTTLENECK * GROWTH, 1, 1);
      grown = normRelu(names.norm2, names.relu2, grown);
      grown = conv(builder, names.conv2, grown, GROWTH, 3, 1);
      end = builder.add('concat', names.concat, [end, grown], {});
      channels += GROWTH;
    }
    if (block === depths.length) return;
    const names = style.transition(block);
    builder.within(style.block(block), names.unit);
    channels /= 2;
    end = conv(builder, names.conv, normRelu(names.norm, names.relu, end), channels, 1, 1);
    const window = { kernel: [2, 2], stride: [2, 2], padding: 'valid' } as const;
    end = builder.add('averagePool', names.pool, [end], { ...window, countPadding: false });
  });
  builder.within(style.block(depths.length), style.end.norm);
  normRelu(style.end.norm, style.end.relu, end);
  return builder;
}

function conv(builder: GraphBuilder, name: string, input: string, filters: number, kernel: number, stride: number) {
  return builder.add('conv', name, [input], {
    filters,
    kernel: [kernel, kernel],
    stride: [stride, stride],
    padding: symmetric((kernel - 1) / 2),
    bias: false,
    groups: 1,
  });
}
