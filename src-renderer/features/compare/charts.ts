import type { LearningCurveResult } from '../../../src-main/contract/comparison/learningCurve.ts';
import type { SearchResult } from '../../../src-main/contract/comparison/search.ts';
import type { TournamentRow } from '../../../src-main/contract/comparison/tournament.ts';
import type { RowKey } from '../../../src-main/contract/comparison/rows.ts';
import { fixed, written } from '../../logic/locale.ts';
import { lowerEnd } from '../../ui/curves.ts';
import { t } from '../../text/index.ts';
import { chartAxis, chartBase, type Colours } from '../../ui/chartColours.ts';

type Option = Record<string, unknown>;
type Cells = (string | number | null)[][];

/** What a chart can be drawn against. */
export const SIZES = ['parameters', 'macs', 'latency'] as const;
export type Size = (typeof SIZES)[number];

const grid = { left: 16, right: 20, top: 60, bottom: 30, containLabel: true };
const legend = (colours: Colours) => ({
  top: 4,
  left: 0,
  type: 'scroll',
  textStyle: { color: colours.text, fontSize: colours.font },
});

/** Numbers as an axis of powers of ten shows them: 16 k, 3.4 M, 1.2 G. */
function short(value: number): string {
  const power = value < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
  return `${written(value / 1000 ** power, { maximumSignificantDigits: 2 })}${['', ' k', ' M', ' G'][power]}`;
}

interface Bar {
  /** Place on the horizontal axis, ends of the interval, and pixels aside. */
  value: [x: number, low: number, high: number, aside?: number];
}

/** Pixels aside for what would lie on one another: those of one size, or nearly so, beside each other around it. */
function asides(sizes: readonly number[], step: number): number[] {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 0.02 * Math.max(a, b);
  return sizes.map((size, at) => {
    const together = sizes.flatMap((other, index) => (near(size, other) ? [index] : []));
    return (together.indexOf(at) - (together.length - 1) / 2) * step;
  });
}

/** Intervals as bars with ends: a series beside the points that they belong to, in no legend of its own. */
function intervals(bars: readonly Bar[], colour: string): Option {
  return {
    type: 'custom',
    silent: true,
    tooltip: { show: false },
    data: bars,
    z: 1,
    renderItem(_: unknown, api: { value(at: number): number; coord(at: [number, number]): [number, number] }) {
      const [place, low] = api.coord([api.value(0), api.value(1)]);
      const x = place + (api.value(3) || 0);
      const [, high] = api.coord([api.value(0), api.value(2)]);
      const style = { stroke: colour, lineWidth: 1.5, opacity: 0.75 };
      const line = (shape: object) => ({ type: 'line', shape, style });
      return {
        type: 'group',
        children: [
          line({ x1: x, y1: low, x2: x, y2: high }),
          line({ x1: x - 4, y1: low, x2: x + 4, y2: low }),
          line({ x1: x - 4, y1: high, x2: x + 4, y2: high }),
        ],
      };
    },
  };
}

/** A row of a tournament as it stands in the table and, with its number in the middle of its point, in the plot. */
export interface Numbered {
  number: number;
  title: string;
  row: TournamentRow;
}

/** Pixels across. */
const POINT = 24;

function measured(rows: readonly Numbered[], size: Size) {
  const known = rows.flatMap(({ number, title, row }) => {
    const x = row[size];
    const { aurocInterval } = row;
    return x === null || aurocInterval === null ? [] : [{ number, title, row, x, interval: aurocInterval }];
  });
  const aside = asides(
    known.map(({ x }) => x),
    POINT + 2,
  );
  return known.map((each, at) => ({ ...each, aside: aside[at]! }));
}

/**
 * Size against AUROC on test patients with its interval. Points bear the number of their row, so that no name lies on a
 * line; those on the Pareto front are filled, and joined where the front was found: by parameters.
 */
export function paretoOption(
  rows: readonly Numbered[],
  size: Size,
  chosen: readonly number[],
  colours: Colours,
): Option {
  const points = measured(rows, size);
  const front = points.filter(({ row }) => row.pareto).toSorted((a, b) => a.x - b.x);
  const point = ({ number, title, x, interval, aside }: (typeof points)[number], filled: boolean) => ({
    symbolOffset: [aside, 0],
    name: title,
    value: [x, interval.value],
    number,
    label: { formatter: String(number), color: filled ? colours.surface : colours.text },
    itemStyle: {
      color: filled ? colours.accent : colours.surface,
      borderColor: chosen.includes(number) ? colours.second : filled ? colours.accent : colours.muted,
      borderWidth: chosen.includes(number) ? 3 : 1.5,
    },
  });
  const scatter = (name: string, of: typeof points, filled: boolean) => ({
    ...{ name, type: 'scatter', symbolSize: POINT, z: 3, data: of.map((each) => point(each, filled)) },
    label: { show: true, fontSize: colours.font, fontWeight: 600 },
    itemStyle: {
      color: filled ? colours.accent : colours.surface,
      borderColor: filled ? colours.accent : colours.muted,
      borderWidth: 1.5,
      opacity: 1,
    },
  });
  const lows = points.map(({ interval }) => interval.low);
  return {
    ...chartBase(colours),
    grid,
    legend: {
      ...legend(colours),
      data: [t('compare.pareto.on'), t('compare.pareto.off')],
      // Else an empty symbol has no outline.
      itemStyle: { borderWidth: 1.5 },
    },
    tooltip: {
      ...chartBase(colours).tooltip,
      trigger: 'item',
      formatter: ({ name, value }: { name: string; value: [number, number] }) =>
        `${name}\n${t(`compare.size.${size}`)} ${short(value[0])}\nAUROC ${fixed(value[1], 3)}`,
    },
    xAxis: {
      ...chartAxis(colours),
      type: size === 'latency' ? 'value' : 'log',
      name: t(`compare.size.${size}`),
      nameLocation: 'middle',
      nameGap: 28,
      axisLabel: { ...chartAxis(colours).axisLabel, formatter: short, hideOverlap: true },
      splitLine: { show: false },
      ...(size === 'latency' ? {} : decades(points.map(({ x }) => x))),
    },
    yAxis: { ...chartAxis(colours), type: 'value', name: 'AUROC', min: lowerEnd(lows), max: 1 },
    series: [
      intervals(
        points.map(({ x, interval: { low, high }, aside }) => ({ value: [x, low, high, aside] })),
        colours.muted,
      ),
      ...(size === 'parameters'
        ? [
            {
              ...{
                type: 'line',
                silent: true,
                symbol: 'none',
                z: 2,
                data: front.map(({ x, interval }) => [x, interval.value]),
              },
              lineStyle: { color: colours.accent, width: 1.5, type: 'dashed' },
            },
          ]
        : []),
      scatter(t('compare.pareto.on'), front, true),
      scatter(
        t('compare.pareto.off'),
        points.filter(({ row }) => !row.pareto),
        false,
      ),
    ],
  };
}

/** Ends of an axis of powers of ten with room beside the outermost points. */
function decades(values: readonly number[]): { min: number; max: number } | object {
  if (values.length === 0) return {};
  return { min: Math.min(...values) / 1.6, max: Math.max(...values) * 1.6 };
}

export const paretoTable = (rows: readonly Numbered[], size: Size): Cells => [
  ['row', 'model', size, 'AUROC', 'low', 'high', 'Pareto front'],
  ...measured(rows, size).map(({ number, title, x, interval: { value, low, high }, row }) => [
    ...[number, title, x, value, low, high],
    row.pareto ? 'yes' : 'no',
  ]),
];

type Point = LearningCurveResult['points'][number];
const curvesOf = (points: readonly Point[]): Point[][] => [
  ...Map.groupBy(points, ({ strategy, cut, source }) => JSON.stringify([strategy, cut, source])).values(),
];

/** AUROC with its interval against the number of training patients, a curve for each way of starting. */
export function learningCurveOption(
  points: readonly Point[],
  { titleOf, patients }: { titleOf: (row: Omit<RowKey, 'share'>) => string; patients: string },
  colours: Colours,
): Option {
  const curves = curvesOf(points);
  const lows = points.flatMap(({ aurocInterval }) => aurocInterval?.low ?? []);
  return {
    ...chartBase(colours),
    grid,
    legend: { ...legend(colours), data: curves.map(([first]) => titleOf(first!)) },
    tooltip: {
      ...chartBase(colours).tooltip,
      trigger: 'item',
      formatter: ({ seriesName, value }: { seriesName: string; value: [number, number] }) =>
        `${seriesName}\n${written(value[0])} ${patients}\nAUROC ${fixed(value[1], 3)}`,
    },
    xAxis: {
      ...chartAxis(colours),
      ...{ type: 'value', name: patients, nameLocation: 'middle', nameGap: 28, min: 0, splitLine: { show: false } },
    },
    yAxis: { ...chartAxis(colours), type: 'value', name: 'AUROC', min: lowerEnd(lows), max: 1 },
    series: curves.flatMap((curve, at) => {
      const colour = colours.series[at % colours.series.length]!;
      const known = curve.flatMap(({ patients: x, aurocInterval }) => (aurocInterval ? [{ x, ...aurocInterval }] : []));
      return [
        intervals(
          known.map(({ x, low, high }) => ({ value: [x, low, high] })),
          colour,
        ),
        {
          ...{ name: titleOf(curve[0]!), type: 'line', z: 2, symbol: SYMBOLS[at % SYMBOLS.length], symbolSize: 8 },
          data: known.map(({ x, value }) => [x, value]),
          lineStyle: { color: colour, width: 2 },
          itemStyle: { color: colour },
        },
      ];
    }),
  };
}
/** Told apart without colour, too. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect'];

export const learningCurveTable = (
  points: readonly Point[],
  titleOf: (row: Omit<RowKey, 'share'>) => string,
): Cells => [
  ['model', 'source', 'share', 'patients', 'AUROC', 'low', 'high', 'runs', 'failed'],
  ...points.map((point) => [
    ...[titleOf(point), point.source ?? '', point.share, point.patients, point.aurocInterval?.value ?? null],
    ...[point.aurocInterval?.low ?? null, point.aurocInterval?.high ?? null, point.runs, point.failures],
  ]),
];

/** Validation AUPRC of the cuts that a search looked at, stage by stage; cuts in the order of the network. */
export function searchOption(
  trials: SearchResult['trials'],
  cuts: readonly string[],
  chosen: string,
  colours: Colours,
): Option {
  const looked = cuts.filter((cut) => trials.some((trial) => trial.cut === cut));
  const stages = [...Map.groupBy(trials, ({ stage }) => stage)];
  const values = trials.flatMap(({ validationAuprc }) => validationAuprc?.mean ?? []);
  return {
    ...chartBase(colours),
    grid: { ...grid, bottom: 8 },
    legend: { ...legend(colours), data: stages.map(([stage]) => stage) },
    tooltip: {
      ...chartBase(colours).tooltip,
      trigger: 'item',
      formatter: ({ seriesName, name, value }: { seriesName: string; name: string; value: [string, number] }) =>
        `${name || value[0]}\n${seriesName}\nAUPRC ${fixed(value[1], 3)}`,
    },
    xAxis: {
      ...chartAxis(colours),
      ...{ type: 'category', data: looked, splitLine: { show: false } },
      axisLabel: {
        ...chartAxis(colours).axisLabel,
        interval: 0,
        rotate: 40,
        hideOverlap: true,
        formatter: (name: string) => (name === chosen ? `▲ ${name}` : name),
      },
    },
    yAxis: { ...chartAxis(colours), type: 'value', name: t('compare.search.axis'), min: lowerEnd(values), max: 1 },
    series: stages.map(([stage, own], at) => ({
      ...{ name: stage, type: 'scatter', symbol: SYMBOLS[at % SYMBOLS.length], symbolSize: 10 },
      itemStyle: { color: colours.series[at % colours.series.length] },
      data: own.flatMap(({ cut, validationAuprc }) => (validationAuprc ? [[cut, validationAuprc.mean]] : [])),
    })),
  };
}

export const searchTable = (trials: SearchResult['trials']): Cells => [
  ['cut', 'stage', 'validation AUPRC', 'deviation', 'n', 'parameters', 'MACs', 'training seconds'],
  ...trials.map(({ cut, stage, validationAuprc: auprc, parameters, macs, trainingSeconds }) => [
    ...[cut, stage, auprc?.mean ?? null, auprc?.deviation ?? null, auprc?.n ?? null, parameters, macs, trainingSeconds],
  ]),
];
