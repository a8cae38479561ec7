import { expect, test } from 'vitest';
import { worthARun } from '../../../../src-main/engine/studies/search/probed.ts';

const probes = (rows: Record<string, number>, error = 0.01) =>
  Object.entries(rows).map(([cut, auprc]) => ({ cut, auprc, error }));

test('cuts whose probe is far below the best are dropped; what is far is told by the standard error', () => {
  const rows = { a: 0.5, b: 0.71, c: 0.9, d: 0.89, e: 0.86 };
  expect(worthARun(probes(rows), 10)).toEqual(['c', 'd']);
  expect(worthARun(probes(rows, 0.02), 10)).toEqual(['c', 'd', 'e']);
  expect(worthARun(probes(rows, 0.1), 10)).toEqual(['b', 'c', 'd', 'e']);
  const unsure = probes(rows).map((each) => (each.cut === 'a' ? { ...each, error: 0.2 } : each));
  expect(worthARun(unsure, 10)).toEqual(['a', 'c', 'd']);
});

test('on a plateau the whole depth is tried: of each of ten stretches the best probe, of equal ones the shallower', () => {
  const plateau = { a: 0.9, b: 0.91, c: 0.9, d: 0.92, e: 0.91, f: 0.9, g: 0.9, h: 0.93, i: 0.905, j: 0.9 };
  const rises = { ...plateau, k: 0.8, l: 0.81, m: 0.8, n: 0.8, o: 0.82, p: 0.83 };
  expect(worthARun(probes(rises, 0.1), 10)).toEqual(['b', 'c', 'd', 'f', 'h', 'i', 'k', 'l', 'n', 'p']);
});

test('one cut alone is worth a run', () => {
  expect(worthARun(probes({ a: 0.2, b: 0.9 }), 10)).toEqual(['b']);
});
