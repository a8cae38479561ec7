import { describe, expect, it } from 'vitest';
import { backbones } from '../../src-main/backbone/zoo/index.ts';
import {
  blockSpans,
  cutsOf,
  lastMap,
  modelSize,
  nextBlockEnd,
  suggestedIndex,
  unitBars,
  wholeSize,
} from '../../src-renderer/logic/network.ts';

const cuts = cutsOf('resnet50', 224);

describe.each(backbones.map(({ name }) => name))('the layer map of %s', (name) => {
  const all = cutsOf(name, 224);

  it('adds up to the whole network', () => {
    const bars = unitBars(all);
    expect(bars.reduce((sum, bar) => sum + bar.parameters, 0)).toBe(all.at(-1)!.parameters);
    expect(bars.reduce((sum, bar) => sum + bar.macs, 0)).toBe(all.at(-1)!.macs);
    expect(Math.max(...bars.map((bar) => bar.parameterShare))).toBe(1);
  });

  it('covers each unit by one block', () => {
    const spans = blockSpans(all);
    expect(spans[0]!.first).toBe(0);
    expect(spans.at(-1)!.last).toBe(all.length - 1);
    spans.slice(1).forEach((span, index) => expect(span.first).toBe(spans[index]!.last + 1));
  });

  it('suggests a cut at the end of a block that keeps at most half of the parameters', () => {
    const cut = all[suggestedIndex(all)]!;
    expect(cut.endsBlock).toBe(true);
    expect(cut.parameters).toBeLessThanOrEqual(all.at(-1)!.parameters / 2);
  });
});

describe('the cut', () => {
  it('goes from block to block and stops at the ends', () => {
    const end = cuts.findIndex(({ name }) => name === 'layer3.5');
    expect(cuts[nextBlockEnd(cuts, end, 1)]!.name).toBe('layer4.2');
    expect(cuts[nextBlockEnd(cuts, end, -1)]!.name).toBe('layer2.3');
    expect(nextBlockEnd(cuts, cuts.length - 1, 1)).toBe(cuts.length - 1);
    expect(nextBlockEnd(cuts, 0, -1)).toBe(0);
  });

  it('counts the classifier with the network: one weight per feature and class, and one bias per class', () => {
    const cut = cuts.find(({ name }) => name === 'layer3.5')!;
    const size = modelSize('resnet50', 'layer3.5', { classes: 3, pooling: 'average', input: 224 });
    expect(size.parameters).toBe(cut.parameters + cut.channels * 3 + 3);
    expect(size.macs).toBe(cut.macs + cut.channels * 3);
  });

  it('at the end is the whole network', () => {
    const options = { classes: 2, pooling: 'average', input: 224 } as const;
    expect(modelSize('resnet50', cuts.at(-1)!.name, options)).toEqual(modelSize('resnet50', undefined, options));
  });
});

describe('dense layers', () => {
  const [backbone, dense] = ['vgg16_keras', ['fc1_relu', 'fc2_relu']] as const;
  const all = cutsOf(backbone, 224, dense);
  const options = { classes: 2, pooling: 'average', input: 224 } as const;

  it('follow the last map in a block of their own, where there are weights for them and images fit', () => {
    expect(all.slice(-3).map(({ name }) => name)).toEqual(['block5_pool', ...dense]);
    expect(blockSpans(all).at(-1)).toEqual({ name: 'dense', first: all.length - 2, last: all.length - 1 });
    expect(lastMap(all)).toBe(all.length - 3);
    expect(cutsOf(backbone, 224, ['fc1_relu']).at(-1)!.name).toBe('fc1_relu');
    expect(cutsOf(backbone, 224)).toEqual(all.slice(0, -2));
    expect(cutsOf(backbone, 96, dense).at(-1)!.name).toBe('block5_pool');
  });

  it('do not flatten the bars of the others, and choose no cut', () => {
    const [own, with_] = [unitBars(all.slice(0, -2)), unitBars(all)];
    expect(with_.slice(0, -2).map(({ parameterShare }) => parameterShare)).toEqual(
      own.map(({ parameterShare }) => parameterShare),
    );
    expect(with_.at(-2)!.parameterShare).toBe(1);
    expect(suggestedIndex(all)).toBe(suggestedIndex(all.slice(0, -2)));
  });

  it('are the whole network of one that is cut in them', () => {
    const head = 4096 * 2 + 2;
    expect(modelSize(backbone, 'fc2_relu', options).parameters).toBe(134_260_544 + head);
    expect(wholeSize(backbone, 'fc1_relu', options).parameters).toBe(134_260_544 + head);
    expect(wholeSize(backbone, 'block3_pool', options)).toEqual(modelSize(backbone, undefined, options));
  });
});

it('a grey network has a third of the first convolution', () => {
  const options = { classes: 2, pooling: 'average', input: 224 } as const;
  const [colour, grey] = [
    modelSize('resnet50', undefined, options),
    modelSize('resnet50', undefined, { ...options, channels: 1 }),
  ];
  expect(colour.parameters - grey.parameters).toBe(7 * 7 * 2 * 64);
  expect(colour.macs - grey.macs).toBe(7 * 7 * 2 * 64 * 112 * 112);
});
