import type { SourceAnalysis, SourceMean } from '../../../../src-main/contract/sourceAnalysis.ts';
import { t } from '../../../text/index.ts';
import { chartAxis, chartBase, type Colours } from '../../../ui/chartColours.ts';

/** What a source is called; without transfer there is none. */
export const sourceTitle = (source: string | null): string => source ?? t('sources.study.noTransfer');

/** The means of a target, the largest first. */
export const meansOn = ({ means }: Pick<SourceAnalysis, 'means'>, target: string): SourceMean[] =>
  means.filter((each) => each.target === target).toSorted((a, b) => b.mean - a.mean);

interface Api {
  value(at: number): number;
  coord(at: [number, number]): [number, number];
}

/** Bars of the means of a target with their standard deviation (van den Brandt et al. 2021, fig. 3). */
export function barsOption(means: readonly SourceMean[], colours: Colours): Record<string, unknown> {
  const names = means.map(({ source }) => sourceTitle(source));
  const axis = chartAxis(colours);
  const spread = means.flatMap(({ mean, deviation }, at) => (deviation === null ? [] : [[mean - deviation, at, mean + deviation]])); // prettier-ignore
  return {
    ...chartBase(colours),
    grid: { left: 16, right: 24, top: 12, bottom: 12, containLabel: true },
    xAxis: { ...axis, type: 'value', min: 0, max: 1 },
    yAxis: { ...axis, type: 'category', data: names, inverse: true },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        data: means.map(({ mean, source }) => ({
          value: mean,
          itemStyle: { color: source === null ? colours.muted : colours.series[0] },
        })),
      },
      {
        type: 'custom',
        silent: true,
        tooltip: { show: false },
        data: spread,
        z: 3,
        renderItem(_: unknown, api: Api) {
          const [left, y] = api.coord([api.value(0), api.value(1)]);
          const [right] = api.coord([api.value(2), api.value(1)]);
          const style = { stroke: colours.text, lineWidth: 1.5 };
          const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style }); // prettier-ignore
          return {
            type: 'group',
            children: [line(left, y, right, y), line(left, y - 4, left, y + 4), line(right, y - 4, right, y + 4)],
          };
        },
      },
    ],
  };
}

/** The same as numbers. */
export const barsTable = (means: readonly SourceMean[]): (string | number | null)[][] => [
  [t('sources.study.columns.source'), t('sources.study.columns.mean'), t('sources.study.columns.deviation')],
  ...means.map(({ source, mean, deviation }) => [sourceTitle(source), mean, deviation]),
];
