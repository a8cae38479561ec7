import type { ClassCalibration, ReliabilityBin } from '../../../../src-main/contract/calibration.ts';
import { t } from '../../../text/index.ts';
import { chartAxis, chartBase, type Colours } from '../../../ui/chartColours.ts';
import { fixed, written } from '../../../logic/locale.ts';

type Option = Record<string, unknown>;

/** Pixels: the height of the curves, the gap below them, and the height of the bars. */
const [CURVES, GAP, BARS] = [256, 34, 56];
export const HEIGHT = CURVES + GAP + BARS + 88;

const share = (colours: Colours) => ({ ...chartAxis(colours), type: 'value', min: 0, max: 1 });

/** Reliability of one class on the diagonal, bars of its images by probability below. */
export function reliabilityOption(found: ClassCalibration, colours: Colours): Option {
  const { bins, curve, histogram } = found;
  const points = curve?.points ?? [];
  const banded = points.filter(({ low, high }) => low !== null && high !== null);
  const middle = { nameLocation: 'middle', nameGap: 38 };
  return {
    ...chartBase(colours),
    grid: [
      { left: 58, right: 18, top: 12, height: CURVES },
      { left: 58, right: 18, top: 12 + CURVES + GAP, height: BARS },
    ],
    legend: {
      ...{ bottom: 0, type: 'scroll', itemWidth: 18, textStyle: { color: colours.text, fontSize: colours.font } },
      data: [
        { name: t('calibration.chart.right'), icon: LINE },
        ...(points.length > 0 ? [{ name: t('calibration.chart.smooth'), icon: LINE }] : []),
        ...(banded.length > 0 ? [{ name: t('calibration.chart.band'), icon: 'roundRect' }] : []),
        ...(bins.length > 0 ? [{ name: t('calibration.chart.bins'), icon: 'circle' }] : []),
      ],
    },
    tooltip: { ...chartBase(colours).tooltip, trigger: 'item' },
    xAxis: [
      share(colours),
      {
        ...chartAxis(colours),
        ...{ type: 'category', gridIndex: 1, data: histogram.map((_, at) => bar(at, histogram.length)) },
        ...{ name: t('calibration.chart.x', { class: found.class }), nameLocation: 'middle', nameGap: 12 },
        ...{ axisLabel: { show: false }, axisTick: { show: false } },
      },
    ],
    yAxis: [
      { ...share(colours), ...middle, name: t('calibration.chart.y') },
      {
        ...chartAxis(colours),
        ...{ type: 'value', gridIndex: 1, minInterval: 1, splitNumber: 1, splitLine: { show: false } },
        ...{ ...middle, name: t('calibration.chart.images') },
      },
    ],
    series: [
      diagonal(colours),
      ...(banded.length > 0 ? band(banded as Banded[], colours) : []),
      ...(points.length > 0 ? [smooth(points, colours)] : []),
      ...(bins.length > 0 ? [whiskers(bins, colours), dots(bins, colours)] : []),
      {
        ...{ type: 'bar', name: t('calibration.chart.images'), xAxisIndex: 1, yAxisIndex: 1, barCategoryGap: '12%' },
        ...{ data: histogram, itemStyle: { color: colours.muted } },
      },
    ],
  };
}

/** A line without the point in its middle. */
const LINE = 'path://M0,4H24V7H0Z';

/** `0.05–0.10`. */
const bar = (at: number, bars: number): string => `${fixed(at / bars, 2)}–${fixed((at + 1) / bars, 2)}`;

const diagonal = (colours: Colours): Option => ({
  ...{ type: 'line', name: t('calibration.chart.right'), silent: true, showSymbol: false, z: 1 },
  ...{ data: [[0, 0], [1, 1]], lineStyle: { color: colours.muted, width: 1, type: 'dashed' } }, // prettier-ignore
  itemStyle: { color: colours.muted },
});

type Banded = { predicted: number; low: number; high: number };

/** Two lines that nobody sees, and what is between them. */
function band(points: readonly Banded[], colours: Colours): Option[] {
  const line = { type: 'line', stack: 'band', stackStrategy: 'all', silent: true, showSymbol: false, z: 0 };
  const name = t('calibration.chart.band');
  const style = { lineStyle: { opacity: 0 }, itemStyle: { color: colours.accent, opacity: 0.25 } };
  return [
    { ...line, ...style, name, data: points.map(({ predicted, low }) => [predicted, low]) },
    {
      ...{ ...line, ...style, name },
      areaStyle: { color: colours.accent, opacity: 0.18 },
      data: points.map(({ predicted, low, high }) => [predicted, high - low]),
    },
  ];
}

const smooth = (points: readonly { predicted: number; observed: number }[], colours: Colours): Option => ({
  ...{ type: 'line', name: t('calibration.chart.smooth'), showSymbol: false, z: 2 },
  data: points.map(({ predicted, observed }) => [predicted, observed]),
  ...{ lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent } },
});

const dots = (bins: readonly ReliabilityBin[], colours: Colours): Option => ({
  ...{ type: 'scatter', name: t('calibration.chart.bins'), symbolSize: 8, z: 4 },
  data: bins.map(({ mean, observed }) => [mean, observed]),
  itemStyle: { color: colours.text },
  tooltip: { formatter: ({ dataIndex }: { dataIndex: number }) => binWords(bins[dataIndex]!) },
});

/** Intervals of the bins, in no legend of their own. */
const whiskers = (bins: readonly ReliabilityBin[], colours: Colours): Option => ({
  ...{ type: 'custom', silent: true, tooltip: { show: false }, z: 3 },
  data: bins.map(({ mean, low, high }) => [mean, low, high]),
  renderItem(_: unknown, api: { value(at: number): number; coord(at: [number, number]): [number, number] }) {
    const [x, low] = api.coord([api.value(0), api.value(1)]);
    const [, high] = api.coord([api.value(0), api.value(2)]);
    return {
      type: 'line',
      shape: { x1: x, y1: low, x2: x, y2: high },
      style: { stroke: colours.text, lineWidth: 1.5, opacity: 0.7 },
    };
  },
});

const binWords = ({ count, mean, observed }: ReliabilityBin): string =>
  t('calibration.chart.bin', { count: written(count), mean: fixed(mean, 3), observed: fixed(observed, 3) });

export const binsInWords = ({ bins }: ClassCalibration): string =>
  bins.length === 0 ? t('calibration.chart.noBins') : bins.map(binWords).join(' ');

/** The bins, then the curve: a row each. */
export const reliabilityTable = ({ bins, curve }: ClassCalibration): (string | number | null)[][] => [
  [
    t('calibration.chart.from'),
    t('calibration.chart.to'),
    t('calibration.chart.images'),
    t('calibration.chart.mean'),
    t('calibration.chart.y'),
    t('calibration.chart.low'),
    t('calibration.chart.high'),
  ],
  ...bins.map(({ from, to, count, mean, observed, low, high }) => [from, to, count, mean, observed, low, high]),
  ...(curve?.points ?? []).map(({ predicted, observed, low, high }) => [
    null,
    null,
    null,
    predicted,
    observed,
    low,
    high,
  ]),
];
