import { TooltipProvider } from 'reka-ui';
import { describe, expect, it } from 'vitest';
import { createSSRApp, defineComponent, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { CutpointError } from '../../src-main/contract/errors.ts';
import { sourceStudyPlan, type SourceStudyResult } from '../../src-main/contract/sourceStudy.ts';
import { analyseSources } from '../../src-main/engine/sourceAnalysis/index.ts';
import SourceStudyResultView from '../../src-renderer/features/sources/study/SourceStudyResult.vue';
import SourceStudySetup from '../../src-renderer/features/sources/study/SourceStudySetup.vue';
import { useSourceStudies } from '../../src-renderer/features/sources/study/sourceStudyStore.ts';
import { words } from '../../src-renderer/text/index.ts';
import { addresses } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';
import golden from '../golden/sourceAnalysis.json' with { type: 'json' };
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

describe('the result of a source study', () => {
  const rows = golden.rows.map((row) => ({
    ...{ source: row.source, target: row.target, fold: row.fold, auc: row.auc },
    ...{ backbone: 'resnet18', cut: null, seed: 0, validationAuprc: null, run: 'r' },
  }));
  const resultOf = (distances: Parameters<typeof analyseSources>[1]): SourceStudyResult => {
    const analysis = analyseSources(golden.rows, distances, { confidence: 0.95 });
    const sentences = [...analysis.said, 'Runs that failed: 1; what they would have shown is not known.', ...analysis.notes]; // prettier-ignore
    return { rows, analysis, sentences, transfer: [], cuts: [], tested: [], confidence: 0.95, resamples: 2000 };
  };
  const textOf = async (result: SourceStudyResult): Promise<string> => {
    const root = defineComponent(() => () => h(TooltipProvider, () => h(SourceStudyResultView, { result })));
    const html = await renderToString(createSSRApp(root).use(windowWith({})).use(words).use(addresses()));
    return html.replace(/<!--.*?-->/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '); // prettier-ignore
  };

  it('is shown as published results are, each sentence once, and with the distances that were named', async () => {
    const result = resultOf(golden.distances);
    const text = await textOf(result);
    for (const sentence of result.sentences) expect(text.split(sentence), sentence).toHaveLength(2);
    expect(text).toContain('Transferability against distance');
    expect(await textOf(resultOf(null))).not.toContain('Transferability against distance');
    expect(text).not.toMatch(/NaN|undefined|sources\.(study|analysis)/);
  });

  it('says what it can where no whole network was tested', async () => {
    const text = await textOf({ ...resultOf(null), analysis: null, sentences: ['Runs that failed: 1; what they would have shown is not known.'] }); // prettier-ignore
    expect(text).toContain('Runs that failed: 1');
  });

  it('is computed again beside a table of distances, and without it for another study', async () => {
    const asked: unknown[] = [];
    const pinia = windowWith({
      'sourceStudy.list': () => [],
      'sourceStudy.get': ({ id }) => ({
        ...{ id, createdAt: '2026-01-01T00:00:00Z', status: 'completed', pretraining: [], members: [], leftOut: [] },
        ...{ noticed: [], error: null, testOpened: { at: '2026-01-02T00:00:00Z', times: 1 } },
        plan: sourceStudyPlan.parse(planOf(setup(), targets)),
      }),
      'sourceStudy.result': (input) => {
        asked.push(input);
        return resultOf(null);
      },
    });
    const studies = useSourceStudies(pinia);
    await studies.select('one');
    studies.distances = ' /d.csv ';
    await studies.compare();
    await studies.select('two');
    expect(asked.map((each) => { const { id, distances } = each as { id: string; distances?: string }; return [id, distances]; })).toEqual([['one', undefined], ['one', '/d.csv'], ['two', undefined]]); // prettier-ignore
    expect(studies.distances).toBe('');
  });
});
