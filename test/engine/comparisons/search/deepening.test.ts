import { expect, test } from 'vitest';
import { deepening } from '../../../../src-main/engine/comparisons/search/deepening.ts';
import { planOf, recordedComparison } from './recorded.ts';

const plan = planOf({ method: 'deepening', strategy: 'layerwise' });
const trial = (scores: Record<string, number>) => recordedComparison(plan, ({ cut }) => scores[cut!] ?? 0.5);

test('one block more is freed at a time until two in a row bring nothing', async () => {
  const { comparison, asked } = trial({
    out_relu: 0.7,
    block_16_project_BN: 0.8,
    block_15_add: 0.79,
    block_12_add: 0.85,
  });
  const result = await deepening(comparison);
  expect(result.cut).toBe('block_12_add');
  expect(result.trials.map(({ cut, stage }) => `${cut}: ${stage}`)).toEqual([
    'out_relu: head alone',
    'block_16_project_BN: 1 block freed',
    'block_15_add: 2 blocks freed',
    'block_12_add: 3 blocks freed',
    'block_9_add: 4 blocks freed',
    'block_5_add: 5 blocks freed',
  ]);
  expect(asked).toHaveLength(6 * 3);
  expect(result.reason).toBe(
    'Validation AUPRC is best with freeing 3 blocks behind block_12_add, 0.850 ± 0.000 (3 seeds); freeing more brought ' +
      'at most 0.500 ± 0.000 (3 seeds).',
  );
});

test('a gain that three decimals do not show is none', async () => {
  const { comparison } = trial({ out_relu: 0.8, block_16_project_BN: 0.8004, block_15_add: 0.8003 });
  const result = await deepening(comparison);
  expect(result.cut).toBe('out_relu');
  expect(result.trials).toHaveLength(3);
});

test('it goes on to the first block where every block freed gains', async () => {
  const { comparison } = recordedComparison(plan, ({ cut }) => 1 - (cut === 'out_relu' ? 99 : cut!.length) / 100);
  const order = ['out_relu', 'block_16_project_BN', 'block_15_add', 'block_12_add', 'block_9_add', 'block_5_add'];
  const rising = recordedComparison(plan, ({ cut }) => 0.5 + 0.01 * (order.includes(cut!) ? order.indexOf(cut!) : 8));
  expect((await deepening(comparison)).trials.length).toBeLessThanOrEqual(9);
  expect((await deepening(rising.comparison)).trials.map(({ cut }) => cut).slice(0, 6)).toEqual(order);
});
