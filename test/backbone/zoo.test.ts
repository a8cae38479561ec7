import { describe, expect, it } from 'vitest';
import { count } from '../../src-main/backbone/count.ts';
import { cutPoints } from '../../src-main/backbone/cuts.ts';
import { withHead } from '../../src-main/backbone/head.ts';
import { inspect, summarise } from '../../src-main/backbone/inspect.ts';
import { graphParameters, sizeOf } from '../../src-main/backbone/parameters.ts';
import { inferShapes } from '../../src-main/backbone/shapes.ts';
import { truncate } from '../../src-main/backbone/truncate.ts';
import { backbones, findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { backboneSummary, inspection } from '../../src-main/contract/backbone.ts';

const at224 = { height: 224, width: 224 };

describe('published sizes', () => {
  // Parameters with the 1000-class head as torchvision's weight tables give them.
  it.each([
    ['resnet18', 11_689_512],
    ['resnet34', 21_797_672],
    ['resnet50', 25_557_032],
  ])('%s has %i parameters with its 1000 classes', (name, parameters) => {
    const graph = withHead(findBackbone(name).build(), { classes: 1000, pooling: 'average', dropout: 0 });
    expect(count(graph, at224).parameters).toBe(parameters);
  });

  it('MobileNetV2 without top has 2,257,984 values in Keras, of which 2,223,872 are trainable', () => {
    const graph = findBackbone('mobilenet_v2_keras').build();
    const all = graphParameters(graph, at224);
    expect(all.reduce((sum, each) => sum + sizeOf(each.shape), 0)).toBe(2_257_984);
    expect(count(graph, at224).parameters).toBe(2_223_872);
  });

  // The figures the project was asked to hold for the truncated ResNet-50; the bottleneck's stride is in its 3 × 3 convolution.
  it.each([
    [11, 'layer3.3', 6.309, 2.841],
    [13, 'layer3.5', 8.543, 3.278],
    [16, 'layer4.2', 23.508, 4.087],
  ])(
    'ResNet-50 after bottleneck %i (%s): %f M parameters, %f G multiply-accumulates',
    (number, cut, millions, giga) => {
      const { parameters, macs, cuts } = inspect(findBackbone('resnet50'), { cut, classes: 2, input: 224 });
      expect(parameters / 1e6).toBeCloseTo(millions, 3);
      expect(macs / 1e9).toBeCloseTo(giga, 3);
      expect(cuts.filter((each) => each.block.startsWith('layer'))[number - 1]!.name).toBe(cut);
    },
  );

  it('MobileNetV2 ends its blocks where the published stages end', () => {
    const ends = cutPoints(findBackbone('mobilenet_v2_keras').build(), at224).filter((cut) => cut.endsBlock);
    expect(ends.map((cut) => cut.name)).toEqual([
      'Conv1_relu',
      'expanded_conv_project_BN',
      'block_2_add',
      'block_5_add',
      'block_9_add',
      'block_12_add',
      'block_15_add',
      'block_16_project_BN',
      'out_relu',
    ]);
  });
});

describe.each(backbones.map((backbone) => [backbone.name, backbone] as const))('%s', (_name, backbone) => {
  const graph = backbone.build();

  it('ends before pooling, at a stride of 32, and every cut names its channels and stride truly', () => {
    for (const input of [224, 225, 96]) {
      const image = { height: input, width: input };
      const shapes = inferShapes(graph, image);
      expect(shapes.get(graph.nodes.at(-1)!.name)).toHaveLength(3);
      for (const cut of cutPoints(graph, image)) {
        const [height, width, channels] = shapes.get(cut.name)!;
        expect([height, width, channels]).toEqual([
          Math.ceil(input / cut.stride),
          Math.ceil(input / cut.stride),
          cut.channels,
        ]);
      }
    }
  });

  it('is inspected and summarised in the form of the contract', () => {
    expect(() => backboneSummary.parse(summarise(backbone))).not.toThrow();
    const whole = inspection.parse(inspect(backbone, { classes: 3, input: 160 }));
    expect(whole).toMatchObject({ backbone: backbone.name, input: 160, classes: 3 });
    for (const cut of whole.cuts) {
      const { parameters, macs } = inspect(backbone, { cut: cut.name, classes: 3, input: 160 });
      expect({ parameters, macs }).toEqual({ parameters: cut.parameters, macs: cut.macs });
    }
  });

  it('counts parameters and multiply-accumulates that never fall from cut to cut, up to the whole', () => {
    const cuts = cutPoints(graph, at224);
    const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
    expect(cuts.map((cut) => cut.parameters)).toEqual(sorted(cuts.map((cut) => cut.parameters)));
    expect(cuts.map((cut) => cut.macs)).toEqual(sorted(cuts.map((cut) => cut.macs)));
    const { parameters, macs } = cuts.at(-1)!;
    expect({ parameters, macs }).toEqual(count(graph, at224));
    expect(truncate(graph, cuts.at(-1)!.name)).toEqual(graph);
  });

  it('is built and counted fast enough to follow a moving cut', () => {
    const start = performance.now();
    for (let repeat = 0; repeat < 10; repeat++) inspect(backbone, { classes: 2, input: 224 });
    expect((performance.now() - start) / 10).toBeLessThan(20);
  });
});

it('names the backbones there are when asked for one there is not', () => {
  expect(() => findBackbone('resnet51')).toThrow(
    expect.objectContaining({ code: 'BACKBONE_UNKNOWN', remedy: expect.stringContaining('resnet50') }),
  );
});
