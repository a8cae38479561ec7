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
  symbol: 'circle',
  symbolSize: 7,
  itemStyle: { color: colour },
  lineStyle: { color: colour, width: 2, type: dashed ? 'dashed' : 'solid' },
});

/** Least and greatest mean SVCCA of random features, layer by layer; null where an earlier version did not keep them. */
export function bandOf(pairs: readonly SimilarityPair[]): [low: number, high: number][] | null {
  const bands = pairs.flatMap(({ random: { band } }) => (band ? [band] : []));
  return bands.length === pairs.length ? bands : null;
}

/** Mean SVCCA and CKA of each layer with the same layer, and the band of what random features give. */
export function layersOption(pairs: readonly SimilarityPair[], colours: Colours): Record<string, unknown> {
  const lines = [
    line(t('explain.similarity.meanSvcca'), pairs.map(MEASURES.meanSvcca), colours.series[0]),
    line(
      t('explain.similarity.random'),
      pairs.map(({ random }) => random.mean),
      colours.muted,
      true,
    ),
    line(t('explain.similarity.cka'), pairs.map(MEASURES.cka), colours.series[1]),
  ].map((series) => ({ ...series, showSymbol: pairs.length < 30 }));
  const names = lines.map(({ name }) => name);
  const edge = { type: 'line', stack: 'band', silent: true, symbol: 'none', lineStyle: { opacity: 0 } };
  const band = bandOf(pairs);
  return {
    ...chartBase(colours),
    grid: { left: 8, right: 18, top: 14, bottom: 36, containLabel: true },
    legend: { ...legend(colours), data: names },
    tooltip: {
      ...chartBase(colours).tooltip,
      trigger: 'axis',
      formatter: (points: { seriesName: string; name: string; value: number }[]) =>
        [
          points[0]!.name,
          ...points
            .filter(({ seriesName }) => names.includes(seriesName))
            .map(({ seriesName, value }) => `${seriesName} ${short(value)}`),
        ].join('\n'),
    },
    xAxis: {
      ...chartAxis(colours),
      type: 'category',
      data: pairs.map(({ a }) => a),
      axisLabel: { ...chartAxis(colours).axisLabel, rotate: 40, hideOverlap: true },
    },
    yAxis: shareAxis(colours, ''),
    series: [
      ...lines,
      ...(band
        ? [
            { ...edge, data: band.map(([low]) => low) },
            {
              ...edge,
              data: band.map(([low, high]) => high - low),
              areaStyle: { color: colours.muted, opacity: 0.25 },
            },
          ]
        : []),
    ],
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
    grid: { left: 8, right: 18, top: 34, bottom: 76, containLabel: true },
    tooltip: {
      ...chartBase(colours).tooltip,
      formatter: ({ value: [x, y, value] }: { value: [number, number, number] }) =>
        `${t('explain.similarity.first')}: ${rows[y]}\n${t('explain.similarity.second')}: ${columns[x]}\n${t(`explain.similarity.${measure}`)} ${short(value)}`,
    },
    xAxis: { ...axis, data: columns, axisLabel: { ...axis.axisLabel, rotate: 60, hideOverlap: true } },
    yAxis: { ...axis, data: rows, name: `${t('explain.similarity.first')} ↑   ${t('explain.similarity.second')} →`, nameTextStyle: { ...axis.nameTextStyle, align: 'left' }, axisLabel: { ...axis.axisLabel, hideOverlap: true } },
    visualMap: {
      min: 0,
      max: 1,
      calculable: false,
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      text: [fixed(1, 1), fixed(0, 1)],
      textStyle: { color: colours.text, fontSize: colours.font },
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
  [
    'a',
    'b',
    'directions_a',
    'directions_b',
    'mean_svcca',
    'mean_svcca_random',
    'random_low',
    'random_high',
    'area_over_random',
    'cka',
  ],
  ...pairs.map((pair) => [
    ...[pair.a, pair.b, ...pair.kept],
    ...[pair.meanSvcca, pair.random.mean, ...(pair.random.band ?? ['', '']), pair.areaOverRandom, pair.cka],
  ]),
];

/** Without a sign where nothing but zeros would follow it. */
export const short = (value: number): string => fixed(Math.round(value * 1000) / 1000 || 0, 3);
