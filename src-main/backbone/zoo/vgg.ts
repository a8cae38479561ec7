import { GraphBuilder } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { symmetric } from '../padding.ts';
import { CAFFE, DENSE, IMAGENET, type Backbone } from './backbone.ts';

/**
 * VGG, configurations D and E. Both dialects share the network: 3 × 3 convolutions with bias that keep the size, ReLU,
 * and a 2 × 2 max pool that ends a block and drops an odd last row. They differ in
 * - names: torchvision counts the modules (`features.0`, its ReLU `features.1` …), Keras names block and convolution;
 * - batch normalisation after each convolution (epsilon 1e-5, the bias stays), which only torchvision offers;
 * - preprocessing: torchvision's ImageNet statistics; Keras's `caffe` mode, blue first;
 * - initialisation: torchvision He normal, Keras Glorot uniform;
 * - the order in which the classifier reads the last map: torchvision channel by channel, Keras position by position.
 */
interface Names {
  /** Of the convolution `number` of a block, and of the nodes that follow it. */
  layer(block: number, number: number): { conv: string; norm: string; relu: string };
  pool(block: number): string;
  /** Nodes of the classifier, in order; without dropout in Keras. */
  classifier: { flatten: string; hidden: readonly { dense: string; relu: string; dropout?: string }[]; output: string };
}

const CHANNELS = [64, 128, 256, 512, 512] as const;

const DEPTHS = { 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4] } as const;

const common = {
  family: 'VGG',
  paper:
    'Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, ICLR 2015, arXiv:1409.1556',
  input: 224,
} as const;

export const vggs: readonly Backbone[] = ([16, 19] as const).flatMap((layers) => {
  const depths = DEPTHS[layers];
  const ofTorchvision = [false, true].map((normalised): Backbone => {
    const name = `vgg${layers}${normalised ? '_bn' : ''}`;
    const names = torchvisionNames(depths, normalised);
    return {
      ...common,
      name,
      title: `VGG-${layers}${normalised ? ' with batch normalisation' : ''}`,
      dialect: 'torchvision',
      preprocessing: IMAGENET,
      initialisation: 'heNormalFanOut',
      build: () => features(depths, names, normalised).build(name),
      withDense: () => hidden(features(depths, names, normalised), names).build(name),
      published: () => classified(features(depths, names, normalised), names, name),
    };
  });
  const name = `vgg${layers}_keras`;
  const ofKeras: Backbone = {
    ...common,
    name,
    title: `VGG-${layers}`,
    dialect: 'keras',
    preprocessing: CAFFE,
    channelOrder: 'bgr',
    initialisation: 'glorotUniform',
    build: () => features(depths, kerasNames, false).build(name),
    withDense: () => hidden(features(depths, kerasNames, false), kerasNames).build(name),
    published: () => classified(features(depths, kerasNames, false), kerasNames, name),
  };
  return [...ofTorchvision, ofKeras];
});

function torchvisionNames(depths: readonly number[], normalised: boolean): Names {
  const perLayer = normalised ? 3 : 2;
  const start = (block: number) => depths.slice(0, block).reduce((modules, depth) => modules + depth * perLayer + 1, 0);
  const feature = (index: number) => `features.${index}`;
  return {
    layer: (block, number) => {
      const first = start(block) + number * perLayer;
      return { conv: feature(first), norm: feature(first + 1), relu: feature(first + perLayer - 1) };
    },
    pool: (block) => feature(start(block + 1) - 1),
    classifier: {
      flatten: 'flatten',
      hidden: [0, 3].map((index) => ({
        dense: `classifier.${index}`,
        relu: `classifier.${index + 1}`,
        dropout: `classifier.${index + 2}`,
      })),
      output: 'classifier.6',
    },
  };
}

const kerasNames: Names = {
  layer: (block, number) => {
    const conv = `block${block + 1}_conv${number + 1}`;
    return { conv, norm: `${conv}_bn`, relu: `${conv}_relu` };
  },
  pool: (block) => `block${block + 1}_pool`,
  classifier: {
    flatten: 'flatten',
    hidden: ['fc1', 'fc2'].map((dense) => ({ dense, relu: `${dense}_relu` })),
    output: 'predictions',
  },
};

function features(depths: readonly number[], names: Names, normalised: boolean): GraphBuilder {
  const builder = new GraphBuilder();
  let end = builder.add('input', 'input', [], { channels: 3 });
  depths.forEach((depth, block) => {
    for (let number = 0; number < depth; number++) {
      const { conv, norm, relu } = names.layer(block, number);
      builder.within(`block${block + 1}`, conv);
      end = builder.add('conv', conv, [end], {
        filters: CHANNELS[block]!,
        kernel: [3, 3],
        stride: [1, 1],
        padding: symmetric(1),
        bias: true,
        groups: 1,
      });
      if (normalised) end = builder.add('batchNorm', norm, [end], { epsilon: 1e-5, scale: true });
      end = builder.add('activation', relu, [end], { kind: 'relu' });
    }
    builder.within(`block${block + 1}`, names.pool(block));
    end = builder.add('maxPool', names.pool(block), [end], { kernel: [2, 2], stride: [2, 2], padding: 'valid' });
  });
  return builder;
}

/**
 * The hidden dense layers, fc1 and fc2; each ends with its ReLU. Torchvision's dropout behind one comes before the next.
 * Its adaptive pool to 7 × 7 is left out: at the reference input it changes nothing.
 */
function hidden(builder: GraphBuilder, { classifier }: Names): GraphBuilder {
  const [first] = classifier.hidden;
  builder.within(DENSE, first!.dense);
  let end = builder.add('flatten', classifier.flatten, [builder.end], {});
  let dropout: string | undefined;
  for (const layer of classifier.hidden) {
    builder.within(DENSE, layer.dense);
    if (dropout !== undefined) end = builder.add('dropout', dropout, [end], { rate: 0.5 });
    end = builder.add('dense', layer.dense, [end], { units: 4096, bias: true });
    end = builder.add('activation', layer.relu, [end], { kind: 'relu' });
    dropout = layer.dropout;
  }
  return builder;
}

function classified(features: GraphBuilder, names: Names, name: string): Graph {
  const builder = hidden(features, names);
  builder.outside();
  const dropout = names.classifier.hidden.at(-1)!.dropout;
  if (dropout !== undefined) builder.add('dropout', dropout, [builder.end], { rate: 0.5 });
  builder.add('dense', names.classifier.output, [builder.end], { units: 1000, bias: true });
  return builder.build(name);
}
