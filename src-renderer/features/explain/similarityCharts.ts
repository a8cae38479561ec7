import type { SimilarityPair } from '../../../src-main/contract/similarity.ts';
import { fixed } from '../../logic/locale.ts';
import { t } from '../../text/index.ts';
import { chartAxis, chartBase, type Colours } from '../../ui/chartColours.ts';

/** What a pair of layers is judged by; each in [0, 1] but for the area, which may be a little below 0. */
export const MEASURES = {
  meanSvcca: (pair: SimilarityPair) => pair.meanSvcca,
  area: (pair: SimilarityPair) => pair.areaOverRandom,
  cka: (pair: SimilarityPair) => pair.cka,
} as const;
export type Measure = keyof typeof MEASURES;

const shareAxis = (colours: Colours, name: string) => ({
  ...chartAxis(colours),
  type: 'value',
  min: 0,
  max: 1,
  name,
  nameLocation: 'middle',
  nameGap: 36,
});
const legend = (colours: Colours) => ({ bottom: 0, type: 'scroll', textStyle: { color: colours.text } });
const line = (name: string, data: unknown, colour: string | undefined, dashed = false) => ({
  type: 'line',
  name,
  data,
  showSymbol: false,
  itemStyle: { color: colour },
  lineStyle: { color: colour, width: 2, type: dashed ? 'dashed' : 'solid' },
});

/** Mean SVCCA and CKA of each layer with the same layer, over what random features give. */
export function layersOption(pairs: readonly SimilarityPair[], colours: Colours): Record<string, unknown> {
  const values = (of: (pair: SimilarityPair) => number) => pairs.map(of);
  return {
    ...chartBase(colours),
    grid: { left: 84, right: 18, top: 14, bottom: 140 },
    legend: legend(colours),
    tooltip: { ...chartBase(colours).tooltip, trigger: 'axis' },
    xAxis: {
      ...chartAxis(colours),
      type: 'category',
      data: pairs.map(({ a }) => a),
      axisLabel: { color: colours.muted, rotate: 40, hideOverlap: true },
    },
    yAxis: shareAxis(colours, ''),
    series: [
      line(t('explain.similarity.meanSvcca'), values(MEASURES.meanSvcca), colours.series[0]),
      {
        ...line(
          t('explain.similarity.random'),
          values(({ random }) => random.mean),
          colours.muted,
          true,
        ),
        areaStyle: { color: colours.muted, opacity: 0.15 },
      },
      line(t('explain.similarity.cka'), values(MEASURES.cka), colours.series[1]),
    ].map((series) => ({ ...series, showSymbol: pairs.length < 30 })),
  };
}

/** The coefficients of two layers, and the area between them and those of random features (Raghu et al. 2017). */
export function curveOption({ curve, random }: SimilarityPair, colours: Colours): Record<string, unknown> {
  const along = (values: readonly number[]) =>
    values.map((y, at) => [values.length < 2 ? 0 : at / (values.length - 1), y]);
  return {
    ...chartBase(colours),
    grid: { left: 56, right: 18, top: 14, bottom: 76 },
    legend: legend(colours),
    tooltip: { ...chartBase(colours).tooltip, trigger: 'axis' },
    xAxis: { ...shareAxis(colours, t('explain.similarity.index')), nameGap: 28 },
    yAxis: shareAxis(colours, t('explain.similarity.coefficient')),
    series: [
      {
        ...line(t('explain.similarity.these'), along(curve), colours.series[0]),
        areaStyle: { color: colours.series[0], opacity: 0.25 },
      },
      {
        ...line(t('explain.similarity.chance'), along(random.curve), colours.muted, true),
        // What lies under it is no more than chance: it covers the area.
        areaStyle: { color: colours.surface, opacity: 1 },
      },
    ],
  };
}

/** Every layer of one network with every layer of another. */
export function matrixOption(
  pairs: readonly SimilarityPair[],
  measure: Measure,
  colours: Colours,
): Record<string, unknown> {
  const rows = [...new Set(pairs.map(({ a }) => a))];
  const columns = [...new Set(pairs.map(({ b }) => b))];
  const axis = { ...chartAxis(colours), type: 'category', splitLine: { show: false } };
  return {
    ...chartBase(colours),
    grid: { left: 150, right: 18, top: 14, bottom: 150 },
    xAxis: { ...axis, data: columns, name: t('explain.similarity.second'), nameLocation: 'middle', nameGap: 92, axisLabel: { color: colours.muted, rotate: 60, hideOverlap: true } },
    yAxis: { ...axis, data: rows, name: t('explain.similarity.first'), axisLabel: { color: colours.muted, hideOverlap: true } },
    visualMap: {
      min: 0,
      max: 1,
      calculable: false,
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      textStyle: { color: colours.text },
      inRange: { color: VIRIDIS },
    },
    series: [
      {
        type: 'heatmap',
        name: t(`explain.similarity.${measure}`),
        data: pairs.map((pair) => [columns.indexOf(pair.b), rows.indexOf(pair.a), Number(MEASURES[measure](pair).toFixed(4))]),
      },
    ],
  }; // prettier-ignore
}
const VIRIDIS = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];

export const pairRows = (pairs: readonly SimilarityPair[]): (string | number)[][] => [
  ['a', 'b', 'directions_a', 'directions_b', 'mean_svcca', 'mean_svcca_random', 'area_over_random', 'cka'],
  ...pairs.map((pair) => [
    ...[pair.a, pair.b, ...pair.kept],
    ...[pair.meanSvcca, pair.random.mean, pair.areaOverRandom, pair.cka],
  ]),
];

export const short = (value: number): string => fixed(value, 3);
