import type { SourceAnalysis, SourceMean, SourceTransfer } from '../../../../src-main/contract/sourceAnalysis.ts';
import { fixed, written } from '../../../logic/locale.ts';
import { t } from '../../../text/index.ts';
import { chartAxis, chartBase, type Colours } from '../../../ui/chartColours.ts';

type Option = Record<string, unknown>;
type Cells = (string | number | null)[][];

export const sourceName = (source: string | null): string => source ?? t('sources.analysis.baseline');

/** Told apart without colour, too. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect'];
const short = (value: number): string => written(value, { maximumSignificantDigits: 3 });

/** Mean AUC of each source on one target, with intervals. Bars begin at chance where all of them are above it. */
export function meansOption(means: readonly SourceMean[], colours: Colours): Option {
  const from = means.every(({ mean, interval }) => (interval?.low ?? mean) >= 0.5) ? 0.5 : 0;
  return {
    ...chartBase(colours),
    grid: { left: 16, right: 24, top: 8, bottom: 34, containLabel: true },
    xAxis: {
      ...chartAxis(colours),
      type: 'value',
      name: 'AUC',
      nameLocation: 'middle',
      nameGap: 24,
      min: from,
      max: 1,
    },
    yAxis: {
      ...chartAxis(colours),
      ...{ type: 'category', inverse: true, axisTick: { show: false }, splitLine: { show: false } },
      data: means.map(({ source }) => sourceName(source)),
    },
    series: [
      {
        ...{ type: 'bar', barMaxWidth: 16 },
        data: means.map(({ mean, source }) => ({
          value: mean,
          itemStyle: { color: source === null ? colours.muted : colours.accent, opacity: 0.6 },
        })),
      },
      {
        ...{ type: 'custom', silent: true, tooltip: { show: false }, z: 3 },
        data: means.flatMap(({ interval }, row) => (interval ? [[interval.low, row, interval.high]] : [])),
        renderItem(_: unknown, api: { value(at: number): number; coord(at: [number, number]): [number, number] }) {
          const [x1, y] = api.coord([Math.max(from, api.value(0)), api.value(1)]);
          const [x2] = api.coord([api.value(2), api.value(1)]);
          const style = { stroke: colours.text, lineWidth: 1.5 };
          return { type: 'line', shape: { x1, y1: y, x2, y2: y }, style };
        },
      },
    ],
  };
}

export const meansTable = (means: readonly SourceMean[]): Cells => [
  ['target', 'source', 'n', 'folds', 'mean', 'deviation', 'max_deviation', 'low', 'high'],
  ...means.map((each) => [
    ...[each.target, each.source, each.n, each.folds, each.mean, each.deviation, each.maxDeviation],
    ...[each.interval?.low ?? null, each.interval?.high ?? null],
  ]),
];

/** Transferability against distance, a point a pair. */
export function transferOption(transfers: readonly SourceTransfer[], colours: Colours): Option {
  const pairs = transfers.filter(({ distance }) => distance !== null);
  const targets = [...new Set(pairs.map(({ target }) => target))];
  const axis = (name: string, gap: number) => ({
    ...{ ...chartAxis(colours), type: 'value', name, nameLocation: 'middle', nameGap: gap, scale: true },
    boundaryGap: ['6%', '6%'],
  });
  return {
    ...chartBase(colours),
    grid: { left: 30, right: 24, top: 44, bottom: 30, containLabel: true },
    legend: { top: 4, left: 0, type: 'scroll', data: targets, textStyle: { color: colours.text, fontSize: colours.font } }, // prettier-ignore
    tooltip: {
      ...chartBase(colours).tooltip,
      trigger: 'item',
      formatter: ({ seriesName, name, value }: { seriesName: string; name: string; value: [number, number] }) =>
        `${name} → ${seriesName}\n${t('sources.analysis.distance')} ${short(value[0])}\n${t('sources.analysis.transfer')} ${fixed(value[1], 2)}`,
    },
    xAxis: axis(t('sources.analysis.distance'), 28),
    yAxis: axis(t('sources.analysis.transfer'), 40),
    series: targets.map((target, at) => ({
      ...{ name: target, type: 'scatter', symbolSize: 10, symbol: SYMBOLS[at % SYMBOLS.length] },
      itemStyle: { color: colours.series[at % colours.series.length] },
      data: pairs.flatMap((pair) => (pair.target === target ? [{ value: [pair.distance, pair.value], name: pair.source }] : [])), // prettier-ignore
      label: { show: true, position: 'top', formatter: '{b}', color: colours.text, fontSize: colours.font },
      labelLayout: { hideOverlap: true },
    })),
  };
}

export const transferTable = (transfers: readonly SourceTransfer[]): Cells => [
  ['target', 'source', 'n', 'transferability', 'low', 'high', 'distance'],
  ...transfers.map((each) => [
    ...[each.target, each.source, each.n, each.value],
    ...[each.interval?.low ?? null, each.interval?.high ?? null, each.distance],
  ]),
];

type Distances = NonNullable<SourceAnalysis['distances']>;

/** Distances, sources below one another and targets beside one another. */
export function distancesOption({ sources, targets, values }: Distances, colours: Colours): Option {
  const data = values.flatMap((row, y) => row.flatMap((value, x) => (value === null ? [] : [[x, y, value]])));
  const all = data.map(([, , value]) => value!);
  const names = { ...chartAxis(colours), type: 'category', axisTick: { show: false }, axisLine: { show: false } };
  return {
    ...chartBase(colours),
    grid: { left: 16, right: 16, top: 8, bottom: 8, containLabel: true },
    xAxis: { ...names, data: targets, position: 'top' },
    yAxis: { ...names, data: sources, inverse: true },
    visualMap: { show: false, min: Math.min(...all), max: Math.max(...all), inRange: { color: [colours.surface, colours.accent], opacity: [0.15, 0.55] } }, // prettier-ignore
    series: [
      {
        ...{ type: 'heatmap', silent: true, data },
        label: { show: true, color: colours.text, fontSize: colours.font, formatter: ({ value }: { value: number[] }) => short(value[2]!) }, // prettier-ignore
        itemStyle: { borderColor: colours.surface, borderWidth: 2 },
      },
    ],
  };
}

export const distancesTable = ({ sources, targets, values }: Distances): Cells => [
  ['source', ...targets],
  ...sources.map((source, at) => [source, ...values[at]!]),
];
