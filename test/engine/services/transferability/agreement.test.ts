import { expect, test } from 'vitest';
import { describeRankings } from '../../../../src-main/cli/text/rankings.ts';
import type { EstimateRanking } from '../../../../src-main/contract/transferability.ts';
import { agreementsOf } from '../../../../src-main/engine/services/transferability/agreement.ts';
import { comparable, type FineTuned } from '../../../../src-main/engine/services/transferability/fineTuned.ts';

const measured = [0.71, 0.75, 0.74, 0.8, 0.82, 0.85, 0.84, 0.9];
/** The same order, another with nothing in common with it, one that only some have, one without any difference. */
const items = measured.map((auroc, at) => ({
  measured: auroc,
  estimates: {
    logMe: Math.log(auroc),
    hScore: [3, 1, 4, 1.5, 5, 2, 6, 2.5][at]!,
    nLeep: at < 2 ? -auroc : null,
    parc: 0.1,
  },
}));

test('an estimate agrees where its order is rarer than chance, over all estimates; else there is no ground', () => {
  const found = Object.fromEntries(agreementsOf(items).map((each) => [each.estimate, each]));
  expect(Object.keys(found)).toEqual(['logMe', 'hScore', 'nLeep', 'parc']);
  // All 28 pairs agree: one of 8! orders, and its reverse.
  expect(found['logMe']).toMatchObject({ n: 8, verdict: 'agrees', kendall: { value: 1, method: 'exact' } });
  expect(found['logMe']!.kendall!.p).toBeCloseTo(2 / 40320, 12);
  expect(found['hScore']).toMatchObject({ n: 8, verdict: 'noGround' });
  expect(found['hScore']!.kendall!.interval).not.toBeNull();
  expect(found['nLeep']).toMatchObject({ n: 2, verdict: 'unknown', kendall: null });
  expect(found['parc']).toMatchObject({ n: 8, verdict: 'unknown', kendall: null });
});

test('an order that is reversed is no ground, however rare', () => {
  const reversed = items.map(({ measured: auroc }) => ({ measured: auroc, estimates: { logMe: -auroc } }));
  expect(agreementsOf(reversed)).toMatchObject([{ kendall: { value: -1 }, verdict: 'noGround' }]);
});

test('what one of several estimates has by chance does not stand for all of them', () => {
  // Of five values, one order and its reverse have p = 2/120: below 0.05 of one estimate, not of four.
  const five = [0.1, 0.2, 0.3, 0.4, 0.5];
  const alone = five.map((auroc) => ({ measured: auroc, estimates: { logMe: auroc } }));
  expect(agreementsOf(alone)).toMatchObject([{ verdict: 'agrees' }]);
  const noise = [3, 1, 2, 5, 4];
  const several = five.map((auroc, at) => ({
    measured: auroc,
    estimates: { logMe: auroc, hScore: noise[at]!, nLeep: noise[4 - at]!, parc: noise[at]! },
  }));
  expect(agreementsOf(several)[0]).toMatchObject({ estimate: 'logMe', verdict: 'noGround' });
});

test('runs are compared where nothing but cut, source, seed and split differ', () => {
  const run = (id: string, cut: string, settings: string): FineTuned => ({
    ...{ run: id, source: null, cut, auroc: 0.8, epochs: 3, settings },
  });
  const runs = [
    ...[run('a', 'one', 'new'), run('b', 'two', 'new')],
    ...[run('c', 'one', 'old'), run('d', 'two', 'old'), run('e', 'three', 'old'), run('f', 'three', 'old')],
  ];
  const found = comparable(runs, ({ cut }) => cut);
  expect([...found].map(([cut, own]) => [cut, own.map((each) => each.run)])).toEqual([
    ['one', ['c']],
    ['two', ['d']],
    ['three', ['e', 'f']],
  ]);
  // Of two that cover as much the newest, which comes first.
  expect([...comparable(runs.slice(0, 4), ({ cut }) => cut).values()].flat().map((each) => each.run)).toEqual([
    'a',
    'b',
  ]);
  expect(comparable([], ({ cut }) => cut).size).toBe(0);
});

const ranking = (against: EstimateRanking['against']): EstimateRanking => ({
  ...{ over: 'cuts', against, runs: against === 'probe' ? 0 : 9, epochs: against === 'probe' ? null : 20 },
  items: measured.map((value, at) => ({ name: `cut ${at}`, measured: value, runs: [] })),
  agreements: agreementsOf(items),
});

test('what is said of an estimate never goes beyond what was measured', () => {
  const text = describeRankings([ranking('fineTuned'), ranking('probe')], 'cut');
  expect(text).toContain('mean validation AUROC of 9 runs (20 epochs) at 8 cuts');
  expect(text).toContain('On your own images LogME ranked 8 cuts as fine-tuning did with Kendall’s τ 1.00 (p < 0.001): more than chance'); // prettier-ignore
  expect(text).toMatch(/H-score ranked 8 cuts .*τ 0\.\d\d \(−?0\.\d\d to 0\.\d\d; p = 0\.\d{3}\): this is no ground/);
  expect(text).toContain('N-LEEP: with 2 cuts of which both are known, or all of them equal, nothing can be said.');
  expect(text).toContain('agreement says little of fine-tuning');
  const unmeasured = describeRankings([ranking('probe')], 'cut');
  expect(unmeasured).toContain('Whether these estimates rank the cuts as fine-tuning does is not known');
  expect(unmeasured).not.toContain('On your own images');
  expect(unmeasured).toContain('by themselves they are no ground to choose');
});
