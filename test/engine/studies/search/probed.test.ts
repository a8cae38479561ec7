import { expect, test } from 'vitest';
import { worthARun } from '../../../../src-main/engine/studies/search/probed.ts';

const probes = (rows: Record<string, number>, error = 0.01) =>
  Object.entries(rows).map(([cut, auprc]) => ({ cut, auprc, error }));

test('a cut is dropped where a shallower one is as good, and where the best probe is far ahead', () => {
  const sweep = probes({ a: 0.3, b: 0.5, c: 0.885, d: 0.88, e: 0.89, f: 0.9, g: 0.9, h: 0.85 });
  expect(worthARun(sweep)).toEqual(['c', 'e', 'f']);
});

test('what is far is told by the standard error', () => {
  const rows = { a: 0.6, b: 0.7, c: 0.8, d: 0.9 };
  expect(worthARun(probes(rows, 0.2))).toEqual(['a', 'b', 'c', 'd']);
  expect(worthARun(probes(rows, 0.06))).toEqual(['b', 'c', 'd']);
});

test('three at least, the best of those dropped coming back; five at most, the best of those kept', () => {
  expect(worthARun(probes({ a: 0.9, b: 0.89, c: 0.5, d: 0.4 }))).toEqual(['a', 'b', 'c']);
  expect(worthARun(probes({ a: 0.9, b: 0.8 }))).toEqual(['a', 'b']);
  expect(worthARun(probes({ a: 0.9, b: 0.91, c: 0.92, d: 0.93, e: 0.94, f: 0.95 }, 1))).toEqual([
    'b',
    'c',
    'd',
    'e',
    'f',
  ]);
});
