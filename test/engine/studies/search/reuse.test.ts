import { expect, test } from 'vitest';
import { endOfReuse, overlap } from '../../../../src-main/engine/studies/search/reuse.ts';

test('overlap is 1 − D of the two-sample Kolmogorov–Smirnov test', () => {
  // D by scipy.stats.ks_2samp (SciPy 1.16): 1, 0, 0.5, 0.4666…
  expect(overlap([0.8, 0.9], [0.1, 0.2, 0.3])).toBe(0);
  expect(overlap([0.1, 0.5, 0.9], [0.9, 0.1, 0.5])).toBe(1);
  expect(overlap([0.1, 0.2, 0.3, 0.4], [0.3, 0.4, 0.5, 0.6])).toBe(0.5);
  expect(overlap([0.2, 0.2, 0.7], [0.2, 0.5, 0.6, 0.65, 0.8])).toBeCloseTo(1 - 7 / 15, 12);
});

test('reuse ends at the first cut where the two groups overlap substantially', () => {
  const far = { tuned: [0.9, 0.95, 1], random: [0.1, 0.2, 0.3] };
  const near = { tuned: [0.15, 0.2, 0.3], random: [0.1, 0.2, 0.3] };
  const at = (cut: string, correlations: typeof far) => ({ cut, ...correlations });
  expect(endOfReuse([at('a', far), at('b', far), at('c', near), at('d', far), at('e', near)])).toBe('c');
  expect(endOfReuse([at('a', far), at('b', far)])).toBeNull();
});
