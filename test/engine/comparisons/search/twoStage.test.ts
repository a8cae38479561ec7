import { expect, test } from 'vitest';
import { candidatesOf, layerCutsAround } from '../../../../src-main/engine/comparisons/search/cuts.ts';
import { twoStage } from '../../../../src-main/engine/comparisons/search/twoStage.ts';
import { planOf, POINTS, recordedComparison } from './recorded.ts';

const blocks = POINTS.filter(({ endsBlock }) => endsBlock).map(({ name }) => name);
const AROUND_STAGE_4 = ['block_6_project_BN', 'block_7_add', 'block_8_add', 'block_10_project_BN', 'block_11_add'];

test('the layer cuts next to a block cut reach to the block cuts on both sides', () => {
  const names = (cut: string) => layerCutsAround(POINTS, cut).map(({ name }) => name);
  expect(names('block_9_add')).toEqual(AROUND_STAGE_4);
  expect(names('Conv1_relu')).toEqual([]);
  expect(names('block_16_project_BN')).toEqual([]);
  expect(names('block_15_add')).toEqual(['block_13_project_BN', 'block_14_add']);
});

test('block cuts first, then the layer cuts next to the best; the best of both is chosen by its mean over the seeds', async () => {
  const table: Record<string, number> = { block_9_add: 0.9, block_8_add: 0.93, block_12_add: 0.88 };
  const { comparison, asked } = recordedComparison(
    planOf(),
    ({ cut, seed }) => (table[cut!] ?? 0.7) + 0.01 * (seed - 1),
  );
  const result = await twoStage(comparison);

  expect(result.cut).toBe('block_8_add');
  expect(result.validationAuprc!.mean).toBeCloseTo(0.93, 12);
  expect(result.validationAuprc!.deviation).toBeCloseTo(0.01, 12);
  expect(result.trials.map(({ cut }) => cut)).toEqual([...blocks, ...AROUND_STAGE_4]);
  expect(result.trials.map(({ stage }) => stage)).toEqual([
    ...blocks.map(() => 'blocks'),
    ...AROUND_STAGE_4.map(() => 'layers'),
  ]);
  expect(asked).toHaveLength((blocks.length + AROUND_STAGE_4.length) * 3);
  expect(asked.every(({ epochs, fold }) => epochs === 6 && fold === null)).toBe(true);
  expect(result.trainingSeconds).toBe(asked.length * 6);
  expect(result.reason).toBe(
    'block_8_add has the best validation AUPRC, 0.930 ± 0.010 (3 seeds), of 9 block cuts and 5 layer cuts next to ' +
      'block_9_add; block_9_add follows with 0.900 ± 0.010 (3 seeds).',
  );
});

test('figures that look the same in three decimals are a tie, and the smaller network wins it', async () => {
  const { comparison } = recordedComparison(planOf(), ({ cut }) =>
    cut === 'block_12_add' ? 0.9 : cut === 'block_9_add' ? 0.8998 : 0.5,
  );
  expect((await twoStage(comparison)).cut).toBe('block_9_add');
});

test('layer-wise: all networks are of one size, and of a tie the one that trains least is chosen', async () => {
  const { comparison } = recordedComparison(planOf({ strategy: 'layerwise' }), () => 0.9);
  expect((await twoStage(comparison)).cut).toBe('out_relu');
});

test('TransFusion: only cuts behind which the network can be slimmed down are tried; the others are listed', async () => {
  const plan = planOf({ strategy: 'transfusion' });
  const { points, unsupported } = candidatesOf(plan);
  const { comparison, asked } = recordedComparison(plan, ({ cut }) => (cut === 'block_9_add' ? 0.9 : 0.8));
  const result = await twoStage(comparison);
  expect(result.cut).toBe('block_9_add');
  expect([...new Set(asked.map(({ cut }) => cut))].toSorted()).toEqual(points.map(({ name }) => name).toSorted());
  expect(unsupported).toHaveLength(POINTS.length - points.length);
  expect(result.trials.filter(({ stage }) => stage === 'unsupported').map(({ cut }) => cut)).toEqual(unsupported);
});

test('a cut of which a run failed is not chosen, and its figure is left out', async () => {
  const { comparison } = recordedComparison(planOf(), ({ cut, seed }) =>
    cut === 'block_12_add' ? (seed === 1 ? null : 0.99) : cut === 'block_9_add' ? 0.9 : 0.8,
  );
  const result = await twoStage(comparison);
  expect(result.cut).toBe('block_9_add');
  expect(result.trials.find(({ cut }) => cut === 'block_12_add')!.validationAuprc).toBeNull();
});

test('where every cut failed there is nothing to choose', async () => {
  const { comparison } = recordedComparison(planOf(), () => null);
  await expect(twoStage(comparison)).rejects.toMatchObject({ code: 'COMPARISON_STATE', remedy: 'smaller rate' });
});
