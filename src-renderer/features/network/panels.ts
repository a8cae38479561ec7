import type { CutPoint } from '../../../src-main/contract/backbone.ts';
import type { CutCurves, RunPoint } from '../../../src-main/contract/cutCurves.ts';
import type { CutLatency } from '../../../src-main/contract/latency.ts';

/** Estimates of transferability that a probe may have at each cut. */
export const CUT_ESTIMATES = ['logMe', 'hScore', 'nLeep', 'parc'] as const;
export type CutEstimate = (typeof CUT_ESTIMATES)[number];

/** A value at a cut, with the interval that it has. */
export interface PlotPoint {
  /** Place among the cuts. */
  index: number;
  value: number;
  interval: readonly [number, number] | null;
  /** Whose it is, where there are several at a cut. */
  from?: Pick<RunPoint, 'run' | 'comparison'>;
}

export interface Series {
  name: 'probe' | 'runs' | CutEstimate | 'svcca' | 'random' | 'latency';
  /** A band is what lies within the intervals of the points. */
  drawn: 'line' | 'points' | 'band';
  points: readonly PlotPoint[];
}

/** Names of the colours that the series are drawn in. */
export const SERIES_COLOURS: Record<Series['name'], `--series-${number}`> = {
  ...{ probe: '--series-1', runs: '--series-2', svcca: '--series-4' },
  // One of them at a time.
  ...{ logMe: '--series-3', hScore: '--series-3', nLeep: '--series-3', parc: '--series-3' },
  ...{ random: '--series-8', latency: '--series-7' },
};

/** One curve sheet beneath the map. */
export interface Panel {
  name: 'auroc' | CutEstimate | 'svcca' | 'latency';
  series: readonly Series[];
  low: number;
  high: number;
  ticks: readonly number[];
}

type Measured = Omit<CutCurves, 'latencies'> & {
  latency: readonly CutLatency[];
  /** The one that is shown; null: none. */
  estimate: CutEstimate | null;
};

/**
 * What was measured at the cuts, as sheets over one axis: of probes and of similarities the newest, of runs all. Sheets of
 * which nothing is known are left out, but the first, which says what could be measured.
 */
export function panelsOf(
  cuts: readonly CutPoint[],
  { probes, similarities, runs, latency, estimate }: Measured,
): Panel[] {
  const placeOf = new Map(cuts.map(({ name }, index) => [name, index]));
  const placed = <P extends { cut: string }>(points: readonly P[], of: (point: P) => Omit<PlotPoint, 'index'>) =>
    points
      .flatMap((point) => {
        const index = placeOf.get(point.cut);
        return index === undefined ? [] : [{ index, ...of(point) }];
      })
      .sort((a, b) => a.index - b.index);
  const probe = probes[0]?.points ?? [];
  const similarity = similarities[0]?.points ?? [];
  const plain = (value: number): Omit<PlotPoint, 'index'> => ({ value, interval: null });
  const estimated = (name: CutEstimate): Series => ({
    name,
    drawn: 'line',
    points: placed(
      probe.flatMap(({ cut, [name]: value }) => (value === null ? [] : [{ cut, value }])),
      ({ value }) => plain(value),
    ),
  });
  const sheets: Omit<Panel, 'low' | 'high' | 'ticks'>[] = [
    {
      name: 'auroc',
      series: [
        {
          name: 'probe',
          drawn: 'line',
          points: placed(probe, ({ auroc, interval }) => ({ value: auroc, interval })),
        },
        {
          name: 'runs',
          drawn: 'points',
          points: placed(runs, ({ auroc, run, comparison }) => ({ ...plain(auroc), from: { run, comparison } })),
        },
      ],
    },
    ...(estimate === null ? [] : [{ name: estimate, series: [estimated(estimate)] }]),
    {
      name: 'svcca',
      series: [
        {
          name: 'random',
          drawn: 'band',
          points: placed(similarity, ({ random, band }) => ({ value: random, interval: band })),
        },
        { name: 'svcca', drawn: 'line', points: placed(similarity, ({ svcca }) => plain(svcca)) },
      ],
    },
    {
      name: 'latency',
      series: [{ name: 'latency', drawn: 'line', points: placed(latency, ({ milliseconds }) => plain(milliseconds)) }],
    },
  ];
  return sheets
    .map(({ name, series }) => ({ name, series: series.filter(({ points }) => points.length > 0) }))
    .filter(({ name, series }) => name === 'auroc' || series.length > 0)
    .map((sheet) => ({ ...sheet, ...scaleOf(sheet) }));
}

/** Where a value lies on a sheet of this height, in pixels from its top. */
export const yOf = ({ low, high }: Pick<Panel, 'low' | 'high'>, value: number, height: number): number =>
  height * (1 - (value - low) / Math.max(1e-12, high - low));

/** Where a scale begins and ends, and its marks: what is a share stays within 0 and 1, a time begins at 0. */
function scaleOf({ name, series }: Pick<Panel, 'name' | 'series'>): Pick<Panel, 'low' | 'high' | 'ticks'> {
  const values = series.flatMap(({ points }) => points.flatMap(({ value, interval }) => [value, ...(interval ?? [])]));
  const [least, most] = values.length === 0 ? [0.5, 1] : [Math.min(...values), Math.max(...values)];
  const low = name === 'svcca' || name === 'latency' ? 0 : least;
  const high = name === 'svcca' ? 1 : most;
  const step = stepFor(high - low);
  const isShare = name === 'auroc' || name === 'svcca';
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.ceil(high / step - 1e-9) * step;
  const [bottom, top] = isShare ? [Math.max(0, from), Math.min(1, to)] : [from, to];
  const count = Math.round((top - bottom) / step);
  if (count === 0) return { low: bottom - step, high: top + step, ticks: [bottom] };
  return { low: bottom, high: top, ticks: Array.from({ length: count + 1 }, (_, i) => bottom + i * step) };
}

/** A round step, two to five of which fill a span. */
function stepFor(span: number): number {
  if (span <= 0) return 0.1;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => span / step <= 4.5) ?? 10 * power;
}

/** How many decimals the marks of a scale need. */
export const decimalsOf = (ticks: readonly number[]): number =>
  ticks.length < 2 ? 2 : Math.max(0, Math.ceil(-Math.log10(ticks[1]! - ticks[0]!) - 1e-9));
