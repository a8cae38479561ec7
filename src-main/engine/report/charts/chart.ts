import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { Html, html } from '../html.ts';

use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

/** Dark enough on white for lines and for letters (3:1 and 4.5:1), and apart in grey and for the colour-blind. */
export const COLOURS = ['#0b6178', '#b3480f', '#4c7a1e', '#6b4c9a', '#806400', '#a02c52'] as const;
export const INK = '#333';
const RULE = '#ddd';
/** Kinds of dashes, so that lines are told apart without colours. */
export const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]] as const;

export interface Size {
  width: number;
  height: number;
}

/** An axis of numbers as all charts have it. */
export const axis = (name: string, vertical = false) => ({
  type: 'value',
  name,
  nameLocation: 'middle',
  nameGap: vertical ? 38 : 26,
  nameTextStyle: { color: INK, fontSize: 12 },
  axisLabel: { color: INK, fontSize: 11 },
  axisLine: { show: true, lineStyle: { color: INK } },
  splitLine: { lineStyle: { color: RULE } },
});

/** From 0 to 1. */
export const shareAxis = (name: string, vertical = false) => ({
  ...axis(name, vertical),
  min: 0,
  max: 1,
  interval: 0.25,
});

/** Draws a chart that stands still. The SVG has neither scripts nor styles: what styles it are attributes. */
export function draw(option: EChartsCoreOption, { width, height }: Size): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      color: [...COLOURS],
      grid: { left: 56, right: 16, top: 30, bottom: 44 },
      legend: { top: 0, left: 'center', itemWidth: 22, itemGap: 20, textStyle: { color: INK, fontSize: 12 } },
      ...option,
    });
    return new Html(plain(chart.renderToSVGString(), { width, height }));
  } finally {
    chart.dispose();
  }
}

/** Without what only a pointer meets, and with the styles of letters as attributes, which a strict policy lets pass. */
const plain = (svg: string, { width, height }: Size): string =>
  svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|pointer-events|ecmeta_[a-z_]+|xml:space|version|baseProfile|xmlns:xlink)="[^"]*"/g, '')
    .replace(
      / style="([^"]*)"/g,
      (_, style: string) =>
      style.split(';').filter(Boolean).map((each) => ` ${each.replace(/:\s*/, '="')}"`).join(''), // prettier-ignore
    )
    .replace(/\n/g, '')
    .replace(`<svg width="${width}" height="${height}"`, `<svg width="${width}" height="${height}" focusable="false"`);

/**
 * A chart with its caption, and what it shows in words for who does not see it.
 * @param told numbers enough to know the chart by
 */
export const chartFigure = (drawing: Html, { caption, told }: { caption: string; told: string }): Html =>
  html`<figure class="chart">
    <div role="img" aria-label="${told}">${drawing}</div>
    <figcaption>${caption}</figcaption>
  </figure>`;

/** At most so many points, the ends among them. */
export function thinned<T>(points: readonly T[], most = 200): T[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, at) => points[Math.round((at * (points.length - 1)) / (most - 1))]!);
}
