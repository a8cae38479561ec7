import { describe, expect, it } from 'vitest';
import { denseCuts } from '../../src-main/backbone/dense.ts';
import { backbones } from '../../src-main/backbone/zoo/index.ts';
import type { CutCurves } from '../../src-main/contract/cutCurves.ts';
import { axisOf, blockNames, cutNear, named, shortName } from '../../src-renderer/features/network/axis.ts';
import { clustersOf } from '../../src-renderer/features/network/clusters.ts';
import { decimalsOf, panelsOf, type CutEstimate } from '../../src-renderer/features/network/panels.ts';
import { blockSpans, cutsOf } from '../../src-renderer/logic/network.ts';

const cuts = cutsOf('resnet50', 224);
const place = (name: string): number => cuts.findIndex((cut) => cut.name === name);

describe.each(backbones)('the axis of $name', (backbone) => {
  const all = cutsOf(backbone.name, 224, denseCuts(backbone));
  const axis = axisOf(all, 900);

  it('fills the width, unit beside unit, and gives more to what computes more', () => {
    expect(axis.units[0]!.start).toBe(0);
    expect(axis.units.at(-1)!.end).toBeCloseTo(900, 6);
    axis.units.slice(1).forEach(({ start }, index) => expect(start).toBe(axis.units[index]!.end));
    const widths = axis.units.map(({ start, end }) => end - start);
    const macs = all.map((cut, index) => cut.macs - (all[index - 1]?.macs ?? 0));
    const least = macs.indexOf(Math.min(...macs));
    const most = macs.indexOf(Math.max(...macs));
    // Beyond what each unit has, width is compute: differences of the one are to scale of those of the other.
    const scale = (widths[most]! - widths[least]!) / (macs[most]! - macs[least]!);
    macs.forEach((own, index) => {
      expect(widths[index]! - widths[least]!).toBeCloseTo(scale * (own - macs[least]!), 6);
    });
    expect(Math.min(...widths)).toBeGreaterThan(2);
  });

  it('finds every cut where it is drawn', () => {
    axis.units.forEach(({ end }, index) => expect(cutNear(axis, end)).toBe(index));
    expect(cutNear(axis, -50)).toBe(0);
    expect(cutNear(axis, 5000)).toBe(all.length - 1);
  });

  it('names no two units on top of each other; all of them where there is room', () => {
    const current = Math.floor(all.length / 3);
    expect(named(axis, all, current)).toContain(current);
    const middles = named(axis, all, current).map((index) => (axis.units[index]!.start + axis.units[index]!.end) / 2);
    middles.slice(1).forEach((x, index) => expect(x - middles[index]!).toBeGreaterThanOrEqual(14));
    expect(named(axisOf(all, 40 * all.length), all, 0)).toHaveLength(all.length);
  });
});

it.each(backbones)('the names of the blocks of $name are whole, and lie beside each other', (backbone) => {
  const all = cutsOf(backbone.name, 224, denseCuts(backbone));
  const blocks = blockSpans(all);
  for (const width of [300, 420, 700, 1060, 2300]) {
    const names = blockNames(axisOf(all, width), blocks);
    expect(names.map((each) => each.name)).toEqual(blocks.map((each) => each.name));
    for (const [at, { left, row, name: text }] of names.entries()) {
      // A letter of this size is hardly ever wider than 7 pixels.
      expect(left + 7 * text.length).toBeLessThanOrEqual(width + 1);
      const beside = names.slice(at + 1).find((each) => each.row === row);
      if (beside) expect(beside.left).toBeGreaterThanOrEqual(left + 7 * text.length);
    }
    if (width > 1000) expect(names.filter(({ row }) => row > 1)).toEqual([]);
  }
});

it('a name is short, and says what its block does not', () => {
  expect(shortName(cuts[place('layer3.5')]!)).toBe('5');
  expect(shortName({ name: 'features.denseblock2.denselayer10.concat', block: 'denseblock2' } as (typeof cuts)[number])).toBe('denselayer10.concat'); // prettier-ignore
  expect(shortName({ ...cuts[0]!, name: 'a_very_long_name_of_a_layer', block: 'stem' })).toBe('…ong_name_of_a_layer');
});

const nothing: CutCurves = { backbone: 'resnet50', probes: [], similarities: [], runs: [], latencies: [] };
const probe = (values: Record<string, number>): CutCurves['probes'][number] => ({
  from: { kind: 'job', id: 'j' },
  ...{ at: '2026-11-29T10:00:00Z', source: null, images: 100, patients: 50, folds: 5 },
  points: Object.entries(values).map(([cut, auroc]) => ({
    cut,
    auroc,
    interval: [auroc - 0.05, auroc + 0.04] as [number, number],
    auprc: auroc,
    ...{ logMe: auroc - 1, hScore: 2 * auroc, nLeep: auroc === 0.9 ? -0.5 : null, parc: null },
  })),
});

describe('the sheets beneath the map', () => {
  it('are one without anything measured, which has a scale all the same', () => {
    const [sheet, ...others] = panelsOf(cuts, { ...nothing, latency: [], estimate: null });
    expect(others).toEqual([]);
    expect(sheet).toMatchObject({ name: 'auroc', series: [], low: 0.4, high: 1 });
  });

  it('have the newest probe, all runs, and what was measured besides, at the places of the cuts', () => {
    const curves = {
      ...nothing,
      probes: [probe({ 'layer3.5': 0.9, 'layer1.2': 0.7, gone: 0.1 }), probe({ 'layer1.2': 0.2 })],
      runs: [0.95, 0.93].map((auroc, at) => ({
        ...{ run: `r${at}`, comparison: null, cut: 'layer3.5', strategy: 'truncated' as const, source: null },
        ...{ initialisation: 'pretrained' as const, epochs: 3, auroc, parameters: 1 },
      })),
      similarities: [
        {
          ...{ job: 's', at: '', run: 'r0', images: 20 },
          points: [{ cut: 'layer1.2', svcca: 0.8, random: 0.3, band: [0.25, 0.35] as [number, number] }],
        },
      ],
      latency: [{ cut: 'layer1.2', milliseconds: 12.5, batch: null }],
    };
    const panels = panelsOf(cuts, { ...curves, estimate: null });
    // An estimate is shown only where somebody chose it.
    expect(panels.map(({ name }) => name)).toEqual(['auroc', 'svcca', 'latency']);
    const [auroc, svcca, latency] = panels;
    const shown = (estimate: CutEstimate) =>
      panelsOf(cuts, { ...curves, estimate }).find(({ name }) => name === estimate);
    expect(shown('hScore')!.series[0]!.points.map(({ index, value }) => [index, value])).toEqual([
      [place('layer1.2'), 1.4],
      [place('layer3.5'), 1.8],
    ]);
    expect(shown('nLeep')!.series[0]!.points.map(({ index, value }) => [index, value])).toEqual([
      [place('layer3.5'), -0.5],
    ]);
    expect(shown('parc')).toBeUndefined();
    expect(auroc!.series.map(({ name, points }) => [name, points.map(({ index, value }) => [index, value])])).toEqual([
      ['probe', [[place('layer1.2'), 0.7], [place('layer3.5'), 0.9]]], // prettier-ignore
      ['runs', [[place('layer3.5'), 0.95], [place('layer3.5'), 0.93]]], // prettier-ignore
    ]);
    expect([auroc!.low, auroc!.high]).toEqual([expect.closeTo(0.6), 1]);
    expect(svcca!.series.map(({ name, drawn }) => [name, drawn])).toEqual([
      ['random', 'band'],
      ['svcca', 'line'],
    ]);
    expect(latency).toMatchObject({ low: 0, ticks: [0, 5, 10, 15] });
  });

  it('have round marks around what they show', () => {
    for (const least of [0.02, 0.4, 0.71, 0.999]) {
      for (const span of [0, 0.0004, 0.03, 0.2]) {
        const auroc = Math.min(1, least + span);
        const [{ low, high, ticks }] = panelsOf(cuts, {
          ...nothing,
          probes: [
            { ...probe({}), points: [least, auroc].map((value, at) => ({ ...probe({ 'layer1.0': value }).points[0]!, cut: cuts[at]!.name, interval: null })) }, // prettier-ignore
          ],
          latency: [],
          estimate: null,
        }) as [ReturnType<typeof panelsOf>[number]];
        expect(low).toBeLessThanOrEqual(least + 1e-9);
        expect(high).toBeGreaterThanOrEqual(auroc - 1e-9);
        expect(ticks.length).toBeLessThanOrEqual(6);
        const decimals = decimalsOf(ticks);
        const shown = ticks.map((tick) => tick.toFixed(decimals));
        expect(new Set(shown).size).toBe(shown.length);
      }
    }
  });
});

it('points that would be pressed on one another are pressed as one, and all others stay apart', () => {
  const at = (left: number, top: number) => ({ left, top });
  const clusters = clustersOf([at(100, 50), at(0, 0), at(10, 23), at(0, 24), at(30, 12), at(100, 90)]);
  expect(clusters).toEqual([[at(0, 0), at(10, 23)], [at(0, 24)], [at(30, 12)], [at(100, 50)], [at(100, 90)]]);
});
