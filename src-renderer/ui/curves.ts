import type { Score } from '../../src-main/contract/task/index.ts';
import type { EpochRecord, RunCurves } from '../../src-main/contract/run.ts';
import { said, t } from '../text/index.ts';
import { chartAxis, chartBase, type Colours } from './chartColours.ts';
import { fixed } from '../logic/locale.ts';

export interface Series {
  name: string;
  points: [epoch: number, value: number][];
  /** Of another run than the one that the chart is about: thin, and without points. */
  behind?: boolean;
  /** Curves of the same number look alike; left out: each has its own look. */
  like?: number;
}

type Epoch = RunCurves['epochs'][number];

export const lossSeries = (
  epochs: readonly Pick<EpochRecord, 'epoch' | 'trainLoss' | 'validationLoss'>[],
): Series[] => [
  { name: t('train.charts.training'), points: epochs.map((record) => [record.epoch, record.trainLoss]) },
  { name: t('train.charts.validation'), points: epochs.map((record) => [record.epoch, record.validationLoss]) },
];

export const scoreSeries = (epochs: readonly EpochRecord[], curves: readonly Score[]): Series[] =>
  curves.map(({ title, of }) => ({ name: said(title), points: defined(epochs, of) }));

/** Of a linear SVM, which has no rate, nothing. */
export const rateSeries = (epochs: readonly EpochRecord[]): Series[] => [
  {
    name: t('train.charts.rate'),
    points: defined(epochs, ({ stage, learningRate }) => (stage === 'svm' ? null : learningRate)),
  },
];

/** Validation AUROC of a run that lies behind another one's. */
export const behindSeries = (name: string, { epochs }: Pick<RunCurves, 'epochs'>): Series => ({
  name,
  points: defined(epochs, ({ validationAuroc }) => validationAuroc),
  behind: true,
});

function defined<E extends Pick<Epoch, 'epoch'>>(
  epochs: readonly E[],
  value: (record: E) => number | null,
): Series['points'] {
  return epochs.flatMap((record) => {
    const y = value(record);
    return y === null ? [] : [[record.epoch, y] as [number, number]];
  });
}

interface CurveOptions {
  series: readonly Series[];
  /** Planned number of epochs: the axis shows what is still to come. */
  epochs: number;
  bestEpoch: number | null;
  /** Metrics live in [0, 1]; a loss has no upper end; a rate is best seen in powers of ten. */
  range: 'share' | 'positive' | 'logarithmic';
}

/**
 * The ECharts option of curves over epochs. The best epoch is a dashed line that the axis names: a label on it would lie on
 * the curves, or on the ends of the axes.
 */
export function curveOption(
  { series, epochs, bestEpoch, range }: CurveOptions,
  colours: Colours,
): Record<string, unknown> {
  const values = series.flatMap(({ points }) => points.map(([, y]) => y));
  const best = {
    ...{ silent: true, symbol: 'none', label: { show: false } },
    lineStyle: { color: colours.muted, type: 'dashed' },
    data: bestEpoch === null ? [] : [{ xAxis: bestEpoch }],
  };
  const decimals = range === 'logarithmic' ? 6 : 4;
  return {
    ...chartBase(colours),
    grid: { left: 12, right: 16, top: 40, bottom: 40, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      type: 'scroll',
      textStyle: { color: colours.text, fontSize: colours.font },
      itemWidth: 18,
    },
    tooltip: {
      ...chartBase(colours).tooltip,
      trigger: 'axis',
      valueFormatter: (value: unknown) => (typeof value === 'number' ? fixed(value, decimals) : '–'),
    },
    xAxis: {
      ...chartAxis(colours),
      type: 'value',
      name: bestEpoch === null ? t('train.charts.epochs') : t('train.charts.epochsBest', { n: bestEpoch }),
      nameLocation: 'middle',
      nameGap: 26,
      min: 1,
      max: Math.max(2, epochs),
      minInterval: 1,
      splitLine: { show: false },
    },
    yAxis: {
      ...chartAxis(colours),
      type: range === 'logarithmic' ? 'log' : 'value',
      ...(range === 'share' && { min: lowerEnd(values), max: 1 }),
      ...(range === 'positive' && { min: 0 }),
    },
    series: series.map(({ name, points, behind, like }, index) => ({
      ...{ name, type: 'line', data: points, z: behind ? 1 : 3 },
      showSymbol: !behind,
      symbol: index === 0 ? 'circle' : 'emptyCircle',
      symbolSize: 6,
      itemStyle: { color: colours.series[(like ?? index) % colours.series.length] },
      lineStyle: {
        color: colours.series[(like ?? index) % colours.series.length],
        width: behind ? 1 : 2,
        type: DASHES[(like ?? index) % DASHES.length],
      },
      ...(index === 0 ? { markLine: best } : {}),
    })),
  };
}
/** Lines are told apart without colour, too. */
const DASHES = ['solid', 'dashed', 'dotted'] as const;

/** The numbers of curves: a row for each epoch of each. */
export const curveTable = (series: readonly Series[]): (string | number)[][] => [
  ['curve', 'epoch', 'value'],
  ...series.flatMap(({ name, points }) => points.map(([epoch, value]) => [name, epoch, value])),
];

/** The latest value of each curve, in words. */
export const lastOf = (series: readonly Series[]): string =>
  series
    .map(({ name, points }) => {
      const last = points.at(-1);
      return `${name} ${last ? fixed(last[1], 4) : t('train.charts.notYet')}`;
    })
    .join(', ');

/** Lower end of a score axis: 0.5 (chance) where all values lie above, otherwise the tenth below the smallest. */
export function lowerEnd(values: readonly number[]): number {
  const smallest = Math.min(1, ...values);
  return smallest >= 0.5 ? 0.5 : Math.max(0, Math.floor(smallest * 10) / 10);
}
