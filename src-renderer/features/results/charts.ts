import type { MeasuredCurves } from '../../../src-main/contract/evaluation.ts';
import { fixed, written } from '../../logic/locale.ts';
import { t } from '../../text/index.ts';
import { chartAxis, chartBase, type Colours } from '../../ui/chartColours.ts';

/** Bars over the probabilities from 0 to 1. */
export const BINS = 20;

const shareAxis = (colours: Colours, name: string) => ({
  ...chartAxis(colours),
  type: 'value',
  min: 0,
  max: 1,
  name,
  nameLocation: 'middle',
  nameGap: 30,
});

const frame = (colours: Colours, legend: boolean) => ({
  ...chartBase(colours),
  grid: { left: 56, right: 18, top: 14, bottom: legend ? 76 : 50 },
  ...(legend && { legend: { bottom: 0, type: 'scroll', textStyle: { color: colours.text } } }),
});

const line = (name: string, data: number[][], colour: string) => ({
  type: 'line',
  name,
  data,
  showSymbol: false,
  lineStyle: { width: 2, color: colour },
  itemStyle: { color: colour },
});

/** ROC curves on the diagonal of chance. */
export function rocOption(curves: readonly MeasuredCurves[], colours: Colours): Record<string, unknown> {
  const chance = line(t('results.roc.chance'), [[0, 0], [1, 1]], colours.muted); // prettier-ignore
  return {
    ...frame(colours, curves.length > 1),
    tooltip: { ...chartBase(colours).tooltip, trigger: 'item' },
    xAxis: shareAxis(colours, t('results.roc.x')),
    yAxis: shareAxis(colours, t('results.roc.y')),
    series: [
      { ...chance, lineStyle: { ...chance.lineStyle, width: 1, type: 'dashed' }, silent: true },
      ...curves.map(({ class: name, roc }, at) =>
        line(
          name,
          roc.falsePositiveRate.map((x, point) => [x, roc.truePositiveRate[point]!]),
          colours.series[at % colours.series.length]!,
        ),
      ),
    ],
  };
}

/** Precision–recall curves as steps: the precision of a point holds for all recalls since the point before. */
export function precisionRecallOption(curves: readonly MeasuredCurves[], colours: Colours): Record<string, unknown> {
  return {
    ...frame(colours, curves.length > 1),
    tooltip: { ...chartBase(colours).tooltip, trigger: 'item' },
    xAxis: shareAxis(colours, t('results.pr.x')),
    yAxis: shareAxis(colours, t('results.pr.y')),
    series: curves.map(({ class: name, precisionRecall }, at) => ({
      ...line(name, fromZero(precisionRecall), colours.series[at % colours.series.length]!),
      step: 'start',
    })),
  };
}

/** As far as nothing is found, there is no precision to speak of: the curve begins with the first that is. */
function fromZero({ recall, precision }: MeasuredCurves['precisionRecall']): number[][] {
  const points = recall.map((x, at) => [x, precision[at]!]).filter(([x]) => x! > 0);
  return [[0, points[0]![1]!], ...points];
}

/** @param counts per class, {@link BINS} of them */
export function histogramOption(
  counts: readonly (readonly number[])[],
  classes: readonly string[],
  { of, colours }: { of: string; colours: Colours },
): Record<string, unknown> {
  return {
    ...frame(colours, true),
    tooltip: { ...chartBase(colours).tooltip, trigger: 'axis' },
    xAxis: {
      ...chartAxis(colours),
      type: 'category',
      data: Array.from({ length: BINS }, (_, bin) => `${fixed(bin / BINS, 2)}–${fixed((bin + 1) / BINS, 2)}`),
      name: t('results.histogram.x', { class: of }),
      nameLocation: 'middle',
      nameGap: 30,
      axisLabel: { color: colours.muted, interval: 4, formatter: (_: string, bin: number) => written(bin / BINS) },
    },
    yAxis: {
      ...chartAxis(colours),
      type: 'value',
      minInterval: 1,
      name: t('results.histogram.y'),
      nameLocation: 'middle',
      nameGap: 34,
    },
    series: classes.map((name, at) => ({
      type: 'bar',
      name,
      data: counts[at]!,
      barGap: '0%',
      barCategoryGap: '12%',
      itemStyle: { color: colours.series[at % colours.series.length] },
    })),
  };
}
