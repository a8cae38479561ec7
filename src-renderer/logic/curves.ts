import type { TaskDescription } from '../../src-main/contract/task/index.ts';
import type { EpochRecord } from '../../src-main/contract/run.ts';

export interface Series {
  name: string;
  points: [epoch: number, value: number][];
}

export const lossSeries = (epochs: readonly EpochRecord[]): Series[] => [
  { name: 'Training loss', points: epochs.map((record) => [record.epoch, record.trainLoss]) },
  { name: 'Validation loss', points: epochs.map((record) => [record.epoch, record.validationLoss]) },
];

export const scoreSeries = (epochs: readonly EpochRecord[], { curves }: TaskDescription): Series[] =>
  curves.map(({ title, of }) => ({ name: title, points: defined(epochs, of) }));

function defined(epochs: readonly EpochRecord[], value: (record: EpochRecord) => number | null): Series['points'] {
  return epochs.flatMap((record) => {
    const y = value(record);
    return y === null ? [] : [[record.epoch, y] as [number, number]];
  });
}

/** The colours of a chart, taken from the style sheet so that both themes fit. */
export interface ChartColours {
  text: string;
  line: string;
  surface: string;
  series: readonly string[];
}

interface ChartOptions {
  series: readonly Series[];
  /** Planned number of epochs: the axis shows what is still to come. */
  epochs: number;
  bestEpoch: number | null;
  /** Metrics live in [0, 1]; a loss has no upper end. */
  range: 'share' | 'positive';
  colours: ChartColours;
}

/** The ECharts option of a curve over epochs. */
export function curveOption({ series, epochs, bestEpoch, range, colours }: ChartOptions): Record<string, unknown> {
  const values = series.flatMap(({ points }) => points.map(([, y]) => y));
  const axis = {
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.text },
    nameTextStyle: { color: colours.text },
  };
  const best = {
    silent: true,
    symbol: 'none',
    lineStyle: { color: colours.text, type: 'dashed' },
    label: { formatter: 'best', color: colours.text, position: 'end' },
    data: bestEpoch === null ? [] : [{ xAxis: bestEpoch }],
  };
  return {
    animation: false,
    color: [...colours.series],
    grid: { left: 48, right: 16, top: 40, bottom: 40 },
    legend: { top: 0, left: 0, textStyle: { color: colours.text }, itemWidth: 18 },
    // Drawn on the canvas: a tooltip made of HTML needs inline styles, which the content security policy may refuse.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? value.toFixed(4) : '–'),
    },
    xAxis: {
      ...axis,
      type: 'value',
      name: 'epoch',
      nameLocation: 'middle',
      nameGap: 26,
      min: 1,
      max: Math.max(2, epochs),
      minInterval: 1,
      splitLine: { show: false },
      axisPointer: { label: { formatter: ({ value }: { value: number }) => `Epoch ${Math.round(value)}` } },
    },
    yAxis: {
      ...axis,
      type: 'value',
      min: range === 'share' ? lowerEnd(values) : 0,
      max: range === 'share' ? 1 : undefined,
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: series.map(({ name, points }, index) => ({
      name,
      type: 'line',
      data: points,
      showSymbol: true,
      symbol: index === 0 ? 'circle' : 'emptyCircle',
      symbolSize: 6,
      lineStyle: { width: 2, type: index === 0 ? 'solid' : 'dashed' },
      ...(index === 0 ? { markLine: best } : {}),
    })),
  };
}

/** Lower end of a score axis: 0.5 (chance) where all values lie above, otherwise the tenth below the smallest. */
export function lowerEnd(values: readonly number[]): number {
  const smallest = Math.min(1, ...values);
  return smallest >= 0.5 ? 0.5 : Math.max(0, Math.floor(smallest * 10) / 10);
}
