import type { Lineage, LineageNode } from '../../../src-main/contract/lineage.ts';
import { lineageOf, RANDOM_WEIGHTS } from '../../../src-main/contract/origin.ts';
import type { SourceSummary } from '../../../src-main/contract/source.ts';
import { t } from '../../text/index.ts';
import { chartBase, type Colours } from '../../ui/chartColours.ts';

/** The names that a source descends from, the earliest first, its own at the end. */
export const lineageNames = (source: Pick<SourceSummary, 'name' | 'origin'>): string[] =>
  lineageOf(source).map((name) => (name === RANDOM_WEIGHTS ? t('sources.random') : name));

function nameOf({ name, sha256, here }: LineageNode): string {
  if (sha256 === null) return t('sources.random');
  return here ? name : t('sources.descent.removed', { name });
}

/** Trees from left to right: an arrow is a training that began with the weights at its tail. */
export function lineageOption({ nodes, rows, depth }: Lineage, colours: Colours): Record<string, unknown> {
  const hidden = { type: 'value', show: false, min: 0 };
  const { tooltip: _none, ...base } = chartBase(colours);
  return {
    ...base,
    // Room for one half of a name.
    grid: { left: 90, right: 90, top: 36, bottom: 18 },
    xAxis: { ...hidden, max: Math.max(1, depth) },
    yAxis: { ...hidden, max: Math.max(1, rows - 1), inverse: true },
    series: [
      {
        ...{ type: 'graph', coordinateSystem: 'cartesian2d', silent: true },
        ...{ symbolSize: 12, edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 8 },
        lineStyle: { color: colours.muted, width: 1, opacity: 1 },
        label: {
          ...{ show: true, position: 'top', width: 170, overflow: 'truncate' },
          ...{ color: colours.text, fontSize: colours.font, backgroundColor: colours.surface },
        },
        data: nodes.map((node, at) => ({
          ...{ id: String(at), name: nameOf(node), value: [node.depth, node.row] },
          symbol: node.here ? 'circle' : 'emptyCircle',
          itemStyle: { color: node.nature === null ? colours.muted : colours.accent },
        })),
        links: nodes.flatMap(({ parent }, at) =>
          parent === null ? [] : [{ source: String(parent), target: String(at) }],
        ),
      },
    ],
  };
}

/** The same in words. */
export const lineageTold = ({ nodes }: Lineage): string =>
  nodes
    .map((node) =>
      node.parent === null
        ? nameOf(node)
        : t('sources.descent.from', { name: nameOf(node), parent: nameOf(nodes[node.parent]!) }),
    )
    .join('; ');
