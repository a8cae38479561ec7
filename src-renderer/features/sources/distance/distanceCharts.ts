import type { DataDistance } from '../../../../src-main/contract/distance.ts';
import { fixed } from '../../../logic/locale.ts';
import { t } from '../../../text/index.ts';
import { chartAxis, chartBase, type Colours } from '../../../ui/chartColours.ts';

export const KINDS = ['distance', 'asymmetric'] as const;
export type Kind = (typeof KINDS)[number];

const VIRIDIS = ['#fde725', '#5ec962', '#21918c', '#3b528b', '#440154'];

/** Sources as rows, targets as columns: the darker, the farther. */
export function matrixOption(
  distances: readonly DataDistance[],
  kind: Kind,
  colours: Colours,
): Record<string, unknown> {
  const names = [...new Set(distances.map(({ source }) => source))];
  const values = distances.map((row) => row[kind]);
  const [least, most] = [Math.min(0, ...values), Math.max(0.001, ...values)];
  const axis = { ...chartAxis(colours), type: 'category', splitLine: { show: false }, data: names };
  return {
    ...chartBase(colours),
    grid: { left: 8, right: 18, top: 34, bottom: 60, containLabel: true },
    tooltip: {
      ...chartBase(colours).tooltip,
      formatter: ({ value: [x, y, value] }: { value: [number, number, number] }) =>
        `${t('sources.distance.source')}: ${names[y]}\n${t('sources.distance.target')}: ${names[x]}\n${fixed(value, 4)}`,
    },
    xAxis: { ...axis, axisLabel: { ...axis.axisLabel, rotate: 40 } },
    yAxis: {
      ...axis,
      inverse: true,
      name: `${t('sources.distance.source')} ↓   ${t('sources.distance.target')} →`,
      nameLocation: 'start',
      nameTextStyle: { ...axis.nameTextStyle, align: 'left' },
    },
    visualMap: {
      ...{ min: least, max: most, calculable: false, orient: 'horizontal', left: 'center', bottom: 0 },
      text: [fixed(most, 2), fixed(least, 2)],
      textStyle: { color: colours.text, fontSize: colours.font },
      inRange: { color: VIRIDIS },
    },
    series: [
      {
        type: 'heatmap',
        data: distances.map((row) => [
          names.indexOf(row.target),
          names.indexOf(row.source),
          Number(row[kind].toFixed(4)),
        ]),
      },
    ],
  };
}

/** As `cutpoint distance --out` writes them: every source with every other target. */
export const distanceRows = (distances: readonly DataDistance[], kind: Kind): (string | number)[][] => [
  ['source', 'target', 'distance'],
  ...distances.filter(({ source, target }) => source !== target).map((row) => [row.source, row.target, row[kind]]),
];
