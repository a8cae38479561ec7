import { GraphBuilder } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { symmetric } from '../padding.ts';
import { DENSE, IMAGENET, type Backbone } from './backbone.ts';

/**
 * AlexNet as torchvision builds and names it: the network of "One weird trick" on one device, without the local response
 * normalisation and the grouped convolutions of 2012. Pools of 3 × 3 and stride 2 overlap and drop what does not fit.
 */
const NAME = 'alexnet';

/** One block each; `module` is the convolution's place in torchvision's `features`, its ReLU and pool follow it. */
const LAYERS = [
  { module: 0, filters: 64, kernel: 11, stride: 4, padding: 2, pool: true },
  { module: 3, filters: 192, kernel: 5, stride: 1, padding: 2, pool: true },
  { module: 6, filters: 384, kernel: 3, stride: 1, padding: 1, pool: false },
  { module: 8, filters: 256, kernel: 3, stride: 1, padding: 1, pool: false },
  { module: 10, filters: 256, kernel: 3, stride: 1, padding: 1, pool: true },
] as const;

export const alexnets: readonly Backbone[] = [
  {
    name: NAME,
    title: 'AlexNet',
    family: 'AlexNet',
    dialect: 'torchvision',
    paper: 'Krizhevsky, One Weird Trick for Parallelizing Convolutional Neural Networks, 2014, arXiv:1404.5997',
    input: 224,
    preprocessing: IMAGENET,
    initialisation: 'torchDefault',
    build: () => features().build(NAME),
    withDense: () => hidden(features()).build(NAME),
    published: () => classified(features()),
  },
];

function features(): GraphBuilder {
  const builder = new GraphBuilder();
  let end = builder.add('input', 'input', [], { channels: 3 });
  LAYERS.forEach(({ module, filters, kernel, stride, padding, pool }, index) => {
    const block = `block${index + 1}`;
    const conv = `features.${module}`;
    builder.within(block, conv);
    end = builder.add('conv', conv, [end], {
      filters,
      kernel: [kernel, kernel],
      stride: [stride, stride],
      padding: symmetric(padding),
      bias: true,
      groups: 1,
    });
    end = builder.add('activation', `features.${module + 1}`, [end], { kind: 'relu' });
    if (!pool) return;
    const name = `features.${module + 2}`;
    builder.within(block, name);
    end = builder.add('maxPool', name, [end], { kernel: [3, 3], stride: [2, 2], padding: 'valid' });
  });
  return builder;
}

/** The hidden dense layers. Torchvision's adaptive pool to 6 × 6 is left out: at the reference input it changes nothing. */
function hidden(builder: GraphBuilder): GraphBuilder {
  const place = (module: number): void => builder.within(DENSE, `classifier.${module + 1}`);
  place(0);
  let end = builder.add('flatten', 'flatten', [builder.end], {});
  for (const module of [0, 3]) {
    place(module);
    end = builder.add('dropout', `classifier.${module}`, [end], { rate: 0.5 });
    end = builder.add('dense', `classifier.${module + 1}`, [end], { units: 4096, bias: true });
    end = builder.add('activation', `classifier.${module + 2}`, [end], { kind: 'relu' });
  }
  return builder;
}

function classified(features: GraphBuilder): Graph {
  const builder = hidden(features);
  builder.outside();
  builder.add('dense', 'classifier.6', [builder.end], { units: 1000, bias: true });
  return builder.build(NAME);
}
