import type { DecisionCurve } from '../../../../src-main/contract/decisionCurve.ts';
import type { Cutoffs } from '../../../../src-main/contract/operating.ts';
import { t } from '../../../text/index.ts';
import { chartAxis, chartBase, type Colours } from '../../../ui/chartColours.ts';
import { histogramOption, rocOption } from '../charts.ts';

/** The probabilities of each class with the threshold on them. */
export function thresholdHistogram(
  counts: readonly (readonly number[])[],
  classes: readonly string[],
  { of, threshold, colours }: { of: string; threshold: number; colours: Colours },
): Record<string, unknown> {
  const option = histogramOption(counts, classes, { of, colours }) as { xAxis: object; series: object[] };
  // Bins are categories: a second axis of numbers runs along them.
  const hidden = { type: 'value', min: 0, max: 1, show: false };
  const line = {
    ...{ type: 'line', name: t('threshold.histogram.line'), xAxisIndex: 1, data: [], silent: true },
    itemStyle: { color: colours.text },
    markLine: {
      ...{ symbol: 'none', silent: true, label: { show: false }, data: [{ xAxis: threshold }] },
      lineStyle: { color: colours.text, width: 2, type: 'dashed' },
    },
  };
  return { ...option, xAxis: [option.xAxis, hidden], series: [...option.series, line] };
}

/** Points of the curve, from above every threshold on. */
export function rocPoints({ falsePositives, truePositives, positives, negatives }: Cutoffs): [number, number][] {
  return [[0, 0], ...truePositives.map((found, at): [number, number] => [falsePositives[at]! / negatives, found / positives])]; // prettier-ignore
}

/** The ROC curve with the place of the threshold on it. */
export function thresholdRoc(points: [number, number][], here: [number, number], colours: Colours): Record<string, unknown> {
  const roc = { threshold: [], falsePositiveRate: points.map(([x]) => x), truePositiveRate: points.map(([, y]) => y) };
  const none = { threshold: [], recall: [], precision: [] };
  const option = rocOption([{ class: '', roc, precisionRecall: none }], colours) as { series: object[] };
  const point = { type: 'scatter', name: t('threshold.roc.here'), data: [here], symbolSize: 13, itemStyle: { color: colours.second } }; // prettier-ignore
  return { ...option, series: [...option.series, point] };
} // prettier-ignore

/** Net benefit over thresholds: the model with its band, treating all, treating none. */
export function decisionOption(curve: DecisionCurve, colours: Colours): Record<string, unknown> {
  const { thresholds, model, low, high, all } = curve;
  const points = (values: readonly (number | null)[]) => thresholds.map((x, at) => [x, values[at] ?? null]);
  const top = Math.max(...model, ...all, ...high.map((value) => value ?? 0));
  const line = (name: string, values: readonly (number | null)[], colour: string, type: string) => ({
    ...{ type: 'line', name, data: points(values), showSymbol: false },
    lineStyle: { width: 2, color: colour, type },
    itemStyle: { color: colour },
  });
  // An area between two lines: one that is not drawn, and what the other one is above it.
  const stacked = { type: 'line', stack: 'band', showSymbol: false, silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } }; // prettier-ignore
  const spread = high.map((value, at) => (value === null || low[at] === null ? null : value - low[at]!));
  return {
    ...chartBase(colours),
    grid: { left: 62, right: 18, top: 14, bottom: 76 },
    legend: { bottom: 0, type: 'scroll', textStyle: { color: colours.text }, data: ['model', 'band', 'all', 'none'].map((key) => t(`threshold.curve.${key as 'model'}`)) }, // prettier-ignore
    tooltip: { ...chartBase(colours).tooltip, trigger: 'axis' },
    xAxis: { ...chartAxis(colours), type: 'value', min: thresholds[0], max: thresholds.at(-1), name: t('threshold.curve.x'), nameLocation: 'middle', nameGap: 30 }, // prettier-ignore
    // Treating all falls without end: it is cut off where nobody would follow it.
    yAxis: { ...chartAxis(colours), type: 'value', min: -Math.ceil(top * 3) / 10, max: Math.ceil(top * 10.5) / 10, name: t('threshold.curve.y'), nameLocation: 'middle', nameGap: 44 }, // prettier-ignore
    series: [
      { ...stacked, name: ' ', data: points(low), stackStrategy: 'all' },
      { ...stacked, name: t('threshold.curve.band'), data: points(spread), stackStrategy: 'all', areaStyle: { color: colours.series[0], opacity: 0.22 }, itemStyle: { color: colours.series[0], opacity: 0.4 } }, // prettier-ignore
      line(t('threshold.curve.model'), model, colours.series[0]!, 'solid'),
      line(t('threshold.curve.all'), all, colours.series[1]!, 'dashed'),
      line(t('threshold.curve.none'), thresholds.map(() => 0), colours.muted, 'dotted'),
    ],
  }; // prettier-ignore
}
