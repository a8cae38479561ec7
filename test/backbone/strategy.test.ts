import { Command } from 'commander';
import { describe, expect, test, vi } from 'vitest';
import { architectureOf, networkSize } from '../../src-main/backbone/architecture.ts';
import type { StrategyRow } from '../../src-main/backbone/strategy/index.ts';
import { backbones } from '../../src-main/backbone/zoo/index.ts';
import { addTrainOptions } from '../../src-main/cli/options/train.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { plannedEpochs } from '../../src-main/contract/stages.ts';
import {
  describeTransfer,
  isReduced,
  STRATEGIES,
  STRATEGY_NAMES,
  titleOf,
  truncatedAt,
} from '../../src-main/contract/strategies.ts';
import { searchPlan } from '../../src-main/contract/comparison/search.ts';
import { tournamentPlan } from '../../src-main/contract/comparison/tournament.ts';
import { rateFactors } from '../../src-main/engine/train/rates.ts';
import { exportName } from '../../src-renderer/logic/format.ts';
import { compileErrors } from '../support/compiled.ts';
import { regrown } from './regrown.ts';

vi.mock('../../src-main/backbone/strategy/index.ts', async (original) => {
  const own = await original<typeof import('../../src-main/backbone/strategy/index.ts')>();
  const { regrown } = await import('./regrown.ts');
  return { ...own, strategies: { ...own.strategies, regrown } };
});

const plan = (changes: object = {}) =>
  trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', ...changes });
const made = { strategy: 'regrown', cut: 'layer2.1' };

describe('a strategy that is one row more', () => {
  test('has a network, with what is frozen and what starts afresh', () => {
    const { frozen, fresh, graph } = architectureOf(plan(made), ['a', 'b']);
    expect(frozen).toBe('layer2.1');
    expect([fresh.has('layer2.1.conv2'), fresh.has('layer3.0.conv1')]).toEqual([false, true]);
    expect(graph.nodes.at(-1)!.name).toBe('head_dense');
  });

  test('is counted like any other', () => {
    // He et al. 2016, as torchvision counts: 11,689,512 parameters with 1000 classes.
    const classes = Array.from({ length: 1000 }, (_, index) => String(index));
    expect(networkSize(plan({ ...made, dropout: 0 }), classes)).toEqual({
      parameters: 11_689_512,
      macs: 1_814_073_344,
    });
    expect(networkSize(plan(made), ['a', 'b'])).toEqual(networkSize(plan({ strategy: 'full' }), ['a', 'b']));
  });

  test('needs its cut where it says so', () => {
    expect(() => architectureOf(plan({ strategy: 'regrown' }), ['a', 'b'])).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: 'The regrown strategy needs a cut, and none was given.',
      }),
    );
  });

  test('has its epochs, rates and words', () => {
    expect(plannedEpochs(plan({ ...made, epochs: 7, classifier: 'svm' }))).toBe(8);
    expect(rateFactors(plan(made))('layer3.0.conv1/kernel')).toBe(0.5);
    expect(describeTransfer(plan(made))).toBe('regrown after layer2.1');
    expect([truncatedAt(plan(made)), isReduced(plan(made))]).toEqual([null, false]);
    expect(exportName(plan(made), 'r', 'onnx')).toBe('resnet18-regrown-layer2.1-r.onnx');
  });

  test('is compared and searched for', () => {
    const base = plan();
    const strategies = ['full', 'regrown', 'regrown-svm'];
    expect(tournamentPlan.parse({ kind: 'tournament', base, strategies }).strategies).toEqual(strategies);
    expect(searchPlan.parse({ kind: 'search', method: 'two-stage', base, strategy: 'regrown' }).strategy).toBe(
      'regrown',
    );
    expect(titleOf({ strategy: 'regrown' as never, cut: 'layer2.1' })).toBe('Regrown at layer2.1');
    expect(STRATEGIES['regrown-svm' as never]).toEqual({
      ...{ title: 'Regrown and SVM', abbreviation: 'RG', summary: regrown.summary, cut: 'needed' },
      plan: { strategy: 'regrown', initialisation: 'pretrained', classifier: 'svm' },
    });
  });

  test('is offered on the command line', () => {
    const help = addTrainOptions(new Command('train')).helpInformation().replace(/\s+/g, ' ');
    expect(help).toContain('regrown: those after a cut, from random weights');
    expect(help).toContain('regrown: the last that is kept');
    expect(help).toContain('0.1 for layerwise, 0.5 for regrown, otherwise 1');
  });
});

test('those that there are are compared in the order of the paper, each as such before what else is made of it', () => {
  const known = STRATEGY_NAMES.filter((name) => !name.startsWith('regrown'));
  const plain = ['full', 'truncated', 'layerwise', 'transfusion', 'features-svm'];
  expect(known).toEqual([...plain, 'finetune-svm', 'scratch', 'mean-var']);
});

test.each(backbones.map(({ name }) => name))(
  'the features of %s are those of its end where no cut is given',
  (backbone) => {
    const features = { strategy: 'features', classifier: 'svm', backbone };
    const [whole, full] = [plan(features), plan({ ...features, strategy: 'full' })].map((each) =>
      architectureOf(each, ['a', 'b']),
    );
    expect(whole!.graph).toEqual(full!.graph);
    expect(whole!.frozen).toBe(
      full!.graph.nodes.at(full!.graph.nodes.findIndex(({ name }) => name.startsWith('head_')) - 1)!.name,
    );
  },
);

test('the compiler refuses a row that lacks a part, and names it', () => {
  const parts = Object.keys(regrown) as (keyof StrategyRow)[];
  const filled = {
    cut: 'null',
    fineTunes: 'true',
    backboneRate: '1',
    compared: '{}',
    build: '(whole) => ({ graph: whole, frozen: null, fresh: [] })',
  } as Partial<Record<keyof StrategyRow, string>>;
  const source = (without?: string) => `
    import type { StrategyRow } from './src-main/backbone/strategy/index.ts';
    export const made = { ${parts
      .filter((part) => part !== without)
      .map((part) => `${part}: ${filled[part] ?? "''"}`)
      .join(', ')} } satisfies StrategyRow;
  `;
  const errors = compileErrors({ whole: source(), ...Object.fromEntries(parts.map((part) => [part, source(part)])) });
  expect(errors.whole).toEqual([]);
  for (const part of parts) expect(errors[part], part).toEqual([expect.stringContaining(`'${part}' is missing`)]);
}, 60_000);
