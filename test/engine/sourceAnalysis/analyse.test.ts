import { describe, expect, it } from 'vitest';
import { sourceAnalysis, type SourceResultRow } from '../../../src-main/contract/sourceAnalysis.ts';
import { analyseSources } from '../../../src-main/engine/sourceAnalysis/index.ts';
import german from '../../../src-renderer/text/de/engine/index.ts';
import { phrasebook } from '../../../src-renderer/text/phrasebook.ts';
import golden from '../../golden/sourceAnalysis.json' with { type: 'json' };

const options = { confidence: 0.95 };
const { tolerance, rows, distances } = golden;
const found = analyseSources(rows, distances, options);
const close = (got: number | null | undefined, wanted: number): void =>
  expect(Math.abs(got! - wanted), `${got} for ${wanted}`).toBeLessThanOrEqual(tolerance);
const say = phrasebook(german);

/** Areas fold by fold of a source on a target. */
const folds = (source: string | null, target: string, ...areas: number[]): SourceResultRow[] =>
  areas.map((auc, at) => ({ source, target, fold: String(at + 1), auc }));

describe('equal to numpy and scipy', () => {
  it('means with their spread, and transferability', () => {
    expect(found.means).toHaveLength(golden.means.length);
    for (const { source, target, value, low, high, deviation, maxDeviation } of golden.means) {
      const own = found.means.find((each) => each.source === source && each.target === target)!;
      close(own.mean, value);
      close(own.deviation, deviation);
      close(own.maxDeviation, maxDeviation);
      close(own.interval!.low, low);
      close(own.interval!.high, Math.min(1, high));
    }
    expect(found.transfers).toHaveLength(golden.transfers.length);
    for (const { source, target, value, low, high } of golden.transfers) {
      const own = found.transfers.find((each) => each.source === source && each.target === target)!;
      close(own.value, value);
      close(own.interval!.low, low);
      close(own.interval!.high, high);
    }
  });

  it('paired differences, with p-values before and after Holm’s correction', () => {
    expect(found.differences).toHaveLength(golden.differences.length);
    for (const { target, a, b, value, low, high, p, adjusted } of golden.differences) {
      const own = found.differences.find((each) => each.target === target && each.a === a && each.b === b)!;
      close(own.value, value);
      close(own.interval!.low, low);
      close(own.interval!.high, high);
      close(own.p, p);
      close(own.adjusted, adjusted);
    }
  });

  it('correlations over the pairs that have a distance', () => {
    for (const name of ['spearman', 'kendall', 'weightedKendall'] as const) {
      close(found[name]!.value, golden[name]);
      expect(found[name]).toMatchObject({ n: golden.pairs, why: null });
    }
    expect(found.spearman!.method).toBe('exact');
    expect(found.perTarget.map(({ target, spearman }) => [target, spearman.n])).toEqual([
      ['lesions', 5],
      ['chest', 3],
      ['tissue', 4],
    ]);
  });
});

it('is what the contract says, and speaks German', () => {
  expect(sourceAnalysis.parse(found)).toEqual(found);
  for (const sentence of [...found.said, ...found.notes]) expect(say(sentence), sentence).toBeDefined();
  expect(found.notes.join(' ')).toContain(
    'Left out of the correlation, without a distance: 1 pair, ‘cells’ to ‘chest’.',
  );
  expect(found.withoutDistance).toEqual([{ source: 'cells', target: 'chest' }]);
});

it('ranks what all targets have, and says how sure that is', () => {
  const over = found.rankings.find(({ target }) => target === null)!;
  expect(over.rows.map(({ source }) => source).toSorted()).toEqual(['cells', 'natural', 'textures', null].toSorted());
  expect(over.left).toEqual(['chest', 'tissue']);
  for (const { rows: ranks } of found.rankings) {
    expect(ranks.reduce((sum, { best }) => sum + best, 0)).toBeCloseTo(1, 9);
    expect(ranks.reduce((sum, { rank }) => sum + rank, 0)).toBeCloseTo((ranks.length * (ranks.length + 1)) / 2, 9);
    for (const { rank, interval } of ranks) {
      expect(interval.low).toBeLessThanOrEqual(rank);
      expect(interval.high).toBeGreaterThanOrEqual(rank);
    }
  }
});

it('takes the baseline of the same fold, seed and network', () => {
  const [base, other] = [0.8, 0.5];
  const seeded: SourceResultRow[] = [
    { source: 't', target: 't', fold: '1', auc: base, backbone: 'a', seed: '1' },
    { source: null, target: 't', fold: '1', auc: other, backbone: 'b' },
    { source: 's', target: 't', fold: '1', auc: 0.88, backbone: 'a', seed: '1' },
    // The baseline of b has no seed: it stands for all.
    { source: 's', target: 't', fold: '1', auc: 0.6, backbone: 'b', seed: '2' },
    { source: 's', target: 't', fold: '2', auc: 0.9, backbone: 'a', seed: '1' },
  ];
  const { transfers, withoutBaseline, means, notes } = analyseSources(seeded, null, options);
  expect(transfers).toHaveLength(1);
  expect(transfers[0]).toMatchObject({ source: 's', n: 2, interval: null, distance: null });
  expect(transfers[0]!.value).toBeCloseTo((10 + 20) / 2, 9);
  expect(withoutBaseline).toEqual([{ source: 's', target: 't', folds: ['2'] }]);
  expect(means.map(({ source, n }) => [source, n])).toEqual([
    [null, 2],
    ['s', 3],
  ]);
  expect(notes.join(' ')).toContain('1 fold, ‘s’ to ‘t’ 2.');
  for (const note of notes) expect(say(note), note).toBeDefined();
});

describe('what may be said', () => {
  const targets = ['p', 'q', 'r', 's'];
  const study = (gain: (source: number, target: number) => number) =>
    targets.flatMap((target, t) => [
      ...folds(null, target, 0.7, 0.71, 0.69),
      ...['a', 'b', 'c', 'd'].flatMap((source, s) => folds(source, target, ...[0.7, 0.71, 0.69].map((auc) => auc + gain(s, t)))),
    ]); // prettier-ignore
  const away = (distance: (source: number, target: number) => number) =>
    targets.flatMap((target, t) => ['a', 'b', 'c', 'd'].map((source, s) => ({ source, target, distance: distance(s, t) }))); // prettier-ignore
  const said = (rows: SourceResultRow[], far: ReturnType<typeof away> | null) => {
    const { said } = analyseSources(rows, far, options);
    for (const sentence of said) expect(say(sentence), sentence).toBeDefined();
    return said.join(' ');
  };
  const gain = (s: number, t: number) => 0.02 * s + 0.001 * ((7 * t + 3 * s) % 5);

  it('is which way it goes, where the interval is on one side of 0 and p is small', () => {
    expect(said(study(gain), away((s, t) => 4 - s + 0.01 * t))).toContain('nearer sources rank higher; whether that holds for another target is not shown');
    expect(said(study(gain), away((s, t) => s + 0.01 * t))).toContain('sources farther away rank higher');
    expect(said(study(gain), away((s, t) => s + 0.01 * t))).toContain('The pairs are of 4 targets; those of one target');
  }); // prettier-ignore

  it('is no advice where the interval holds 0, and where there is none', () => {
    const none = said(
      study(gain),
      away((s, t) => (5 * s + 3 * t) % 7),
    );
    expect(none).toContain('holds 0: these results do not show');
    expect(none).not.toContain('rank higher');
    const few = said(study(gain).filter(({ target }) => target === 'p'), away((s) => -s)); // prettier-ignore
    expect(few).toContain('Over 4 pairs no interval can be told');
    expect(few).not.toContain('rank higher');
  });

  it('is why there is no correlation', () => {
    const two = study(gain).filter(({ source, target }) => target === 'p' && [null, 'a', 'b'].includes(source));
    const found = analyseSources(two, away((s) => s), options); // prettier-ignore
    expect(found.spearman).toMatchObject({ value: null, p: null, n: 2 });
    expect(found.kendall!.why).toContain('Fewer than 3 pairs of source and target have a distance');
    expect(said(two, away((s) => s))).toContain('Fewer than 3 pairs'); // prettier-ignore
    expect(said(study(gain), away(() => 2))).toContain('All distances are equal.'); // prettier-ignore
    expect(analyseSources(two, null, options)).toMatchObject({ spearman: null, kendall: null, perTarget: [] });
  });

  it('is that seeds on one fold say nothing of other images', () => {
    const oneFold = [0.8, 0.82, 0.81].flatMap((auc, at): SourceResultRow[] => [
      { source: null, target: 't', fold: '1', seed: String(at), auc: auc - 0.1 },
      { source: 's', target: 't', fold: '1', seed: String(at), auc },
    ]);
    const found = analyseSources(oneFold, null, options);
    expect(found.means.map(({ n, interval }) => [n, interval])).toEqual([
      [3, null],
      [3, null],
    ]);
    expect(said(oneFold, null)).toBe(
      'On ‘t’ the source ‘s’ has the highest mean AUC. With one fold it is not known how certain that is.',
    );
  });
});
