import { HeatmapChart } from 'echarts/charts';
import { TitleComponent, VisualMapComponent } from 'echarts/components';
import { use } from 'echarts/core';
import type { SourceAnalysis, SourceCorrelation } from '../../../contract/sourceAnalysis.ts';
import { score } from '../words.ts';
import { axis, COLOURS, draw, INK } from './chart.ts';

use([HeatmapChart, TitleComponent, VisualMapComponent]);

const WIDTH = 690;
const ROW = 22;
/** Room for the names of sources. */
const NAMES = 170;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const;

const nameOf = (source: string | null): string => source ?? 'no transfer';
const heading = (text: string, top: number) => ({ text, left: 0, top, textStyle: { color: INK, fontSize: 12, fontWeight: 'normal', lineHeight: 16 } }); // prettier-ignore
const categories = (names: readonly string[]) => ({
  ...{ type: 'category', data: names, inverse: true, axisTick: { show: false } },
  axisLabel: { color: INK, fontSize: 11, width: NAMES - 12, overflow: 'truncate' },
  axisLine: { lineStyle: { color: INK } },
});

interface Drawing {
  coord(point: readonly [number, number]): [number, number];
  value(dimension: number): number;
}

/** Mean AUC of each source as bars with their intervals, a panel a target (van den Brandt et al. 2021, fig. 3). */
export function meansDrawing({ targets, means, confidence }: SourceAnalysis): string {
  const least = Math.min(...means.map(({ mean, interval }) => interval?.low ?? mean));
  // Bars begin at chance, where all of them are above it.
  const from = least >= 0.5 ? 0.5 : 0;
  const caption = `Mean AUC over folds; bars begin at ${from}. Lines: ${percent(confidence)} intervals (corrected resampled t).`;
  let top = 28;
  const panels = targets.map((target) => {
    const rows = means.filter((each) => each.target === target);
    const panel = { target, rows, top: top + 22, height: ROW * rows.length };
    top += panel.height + 70;
    return panel;
  });
  const option = {
    legend: { show: false },
    title: [heading(caption, 0), ...panels.map(({ target, top }) => heading(target, top - 20))],
    grid: panels.map(({ top, height }) => ({ left: NAMES, right: 24, top, height })),
    xAxis: panels.map((_, gridIndex) => ({ ...axis('', false), gridIndex, min: from, max: 1 })),
    yAxis: panels.map(({ rows }, gridIndex) => ({
      ...categories(rows.map(({ source }) => nameOf(source))),
      gridIndex,
    })),
    series: panels.flatMap(({ rows }, at) => [
      {
        ...{ type: 'bar', silent: true, barWidth: 12, xAxisIndex: at, yAxisIndex: at },
        data: rows.map(({ mean, source }) => ({ value: mean, itemStyle: { color: source === null ? '#9aa5ab' : COLOURS[0], opacity: 0.6 } })), // prettier-ignore
      },
      {
        ...{ type: 'custom', silent: true, xAxisIndex: at, yAxisIndex: at, z: 3 },
        data: rows.flatMap(({ interval }, row) => (interval ? [[interval.low, row, interval.high]] : [])),
        renderItem: (_: unknown, api: Drawing) => {
          const [x1, y] = api.coord([Math.max(from, api.value(0)), api.value(1)]);
          const [x2] = api.coord([api.value(2), api.value(1)]);
          return { type: 'line', shape: { x1, y1: y, x2, y2: y }, style: { stroke: INK, lineWidth: 1.5 } };
        },
      },
    ]),
  };
  return draw(option, { width: WIDTH, height: top }).text;
}

/** Transferability against distance, a point a pair (van den Brandt et al. 2021, fig. 4). */
export function transferDrawing({ transfers, spearman, kendall, confidence }: SourceAnalysis): string {
  const pairs = transfers.filter(({ distance }) => distance !== null);
  const targets = [...new Set(pairs.map(({ target }) => target))];
  const caption = [`Spearman’s ρ ${told(spearman!, confidence)}`, `Kendall’s τ ${told(kendall!, confidence)}; ${spearman!.n} pairs, not independent within a target`].join('\n'); // prettier-ignore
  const option = {
    title: heading(caption, 0),
    legend: { top: 38, left: 'center', itemWidth: 14, itemGap: 16, textStyle: { color: INK, fontSize: 12 } },
    grid: { left: 64, right: 24, top: 70, bottom: 44 },
    xAxis: { ...axis('distance'), scale: true, boundaryGap: ['6%', '6%'], splitNumber: 6 },
    yAxis: { ...axis('transferability, %', true), scale: true, boundaryGap: ['4%', '8%'] },
    series: targets.map((target, at) => ({
      ...{ name: target, type: 'scatter', silent: true, symbolSize: 9, symbol: SYMBOLS[at % SYMBOLS.length] },
      color: COLOURS[at % COLOURS.length],
      data: pairs.flatMap((pair) => (pair.target === target ? [{ value: [pair.distance, pair.value], name: pair.source }] : [])), // prettier-ignore
      label: { show: true, position: 'top', formatter: '{b}', color: INK, fontSize: 10 },
      labelLayout: { hideOverlap: true },
    })),
  };
  return draw(option, { width: WIDTH, height: 420 }).text;
}

/** Distances, sources below one another and targets beside one another. */
export function distancesDrawing({ distances }: SourceAnalysis): string {
  const { sources, targets, values } = distances!;
  const data = values.flatMap((row, y) => row.flatMap((value, x) => (value === null ? [] : [[x, y, value]])));
  const all = data.map(([, , value]) => value!);
  const option = {
    legend: { show: false },
    grid: { left: NAMES, right: 24, top: 34, bottom: 12 },
    xAxis: { type: 'category', data: targets, position: 'top', axisTick: { show: false }, axisLabel: { color: INK, fontSize: 11, interval: 0 }, axisLine: { show: false } }, // prettier-ignore
    yAxis: { ...categories(sources), axisLine: { show: false } },
    visualMap: { show: false, min: Math.min(...all), max: Math.max(...all), inRange: { color: ['#f4f8f9', '#86b8c5'] } }, // prettier-ignore
    series: [
      {
        ...{ type: 'heatmap', silent: true, data },
        label: { show: true, color: INK, fontSize: 11, formatter: ({ value }: { value: number[] }) => shortened(value[2]!) }, // prettier-ignore
        itemStyle: { borderColor: '#fff', borderWidth: 2 },
      },
    ],
  };
  return draw(option, { width: WIDTH, height: 56 + (ROW + 6) * sources.length }).text;
}

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
const shortened = (value: number): string => String(Number(value.toPrecision(3)));
const told = ({ value, interval, p, why }: SourceCorrelation, confidence: number): string =>
  value === null
    ? `not told: ${why!}`
    : `${score(value)}${interval ? ` (${percent(confidence)} interval ${score(interval.low)} to ${score(interval.high)})` : ''}, p = ${p! < 0.001 ? p!.toExponential(0) : p!.toFixed(3)}`;
