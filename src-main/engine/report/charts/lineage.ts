import { GraphChart } from 'echarts/charts';
import { use } from 'echarts/core';
import type { Lineage, LineageNode } from '../../../contract/lineage.ts';
import { COLOURS, draw, INK } from './chart.ts';

use([GraphChart]);

/** A step from left to right, and from one chain down to the next. */
const [STEP, ROW, MARGIN] = [190, 46, 95];
const MUTED = '#6d787e';

/** Sources as trees, from left to right: each arrow is a training that began with the weights at its tail. */
export function lineageDrawing({ nodes, rows, depth }: Lineage): string {
  const hidden = { type: 'value', show: false, min: 0 };
  const option = {
    grid: { left: MARGIN, right: MARGIN, top: 34, bottom: 26 },
    legend: { show: false },
    xAxis: { ...hidden, max: Math.max(1, depth) },
    yAxis: { ...hidden, max: Math.max(1, rows - 1), inverse: true },
    series: [
      {
        ...{ type: 'graph', coordinateSystem: 'cartesian2d', silent: true },
        ...{ symbolSize: 11, edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 8 },
        lineStyle: { color: INK, width: 1, opacity: 1 },
        label: { show: true, position: 'top', color: INK, backgroundColor: '#fff', fontSize: 11, width: STEP - 24, overflow: 'truncate' }, // prettier-ignore
        data: nodes.map((node, at) => ({
          ...{ id: String(at), name: node.name, value: [node.depth, node.row] },
          ...{ symbol: node.here ? 'circle' : 'emptyCircle', itemStyle: { color: colourOf(node) } },
        })),
        links: nodes.flatMap(({ parent }, at) =>
          parent === null ? [] : [{ source: String(parent), target: String(at) }],
        ),
      },
    ],
  };
  return draw(option, { width: 2 * MARGIN + STEP * Math.max(1, depth), height: 60 + ROW * Math.max(1, rows - 1) }).text;
}

/** What was trained here stands out from what it began with. */
const colourOf = ({ nature }: LineageNode): string => (nature === null ? MUTED : COLOURS[0]);
