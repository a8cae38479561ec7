import { expect, test } from 'vitest';
import {
  exhaustiveWork,
  finalists,
  rungs,
  survivors,
  workOf,
} from '../../../../src-main/engine/studies/search/halving.ts';
import { POINTS } from './recorded.ts';

test('short runs take a sixth and two thirds of the epochs, and are shorter than a whole run', () => {
  expect([20, 6, 4, 3, 2, 1].map(rungs)).toEqual([[4, 14], [1, 4], [1, 3], [1, 2], [1], []]);
  expect([5, 4, 3, 2, 1].map(survivors)).toEqual([3, 2, 2, 1, 1]);
});

const macsOf = (...names: string[]): number =>
  POINTS.filter(({ name }) => names.includes(name)).reduce((sum, { macs }) => sum + macs, 0);
const blocks = POINTS.filter(({ endsBlock }) => endsBlock).map(({ name }) => name);

test('the work of the exhaustive search near a cut: block cuts, and the layer cuts of the cheaper stage 2 that reaches it', () => {
  // Stage 2 around block_9_add also reaches block_10, with five cuts; around block_12_add these are the dearer four.
  const around9 = ['block_6_project_BN', 'block_7_add', 'block_8_add', 'block_10_project_BN', 'block_11_add'];
  const around12 = ['block_10_project_BN', 'block_11_add', 'block_13_project_BN', 'block_14_add'];
  const stage2 = Math.min(macsOf(...around9), macsOf(...around12));
  expect(exhaustiveWork(POINTS, 'block_10_project_BN', { epochs: 6, seeds: 3 })).toBe(
    18 * (macsOf(...blocks) + stage2),
  );
  expect(exhaustiveWork(POINTS, 'out_relu', { epochs: 1, seeds: 2 })).toBe(2 * macsOf(...blocks));
});

test('the work of a search counts the epochs of each cut, and the probes as half an epoch of the whole network', () => {
  const trained = new Map([
    ['block_5_add', 2],
    ['block_9_add', 18],
  ]);
  const expected = 2 * macsOf('block_5_add') + 18 * macsOf('block_9_add') + macsOf('out_relu') / 2;
  expect(workOf(POINTS, trained)).toBe(expected);
});

test('as many cuts are finished as a quarter of that work allows', () => {
  const options = { trained: new Map([['block_5_add', 2]]), epochs: 6, seeds: 3 };
  const after = (cut: string) => finalists(POINTS, [cut, 'block_12_add', 'block_9_add', 'out_relu'], options);
  expect(after('block_5_add')).toEqual({ cuts: ['block_5_add', 'block_12_add', 'block_9_add'], seeds: 3 });
  expect(after('block_11_add')).toEqual({ cuts: ['block_11_add', 'block_12_add'], seeds: 3 });
  expect(after('block_16_project_BN')).toEqual({ cuts: ['block_16_project_BN'], seeds: 3 });
});

test('the first is finished in any case, under as many seeds as fit', () => {
  const trained = new Map([
    ['out_relu', 3],
    ['block_15_add', 3],
    ['block_12_add', 3],
  ]);
  const finish = (seeds: number) => finalists(POINTS, ['out_relu', 'block_15_add'], { trained, epochs: 6, seeds });
  expect(finish(3)).toEqual({ cuts: ['out_relu'], seeds: 2 });
  expect(finish(1)).toEqual({ cuts: ['out_relu'], seeds: 1 });
});
