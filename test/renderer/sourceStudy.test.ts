import { TooltipProvider } from 'reka-ui';
import { describe, expect, it } from 'vitest';
import { createSSRApp, defineComponent, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { CutpointError } from '../../src-main/contract/errors.ts';
import { sourceStudyPlan } from '../../src-main/contract/sourceStudy.ts';
import { barsTable, meansOn } from '../../src-renderer/features/sources/study/charts.ts';
import SourceStudySetup from '../../src-renderer/features/sources/study/SourceStudySetup.vue';
import { useSourceStudies } from '../../src-renderer/features/sources/study/sourceStudyStore.ts';
import { words } from '../../src-renderer/text/index.ts';
import { addresses } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';
import { blockEnds, defaultSetup, networksOf, planOf } from '../../src-renderer/features/sources/study/setup.ts';

const targets = ['Lesions', 'Lesions'].map((name, at) => ({ id: `s${at}`, name, data: { folder: `/d${at}` } }));
const setup = (changes: object = {}) => ({
  ...defaultSetup(),
  ...{ sources: ['imagenet'], backbone: 'mobilenet_v2_keras', seeds: 2, input: 64 },
  ...changes,
});

describe('a source study that is set up', () => {
  it('has a plan as the engine takes it, with a name of its own for each target', () => {
    const plan = sourceStudyPlan.parse(planOf(setup(), targets));
    expect(plan.targets.map(({ name, study }) => [name, study])).toEqual([
      ['Lesions', 's0'],
      ['Lesions (2)', 's1'],
    ]);
    expect(plan).toMatchObject({
      seeds: [0, 1],
      folds: 5,
      tested: 'half',
      cuts: [],
      settings: { input: 64, epochs: 5 },
    });
  });

  it('cuts at the ends of blocks, not at the output, where that is asked for', () => {
    const { cuts } = planOf(setup({ cuts: true }), targets);
    expect(cuts).toEqual(blockEnds('mobilenet_v2_keras', 64));
    expect(cuts!.length).toBeGreaterThan(2);
    expect(new Set(cuts).size).toBe(cuts!.length);
  });

  it('asks whether to go on where the data of a target hold a grave finding, and then accepts it for all targets', async () => {
    const pinia = windowWith({});
    const shown = () => {
      const root = defineComponent(() => () => h(TooltipProvider, () => h(SourceStudySetup)));
      return renderToString(createSSRApp(root).use(pinia).use(words).use(addresses()));
    };
    expect(await shown()).not.toContain('I have read these serious findings');
    useSourceStudies(pinia).starting.error = new CutpointError('DATA_DOUBTFUL', 'Images look the same.', {
      details: { codes: ['NEAR_DUPLICATE_GROUPS'] },
    });
    expect(await shown()).toContain('I have read these serious findings');
    const { targets: accepted } = sourceStudyPlan.parse(planOf(setup({ accept: ['NEAR_DUPLICATE_GROUPS'] }), targets));
    expect(accepted.map(({ accept }) => accept)).toEqual([['NEAR_DUPLICATE_GROUPS'], ['NEAR_DUPLICATE_GROUPS']]);
  });

  it('offers the networks that there are sources for, the one with most first', () => {
    expect(networksOf([{ backbone: 'a' }, { backbone: 'b' }, { backbone: 'b' }])).toEqual(['b', 'a']);
  });
});

it('bars stand by their mean, and without transfer has words', () => {
  const mean = (source: string | null, value: number) => ({
    ...{ source, target: 't', n: 5, folds: 5, mean: value, deviation: 0.01, maxDeviation: 0.02, interval: null },
  });
  const means = meansOn({ means: [mean(null, 0.7), mean('textures', 0.8), { ...mean('x', 0.9), target: 'u' }] }, 't');
  expect(barsTable(means).slice(1)).toEqual([
    ['textures', 0.8, 0.01],
    ['no transfer', 0.7, 0.01],
  ]);
});
