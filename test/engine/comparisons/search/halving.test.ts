import { expect, test } from 'vitest';
import { exhaustiveWork, workOf } from '../../../../src-main/engine/comparisons/search/budget.ts';
import { goingOn, rungs, shortRuns, SURVIVORS } from '../../../../src-main/engine/comparisons/search/halving.ts';
import { POINTS } from './recorded.ts';

test('short runs take a sixth and a third of the epochs, and are shorter than a whole run', () => {
  expect([20, 6, 4, 3, 2, 1].map(rungs)).toEqual([[4, 7], [1, 2], [1, 2], [1], [1], []]);
});

// The unit of work does not matter here: multiply-accumulates.
const work = new Map(POINTS.map(({ name, macs }) => [name, macs]));
const sum = (...names: string[]): number => names.reduce((total, name) => total + work.get(name)!, 0);
const blocks = POINTS.filter(({ endsBlock }) => endsBlock).map(({ name }) => name);

test('the work of the exhaustive search near a cut: block cuts, and the layer cuts of the cheaper stage 2 that reaches it', () => {
  // Stage 2 around block_9_add also reaches block_10, with five cuts; around block_12_add these are the dearer four.
  const around9 = ['block_6_project_BN', 'block_7_add', 'block_8_add', 'block_10_project_BN', 'block_11_add'];
  const around12 = ['block_10_project_BN', 'block_11_add', 'block_13_project_BN', 'block_14_add'];
  const stage2 = Math.min(sum(...around9), sum(...around12));
  expect(exhaustiveWork(POINTS, 'block_10_project_BN', { work, epochs: 6, seeds: 3 })).toBe(
    18 * (sum(...blocks) + stage2),
  );
  expect(exhaustiveWork(POINTS, 'out_relu', { work, epochs: 1, seeds: 2 })).toBe(2 * sum(...blocks));
});

test('the work of a search counts the epochs of each cut, and the probes as half an epoch of the whole network', () => {
  const trained = new Map([
    ['block_5_add', 2],
    ['block_9_add', 18],
  ]);
  const expected = 2 * sum('block_5_add') + 18 * sum('block_9_add') + sum('out_relu') / 2;
  expect(workOf(work, trained)).toBe(expected);
});

/** Whether these runs, in epochs under all seeds, keep within a quarter of the exhaustive search's work. */
const within = (leader: string, seeds: number, trained: Record<string, number>): boolean =>
  workOf(work, new Map(Object.entries(trained))) <= exhaustiveWork(POINTS, leader, { work, epochs: 6, seeds }) / 4;

test('as many cuts are trained under the next seed as a quarter of that work allows, ever fewer under later ones', () => {
  const order = ['block_9_add', 'block_8_add', 'block_12_add', 'block_7_add', 'block_5_add', 'out_relu'];
  const trained = new Map(order.map((cut) => [cut, 2] as const));
  expect(goingOn(POINTS, order, { work, epochs: 6, seeds: 3, finished: 0, trained })).toBe(3);
  // Three under the first seed, two under the second, one under the third, should the dearest lead; the rest stays.
  const short = { block_7_add: 2, block_5_add: 2, out_relu: 2 };
  const plan = { ...short, block_12_add: 18, block_9_add: 12, block_8_add: 6 };
  for (const leader of order.slice(0, 3)) expect(within(leader, 3, plan)).toBe(true);
  // Four, three and one would be too much for at least one of these.
  const more = { ...plan, block_8_add: 12, block_7_add: 6 };
  expect(order.slice(0, 4).every((leader) => within(leader, 3, more))).toBe(false);
});

test('short runs are tried of so many cuts that whole runs of one under all seeds still fit', () => {
  const names = POINTS.map(({ name }) => name);
  const leader = 'block_13_project_BN';
  const tried = (epochs: number, seeds: number): number =>
    shortRuns(POINTS, (most) => names.slice(-most), { work, epochs, seeds, leader }).length;
  expect(tried(6, 9)).toBe(POINTS.length);
  const fitting = tried(6, 2);
  expect(fitting).toBeGreaterThan(SURVIVORS);
  // A sixth of the epochs for all, a third for the dearest, which here are the last.
  const plan = (n: number) =>
    Object.fromEntries([
      ...names.slice(-n).map((cut, index) => [cut, index >= n - SURVIVORS ? 2 : 1]),
      [leader, 12],
    ]) as Record<string, number>;
  expect(within(leader, 2, plan(fitting))).toBe(true);
  expect(within(leader, 2, plan(fitting + 1))).toBe(false);
});

test('one is trained under the first seed in any case, under a later one only where it fits', () => {
  const order = ['block_2_add', 'block_16_project_BN'];
  const after = (epochs: number, finished: number): number => {
    const trained = new Map([
      ['out_relu', epochs],
      ['block_2_add', 6 * finished],
    ]);
    return goingOn(POINTS, order, { work, epochs: 6, seeds: 2, finished, trained });
  };
  expect(after(8, 0)).toBe(1);
  expect(within('block_2_add', 2, { out_relu: 16, block_2_add: 6 })).toBe(false);
  expect(after(16, 0)).toBe(1);
  expect(after(12, 1)).toBe(1);
  expect(within('block_2_add', 2, { out_relu: 14, block_2_add: 12 })).toBe(false);
  expect(after(14, 1)).toBe(0);
});
