import * as tf from '@tensorflow/tfjs-core';
import { join, resolve } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ComparisonSummary } from '../../../../src-main/contract/comparison/index.ts';
import type { SearchPlan, SearchResult } from '../../../../src-main/contract/comparison/search.ts';
import { folderForFile, temporaryFolder } from '../../../support/folder.ts';
import { smallStudy } from '../../../support/pictures.ts';
import { services, tinyPlan } from '../../services/inProcess.ts';

const SOURCE = resolve(import.meta.dirname, '../../../../resources/sources/formula-pictures.safetensors');
const pictures = join(folderForFile(), 'comparison');
beforeAll(() => smallStudy(pictures, { patients: 24, each: 2 }));

async function open() {
  const { call, close } = await services(temporaryFolder());
  onTestFinished(close);
  return { call, close };
}

type Call = Awaited<ReturnType<typeof open>>['call'];

const planOf = (changes: Omit<Partial<SearchPlan>, 'base'> & { base?: object }) =>
  ({
    kind: 'search',
    seeds: [1, 2],
    ...changes,
    base: { ...tinyPlan(pictures, { backbone: 'cbr_tiny', cut: undefined, batch: 8, epochs: 3 }), ...changes.base },
  }) as SearchPlan;

async function search(call: Call, plan: SearchPlan): Promise<SearchResult> {
  const { id } = await call('comparison.start', plan);
  return resultOf(await call('comparison.watch', { id }));
}

function resultOf({ result, error }: ComparisonSummary): SearchResult {
  if (result?.kind !== 'search') throw new Error(error?.message ?? 'no result');
  return result;
}

/** What must be the same whenever it is searched. */
function numbersOf({ trials, trainingSeconds: _all, exhaustiveSeconds: _estimate, ...result }: SearchResult) {
  return { ...result, trials: trials.map(({ trainingSeconds: _seconds, ...trial }) => trial) };
}

const stages = ({ trials }: SearchResult): string[] => trials.map(({ stage, cut }) => `${stage} ${cut}`);

test('fast: ended in the middle and resumed, it takes the same course to the same cut', async () => {
  const plan = planOf({ method: 'fast' });
  const straight = await open();
  const expected = await search(straight.call, plan);
  const before = tf.memory().numTensors;

  const { call } = await open();
  const { id } = await call('comparison.start', plan);
  let finished = 0;
  await call('comparison.watch', { id }, (event) => {
    if (event.kind === 'finished' && ++finished === 2) void call('comparison.stop', { id });
  });
  expect((await call('comparison.get', { id })).status).toBe('stopped');
  await call('comparison.resume', { id });
  const result = resultOf(await call('comparison.watch', { id }));
  expect(numbersOf(result)).toEqual(numbersOf(expected));
  expect(tf.memory().numTensors).toBe(before);

  expect(result.trials.filter(({ stage }) => stage === 'probe')).toHaveLength(8);
  const last = result.trials.filter(({ stage, cut }) => stage === 'seed 2' && cut === result.cut);
  expect(last.map(({ validationAuprc }) => validationAuprc)).toEqual([result.validationAuprc]);
  expect(result.exhaustiveSeconds).toBeGreaterThan(result.trainingSeconds);
  expect(result.trainingSeconds).toBeGreaterThan(
    result.trials.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0),
  );
});

test('two-stage: TransFusion of a small network', async () => {
  const { call } = await open();
  const result = await search(
    call,
    planOf({ method: 'two-stage', strategy: 'transfusion', base: { epochs: 1 }, seeds: [1] }),
  );
  expect(stages(result).slice(0, 3)).toEqual(['blocks layer1.pool', 'blocks layer2.pool', 'blocks layer3.pool']);
  expect(stages(result).slice(-2)).toEqual(['unsupported layer4.relu', 'unsupported layer4.pool']);
  const scored = result.trials.flatMap(({ validationAuprc }) => (validationAuprc ? [validationAuprc.mean] : []));
  expect(result.validationAuprc!.mean).toBeCloseTo(Math.max(...scored), 3);
});

test('deepening: the head alone is trained first', async () => {
  const { call } = await open();
  const result = await search(
    call,
    planOf({ method: 'deepening', strategy: 'layerwise', base: { epochs: 1 }, seeds: [1] }),
  );
  expect(stages(result).slice(0, 2)).toEqual(['head alone layer4.pool', '1 block freed layer3.pool']);
  const [head, one] = result.trials;
  expect(head!.parameters).toBe(one!.parameters);
});

test('svcca: fine-tunes fully, looks where features were reused, and truncates there', async () => {
  const { call } = await open();
  await call('source.add', { file: SOURCE, name: 'formula', backbone: 'mobilenet_v2_050_keras' });
  const base = { backbone: 'mobilenet_v2_050_keras', source: 'formula', epochs: 1 };
  const result = await search(call, planOf({ method: 'svcca', base, seeds: [1] }));
  expect(stages(result)).toEqual(['full out_relu', `truncated ${result.cut}`]);
  expect(result.detector).toHaveLength(19);
  expect(result.detector!.reduce((sum, { chosen }) => sum + chosen, 0)).toBeCloseTo(1, 9);
  for (const { meanSvcca, randomSvcca, overlap } of result.detector!) {
    for (const value of [meanSvcca, randomSvcca, overlap]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  }
  // The first layers hardly move in an epoch.
  expect(result.detector![0]!.meanSvcca).toBeGreaterThan(0.9);
  expect(result.reason).toContain(result.cut);
});

test('a search that cannot be done is refused before it is stored', async () => {
  const { call } = await open();
  const refused = planOf({ method: 'svcca' });
  await expect(call('comparison.start', refused)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await expect(call('comparison.start', planOf({ method: 'fast', strategy: 'layerwise' }))).rejects.toMatchObject({
    code: 'STRATEGY_UNSUPPORTED',
    details: { valid: ['truncated'] },
  });
  await expect(call('comparison.start', planOf({ method: 'fast', base: { source: 'nowhere' } }))).rejects.toMatchObject(
    {
      code: 'SOURCE_UNKNOWN',
    },
  );
  expect(await call('comparison.list', {})).toEqual([]);
});
