import { expect, test } from 'vitest';
import { bestProbe, worthARun } from '../../../../src-main/engine/comparisons/search/probed.ts';

const probes = (rows: Record<string, number>, error = 0.01) =>
  Object.entries(rows).map(([cut, auprc]) => ({ cut, auprc, error }));

test('cuts whose probe is far below the best are dropped; what is far is told by the standard error', () => {
  const rows = { a: 0.5, b: 0.71, c: 0.9, d: 0.89, e: 0.85 };
  expect(worthARun(probes(rows), 10)).toEqual(['c', 'd']);
  expect(worthARun(probes(rows, 0.02), 10)).toEqual(['c', 'd', 'e']);
  expect(worthARun(probes(rows, 0.05), 10)).toEqual(['b', 'c', 'd', 'e']);
  const unsure = probes(rows).map((each) => (each.cut === 'a' ? { ...each, error: 0.2 } : each));
  expect(worthARun(unsure, 10)).toEqual(['a', 'c', 'd']);
});

test('where more are left than can get a run, those with the best probes do, from shallow to deep', () => {
  const plateau = { a: 0.9, b: 0.92, c: 0.89, d: 0.93, e: 0.91 };
  expect(worthARun(probes(plateau), 3)).toEqual(['b', 'd', 'e']);
  expect(worthARun(probes(plateau), 1)).toEqual(['d']);
});

test('of equal probes the shallower is the best', () => {
  expect(bestProbe(probes({ a: 0.2, b: 0.9, c: 0.9 })).cut).toBe('b');
});
