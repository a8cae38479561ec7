import { describe, expect, test } from 'vitest';
import { kendallExact, spearmanExact } from '../../../src-main/engine/metrics/rank/exact.ts';
import { rankCorrelation, type RankStatistic } from '../../../src-main/engine/metrics/rank/index.ts';
import { spearman } from '../../../src-main/engine/metrics/rank/correlation.ts';
import { zInterval } from '../../../src-main/engine/metrics/rank/intervals.ts';
import { kendall } from '../../../src-main/engine/metrics/rank/kendall.ts';
import { permutationP } from '../../../src-main/engine/metrics/rank/permutations.ts';
import { generator, shuffle } from '../../../src-main/engine/random.ts';
import golden from '../../golden/rank.json' with { type: 'json' };

const { tolerance, drawnTolerance, confidence } = golden;
const NAMES = ['spearman', 'kendall', 'weightedKendall'] as const;
const of = (name: RankStatistic, { x, y }: { x: number[]; y: number[] }) => rankCorrelation(name, x, y, confidence)!;
const close = (got: number, wanted: number, within = tolerance): void =>
  expect(Math.abs(got - wanted), `${got} for ${wanted}`).toBeLessThanOrEqual(within);

describe('equal to scipy', () => {
  test.each(golden.small)('$name: values, and p over all orders', ({ value, p, ...pairs }) => {
    for (const name of NAMES) {
      const found = of(name, pairs);
      close(found.value, value[name]);
      close(found.p, p[name]);
      expect(found).toMatchObject({ method: 'exact', draws: null });
    }
  });

  test.each(golden.ten)('$name: Spearman over 3,628,800 orders', ({ value, p, ...pairs }) => {
    const found = of('spearman', pairs);
    close(found.value, value.spearman);
    close(found.p, p);
    expect(found.method).toBe('exact');
    for (const name of NAMES) close(of(name, pairs).value, value[name]);
  });

  test.each(golden.large)('21 pairs, $name', ({ value, p, interval, ...pairs }) => {
    for (const name of NAMES) {
      const found = of(name, pairs);
      close(found.value, value[name]);
      close(found.p, p[name], drawnTolerance);
      if (name === 'weightedKendall') continue;
      close(found.interval!.low, interval[name][0]!);
      close(found.interval!.high, interval[name][1]!);
    }
  });

  test('distances with many ties are few states: Spearman is exact for 21 pairs of them', () => {
    const [tied] = golden.large;
    const found = of('spearman', tied!);
    expect(found.method).toBe('exact');
    close(found.p, tied!.p.spearman, 0.003);
  });

  test('Kendall without ties is exact for 21 pairs, too', () => {
    const [, untied] = golden.large;
    const found = of('kendall', untied!);
    expect(found.method).toBe('exact');
    close(found.p, untied!.p.kendall);
  });
});

describe('exact and drawn p-values agree', () => {
  const random = generator(1, 'test');
  const ties = Array.from({ length: 9 }, () => Math.floor(random() * 4));
  const none = shuffle([...ties.keys()], random);

  test('the distributions give what going through all orders gives', () => {
    for (const [x, y] of [[ties, none], [none, ties], [none, shuffle(none, random)]] as const) {
      close(kendallExact(x, y)!, permutationP(x, y, kendall).p);
      close(spearmanExact(x, y)!, permutationP(x, y, spearman).p);
    } // prettier-ignore
  });

  test('with ties in both, of more than nine pairs orders are drawn, the same ones each time', () => {
    const x = [...ties, ...ties];
    const y = x.map((value, at) => (value + at) % 3);
    const found = rankCorrelation('kendall', x, y, 0.95)!;
    expect(found).toMatchObject({ method: 'permutations', draws: 46_296 });
    expect(rankCorrelation('kendall', x, y, 0.95)).toEqual(found);
  });
});

test('what is not defined is not told', () => {
  expect(rankCorrelation('spearman', [1, 2], [2, 1], 0.95)).toBeNull();
  expect(rankCorrelation('kendall', [1, 1, 1, 1], [1, 2, 3, 4], 0.95)).toBeNull();
  expect(rankCorrelation('weightedKendall', [1, 2, 3, 4], [5, 5, 5, 5], 0.95)).toBeNull();
  // No variance is known of what is in perfect order, nor of three pairs.
  expect(rankCorrelation('spearman', [1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 0.95)).toMatchObject({
    value: 1,
    interval: null,
  });
  expect(rankCorrelation('kendall', [1, 2, 3, 4], [1, 3, 2, 4], 0.95)!.interval).toBeNull();
});

test('intervals hold the true correlation about as often as they say', () => {
  // Normal pairs with a correlation of 0.5: ρ = 6/π asin(0.25), τ = 2/π asin(0.5) = 1/3.
  const random = generator(2, 'coverage');
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const held = { spearman: 0, kendall: 0 };
  const truth = { spearman: (6 / Math.PI) * Math.asin(0.25), kendall: 1 / 3 };
  const studies = 2000;
  for (let study = 0; study < studies; study++) {
    const x = Array.from({ length: 20 }, normal);
    const y = x.map((value) => 0.5 * value + Math.sqrt(0.75) * normal());
    for (const name of ['spearman', 'kendall'] as const) {
      const { low, high } = zInterval(name, { value: { spearman, kendall }[name](x, y)!, n: 20 }, 0.95)!;
      if (low <= truth[name] && truth[name] <= high) held[name]++;
    }
  }
  for (const name of ['spearman', 'kendall'] as const) {
    expect(held[name] / studies, name).toBeGreaterThan(0.93);
    expect(held[name] / studies, name).toBeLessThan(0.98);
  }
});
