import type { Html } from '../html.ts';
import { between } from '../words.ts';
import { axis, chartFigure, COLOURS, draw, INK } from './chart.ts';

interface Range {
  name: string;
  value: number;
  low: number | null;
  high: number | null;
}

interface Drawing {
  coord(point: readonly [number, number]): [number, number];
  value(dimension: number): number;
}

/** Values with their intervals, one below the other. @param most that a value can be */
export function rangesChart(
  ranges: readonly Range[],
  { caption, unit, most: bound = Infinity }: { caption: string; unit: string; most?: number },
): Html {
  const values = ranges.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max(0.01, (most - least) * 0.08);
  const names = ranges.map(({ name }) => name);
  const drawing = draw(
    {
      legend: { show: false },
      grid: { left: 250, right: 24, top: 8, bottom: 44 },
      xAxis: { ...axis(unit), min: round(least - pad, Math.floor), max: Math.min(bound, round(most + pad, Math.ceil)) },
      yAxis: {
        ...{ type: 'category', data: names, inverse: true, axisTick: { show: false } },
        axisLabel: { color: INK, fontSize: 11, width: 236, overflow: 'truncate' },
        axisLine: { lineStyle: { color: INK } },
      },
      series: [
        {
          ...{ type: 'custom', silent: true },
          data: ranges.map(({ low, high, value }, at) => [low ?? value, at, high ?? value]),
          renderItem: (_: unknown, api: Drawing) => {
            const [x1, y] = api.coord([api.value(0), api.value(1)]);
            const [x2] = api.coord([api.value(2), api.value(1)]);
            return { type: 'line', shape: { x1, y1: y, x2, y2: y }, style: { stroke: COLOURS[0], lineWidth: 2 } };
          },
        },
        {
          ...{ type: 'scatter', silent: true, symbolSize: 8, color: COLOURS[0] },
          data: ranges.map(({ value }, at) => [value, at]),
        },
      ],
    },
    { width: 690, height: 60 + 28 * ranges.length },
  );
  const told = ranges.map(({ name, value, low, high }) =>
    `${name} ${between(value, low === null || high === null ? null : { low, high })}`); // prettier-ignore
  return chartFigure(drawing, { caption, told: `${unit}: ${told.join('; ')}.` });
}

const round = (value: number, by: (value: number) => number): number => by(value * 50) / 50;
