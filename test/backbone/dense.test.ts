import { describe, expect, it } from 'vitest';
import { architectureOf, networkSize, wholePlan } from '../../src-main/backbone/architecture.ts';
import { cutNodes, cutPoints } from '../../src-main/backbone/cuts.ts';
import { denseCuts, denseCutsIn, denseObstacle, graphAt, parametersUpTo } from '../../src-main/backbone/dense.ts';
import { inspect, summarise } from '../../src-main/backbone/inspect.ts';
import { nodesWithPositions } from '../../src-main/backbone/positions.ts';
import { inferShapes } from '../../src-main/backbone/shapes.ts';
import { suggestedTransfer } from '../../src-main/backbone/suggest.ts';
import { backbones, findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { inspection } from '../../src-main/contract/backbone.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import golden from '../golden/dense.json' with { type: 'json' };

const square = (side: number) => ({ height: side, width: side });
const at224 = square(224);
const KERAS = ['fc1_relu', 'fc2_relu'];
const plan = (backbone: string, more: object) =>
  trainingPlan.parse({ data: { folder: '.' }, backbone, strategy: 'truncated', ...more });

describe('dense layers as cuts', () => {
  it.each(Object.entries(golden.parameters))('of %s have the parameters of torchvision', (name, counts) => {
    const backbone = findBackbone(name);
    const points = cutPoints(graphAt(backbone, at224), at224).filter(({ stride }) => stride === null);
    expect(Object.fromEntries(points.map((point) => [point.name, point.parameters]))).toEqual(counts);
    expect(points.map(({ channels, block, endsBlock }) => [channels, block, endsBlock])).toEqual([
      [4096, 'dense', false],
      [4096, 'dense', true],
    ]);
  });

  // Paper 002 (table I) lists these of VGG16 in Keras; 14,714,688 is what is below.
  it('of VGG16 in Keras are those of the paper', () => {
    const backbone = findBackbone('vgg16_keras');
    expect(denseCuts(backbone)).toEqual(KERAS);
    const [below, first, second] = [undefined, ...KERAS].map((cut) => parametersUpTo(backbone, cut));
    expect([below, first! - below!, second! - first!]).toEqual([14_714_688, 102_764_544, 16_781_312]);
    const macs = cutPoints(graphAt(backbone, at224), at224)
      .slice(-3)
      .map((point) => point.macs);
    expect([macs[1]! - macs[0]!, macs[2]! - macs[1]!]).toEqual([25_088 * 4096, 4096 * 4096]);
  });

  it('are had by VGG and AlexNet, and by no others', () => {
    const names = backbones.filter((backbone) => denseCuts(backbone).length > 0).map(({ family }) => family);
    expect(new Set(names)).toEqual(new Set(['VGG', 'AlexNet']));
  });

  it('change nothing of the network that is not cut in them', () => {
    for (const name of ['vgg16', 'vgg16_keras', 'alexnet']) {
      const backbone = findBackbone(name);
      const trunk = backbone.build();
      for (const more of [
        { strategy: 'full' },
        { cut: cutNodes(trunk)[3]!.name },
        { strategy: 'features', classifier: 'svm' },
      ]) {
        const { graph } = architectureOf(plan(name, more), ['a', 'b']);
        expect(graph.nodes.some(({ block }) => block === 'dense')).toBe(false);
      }
      expect(
        architectureOf(plan(name, { strategy: 'full' }), ['a', 'b']).graph.nodes.slice(0, trunk.nodes.length),
      ).toEqual(trunk.nodes);
      expect(inspect(backbone, { classes: 2, input: 224 }).parameters).toBe(summarise(backbone).parameters);
      expect(denseCuts(backbone)).not.toContain(suggestedTransfer(name).cut);
    }
  });

  it.each([
    ['vgg16', 224, 255, 'features.30'],
    ['vgg16_keras', 224, 255, 'block5_pool'],
    ['alexnet', 223, 254, 'features.12'],
  ])('of %s are there from %i to %i pixels, and otherwise it is said why not', (name, least, most, last) => {
    const backbone = findBackbone(name);
    const cut = denseCuts(backbone).at(-1)!;
    for (const side of [least, most]) {
      expect(denseObstacle(backbone, square(side))).toBeNull();
      expect(inferShapes(graphAt(backbone, square(side)), square(side)).get(cut)).toEqual([4096]);
    }
    for (const side of [96, least - 1, most + 1]) {
      expect(cutNodes(graphAt(backbone, square(side))).at(-1)!.name).toBe(last);
      expect(() => architectureOf(plan(name, { cut, input: side }), ['a', 'b'])).toThrow(
        expect.objectContaining({
          code: 'INPUT_INVALID',
          message: expect.stringMatching(
            /^The dense layers of .* read a map of \d × \d, and images of .* leave one of \d × \d\.$/,
          ),
          remedy: `Choose an input size from ${least} to ${most} pixels, or a cut up to '${last}'.`,
        }),
      );
    }
  });

  it('are what a source holds by its parameters; one of an earlier version holds none', () => {
    const backbone = findBackbone('vgg16_keras');
    const held = (parameters: number) => denseCutsIn({ backbone: 'vgg16_keras', parameters });
    expect(held(summarise(backbone).parameters)).toEqual([]);
    expect(held(parametersUpTo(backbone, 'fc1_relu'))).toEqual(['fc1_relu']);
    expect(held(parametersUpTo(backbone, 'fc2_relu'))).toEqual(KERAS);
    expect(cutNodes(graphAt(backbone, at224, ['fc1_relu'])).at(-1)!.name).toBe('fc1_relu');
    expect(denseCutsIn({ backbone: 'resnet50', parameters: 1e9 })).toEqual([]);
    expect(denseCutsIn({ backbone: 'of another version', parameters: 1e9 })).toEqual([]);
  });

  it('need no pooling behind them, and no flattening', () => {
    for (const pooling of ['average', 'flatten'] as const) {
      const { graph } = architectureOf(plan('vgg16_keras', { cut: 'fc2_relu', pooling, dropout: 0 }), ['a', 'b', 'c']);
      expect(graph.nodes.slice(-3).map(({ name, inputs }) => [name, inputs])).toEqual([
        ['fc2', ['fc1_relu']],
        ['fc2_relu', ['fc2']],
        ['head_dense', ['fc2_relu']],
      ]);
    }
    const { graph } = architectureOf(plan('alexnet', { cut: 'classifier.2', dropout: 0.2 }), ['a', 'b']);
    expect(graph.nodes.slice(-3).map(({ name }) => name)).toEqual(['classifier.2', 'head_dropout', 'head_dense']);
    expect(nodesWithPositions(graph).has('features.12')).toBe(true);
    expect(nodesWithPositions(graph).has('flatten')).toBe(false);
  });

  it('have no receptive field and no stride', () => {
    const { cuts } = inspection.parse(
      inspect(findBackbone('alexnet'), { cut: 'classifier.5', classes: 2, input: 224 }),
    );
    expect(
      cuts.slice(-3).map(({ name, stride, receptiveField }) => [name, stride, receptiveField?.pixels ?? null]),
    ).toEqual([
      ['features.12', 32, 195],
      ['classifier.2', null, null],
      ['classifier.5', null, null],
    ]);
  });

  it('are named where the layer before its ReLU is', () => {
    expect(() => architectureOf(plan('vgg16_keras', { cut: 'fc2' }), ['a', 'b'])).toThrow(
      expect.objectContaining({
        code: 'CUT_UNKNOWN',
        remedy: expect.stringContaining("Choose 'fc2_relu', with which its unit ends"),
      }),
    );
  });
});

describe('strategies at a dense cut', () => {
  const built = (strategy: string, cut: string) =>
    architectureOf(plan('vgg16_keras', { strategy, cut, classifier: strategy === 'features' ? 'svm' : 'softmax' }), [
      'a',
      'b',
    ]);
  const dense = ({ graph }: ReturnType<typeof built>) =>
    graph.nodes
      .filter(({ op }) => op === 'dense')
      .map((node) => [node.name, 'units' in node.attributes ? node.attributes.units : 0]);

  it.each([
    ['truncated', 'fc1_relu', null, [['fc1', 4096]]],
    ['truncated', 'fc2_relu', null, [['fc1', 4096], ['fc2', 4096]]],
    ['features', 'fc2_relu', 'fc2_relu', [['fc1', 4096], ['fc2', 4096]]],
    ['layerwise', 'fc1_relu', 'fc1_relu', [['fc1', 4096], ['fc2', 4096]]],
    ['layerwise', 'fc2_relu', 'fc2_relu', [['fc1', 4096], ['fc2', 4096]]],
    ['transfusion', 'fc1_relu', null, [['fc1', 4096], ['fc2', 2048]]],
  ])('%s at %s', (strategy, cut, frozen, layers) => {
    const architecture = built(strategy, cut);
    expect(architecture.frozen).toBe(frozen);
    expect(dense(architecture)).toEqual([...layers, ['head_dense', 2]]);
    expect(architecture.fresh.has('fc2')).toBe(strategy === 'transfusion');
  }); // prettier-ignore

  it('TransFusion has nothing to halve behind the last one, and at a map no dense layers', () => {
    const refused = expect.objectContaining({ code: 'STRATEGY_UNSUPPORTED' });
    expect(() => built('transfusion', 'fc2_relu')).toThrow(refused);
    expect(() => built('transfusion', 'block5_pool')).toThrow(refused);
    expect(dense(built('transfusion', 'block3_pool'))).toEqual([['head_dense', 2]]);
  });

  it('is compared with the network that has all of them', () => {
    const cut = plan('vgg16_keras', { cut: 'fc1_relu' });
    const whole = networkSize(wholePlan(cut), ['a', 'b']);
    expect(whole.parameters).toBe(networkSize(plan('vgg16_keras', { cut: 'fc2_relu' }), ['a', 'b']).parameters);
    expect(networkSize(wholePlan(plan('vgg16_keras', { cut: 'block3_pool' })), ['a', 'b']).parameters).toBe(
      14_714_688 + 1026,
    );
  });
});
