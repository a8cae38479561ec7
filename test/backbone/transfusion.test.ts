import { describe, expect, test } from 'vitest';
import { count } from '../../src-main/backbone/count.ts';
import { withHead } from '../../src-main/backbone/head.ts';
import { halveBehind, transfusionCuts } from '../../src-main/backbone/transfusion.ts';
import { backbones, findBackbone } from '../../src-main/backbone/zoo/index.ts';

const IMAGE = { height: 224, width: 224 };

test('ResNet-50 slimmed down from block 4 has the parameters and MACs of the paper', () => {
  const trunk = halveBehind(findBackbone('resnet50').build(), 'layer3.5', IMAGE);
  const graph = withHead(trunk, { classes: 2, pooling: 'average', dropout: 0 });
  const { parameters, macs } = count(graph, IMAGE);
  // Peng et al. 2023, table 1, TF-1: 12.9 M parameters, 3.56 G multiply-accumulates (which there count batch norm too).
  expect((parameters / 1e6).toFixed(1)).toBe('12.9');
  expect(macs / 1e9).toBeCloseTo(3.56, 1);
});

test('a residual unit cannot follow the cut, and the error lists where it can', () => {
  const graph = findBackbone('resnet50').build();
  expect(transfusionCuts(graph, IMAGE)).toEqual(['relu', 'maxpool', 'layer1.2', 'layer2.3', 'layer3.5']);
  expect(() => halveBehind(graph, 'layer3.2', IMAGE)).toThrow(
    expect.objectContaining({
      code: 'STRATEGY_UNSUPPORTED',
      remedy: 'Choose one of: relu, maxpool, layer1.2, layer2.3, layer3.5.',
    }),
  );
  expect(() => halveBehind(graph, 'layer4.2', IMAGE)).toThrow(/after 'layer4.2' there are none/);
});

describe('every backbone', () => {
  test.each(backbones.map((backbone) => [backbone.name, backbone] as const))(
    '%s can be slimmed down',
    (_, backbone) => {
      const graph = backbone.build();
      const image = { height: backbone.input, width: backbone.input };
      const cuts = transfusionCuts(graph, image);
      expect(cuts.length).toBeGreaterThan(0);
      const whole = count(graph, image);
      for (const cut of cuts) {
        const slim = count(halveBehind(graph, cut, image), image);
        expect(slim.parameters).toBeLessThan(whole.parameters);
        expect(slim.macs).toBeLessThan(whole.macs);
      }
    },
  );
});
