import { expect, it } from 'vitest';
import { agreement, meanAgreement, ssim } from '../../../src-main/engine/explain/agreement.ts';
import { pearson, spearman } from '../../../src-main/engine/metrics/rank/correlation.ts';
import { measure } from '../../../src-main/engine/explain/filters/kinds.ts';
import { verdictOf } from '../../../src-main/engine/explain/verdict.ts';
import golden from '../../golden/explain.json' with { type: 'json' };
import { hashes } from './hashes.ts';

const a = hashes('a', 49).map((value) => (value % 20) - 7);
const b = hashes('b', 49).map((value, i) => a[i]! + (value % 17));

it('correlations and structural similarity are those of scipy and scikit-image', () => {
  expect(pearson(a, b)).toBeCloseTo(golden.agreement.pearson, 6);
  expect(spearman(a, b)).toBeCloseTo(golden.agreement.spearman, 6);
  expect(spearman(a.map(Math.abs), b.map(Math.abs))).toBeCloseTo(golden.agreement.spearmanAbsolute, 6);
  const field = (values: number[]) => ({ height: 24, width: 24, values: Float32Array.from(values) });
  const [left, right] = ['left', 'right'].map((key) => hashes(key, 576).map((value) => value / 2 ** 32));
  const mixed = left!.map((value, i) => 0.7 * value + 0.3 * right![i]!);
  expect(ssim(field(left!), field(mixed))).toBeCloseTo(golden.agreement.ssim, 6);
  expect(ssim(field(left!), field(left!))).toBeCloseTo(1, 9);
});

it('a map agrees with itself, against its negative only by absolute values, and with a constant not at all', () => {
  const map = { height: 7, width: 7, values: Float32Array.from(a) };
  const negative = { ...map, values: map.values.map((value) => -value) };
  expect(agreement(map, map, 32)).toMatchObject({ spearman: 1, spearmanAbsolute: 1, pearson: 1 });
  expect(agreement(map, map, 32).ssim).toBeCloseTo(1, 9);
  expect(agreement(map, negative, 32).spearman).toBeCloseTo(-1, 9);
  expect(agreement(map, negative, 32).spearmanAbsolute).toBeCloseTo(1, 9);
  const constant = agreement(map, { ...map, values: new Float32Array(49).fill(2) }, 32);
  expect(constant).toMatchObject({ spearman: null, spearmanAbsolute: null, pearson: null });
  expect(meanAgreement([constant, agreement(map, negative, 32)]).spearman).toBeCloseTo(-1, 9);
  expect(meanAgreement([constant])).toMatchObject({ spearman: null, ssim: constant.ssim });
});

const figures = (spearman: number | null) => ({ spearman, spearmanAbsolute: null, pearson: null, ssim: 0.5 });
const cascade = (last: number | null) => [
  { stage: 'head', ...figures(0.9), blank: 0 },
  { stage: 'stem', ...figures(last), blank: 0 },
];
const seeds = (value: number) => ({ ...figures(value), runs: ['r1', 'r2'], pairs: 1 });

it('the verdict is that of the network which is random throughout, in a plain sentence', () => {
  const failed = verdictOf(cascade(0.85), null, false);
  expect(failed).toMatchObject({ randomisation: 'failed', repeatability: 'undefined' });
  expect(failed.sentences[0]).toMatch(/hardly changes when the weights are random .*0\.85.*Do not trust it/);
  expect(failed.sentences[1]).toMatch(/another seed/);
  expect(verdictOf(cascade(0.5), seeds(0.9), false)).toMatchObject({
    randomisation: 'partly',
    repeatability: 'stable',
  });
  expect(verdictOf(cascade(-0.2), seeds(0.1), false)).toMatchObject({
    randomisation: 'passed',
    repeatability: 'unstable',
  });
  expect(verdictOf(cascade(null), null, false).randomisation).toBe('undefined');
  expect(verdictOf(cascade(0.1), seeds(0.9), true).sentences).toEqual([
    'The map itself is blank, so there is nothing to check.',
  ]);
});

it('what is measured on a picture of stripes and noise is what numpy measures', () => {
  const noise = hashes('noise', 64 * 64 * 3).map((value) => value >>> 24);
  const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
    const [y, x] = [Math.floor(i / 192), Math.floor(i / 3) % 64];
    return Math.floor(0.6 * (127.5 + 90 * Math.sin((2 * Math.PI * (5 * x + 3 * y)) / 64)) + 0.4 * noise[i]!);
  });
  const { orientations, ...measured } = measure(pixels, 64);
  expect(orientations).toBe(1);
  for (const [name, value] of Object.entries(golden.picture))
    expect(measured[name as keyof typeof measured], name).toBeCloseTo(value, 6);
});
