import type { ReportFigures } from '../../../contract/report.ts';
import type { Html } from '../html.ts';
import { score } from '../words.ts';
import { chartFigure, COLOURS, DASHES, draw, INK, shareAxis, axis, thinned, type Size } from './chart.ts';

const HALF = { width: 340, height: 300 };
const LEGEND_ROW = 18;

const line = (name: string, data: readonly (readonly number[])[], at: number) => ({
  ...{ name, data, type: 'line', showSymbol: false, silent: true },
  color: COLOURS[at % COLOURS.length],
  lineStyle: { width: 2, type: DASHES[at % DASHES.length] },
});

/** Names of about as many letters stand beside one another above a chart of half the width. */
const ROW = 34;

/** Only of several lines it has to be said which is which; long names one below the other, with the chart below them. */
function framed(names: readonly string[]): { option: object; size: Size } {
  if (names.length < 2) return { option: { legend: { show: false } }, size: HALF };
  if (names.join('').length + 5 * names.length <= ROW) return { option: {}, size: HALF };
  const more = LEGEND_ROW * (names.length - 1);
  const option = {
    legend: { top: 0, left: 56, orient: 'vertical', itemWidth: 22, itemGap: 4, textStyle: { color: INK, fontSize: 12, width: 240, overflow: 'truncate' } }, // prettier-ignore
    grid: { left: 56, right: 16, top: 30 + more, bottom: 44 },
  };
  return { option, size: { ...HALF, height: HALF.height + more } };
}

type Curves = NonNullable<ReportFigures['curves']>;
const REST = 'each class against the rest';

/** @param opposite what each line is against, where there are several */
export function rocChart(curves: Curves, metrics: ReportFigures['metrics'], opposite = REST): Html {
  const names = curves.map((each) => each.class);
  const series = curves.map(({ class: name, roc }, at) =>
    line(name, thinned(roc.falsePositiveRate.map((x, point) => [x, roc.truePositiveRate[point]!])), at),
  );
  const { option, size } = framed(names);
  const drawing = draw(
    {
      ...option,
      xAxis: shareAxis('1 − specificity'),
      yAxis: shareAxis('sensitivity', true),
      series: [
        ...series,
        { type: 'line', silent: true, showSymbol: false, data: [[0, 0], [1, 1]], lineStyle: { color: INK, width: 1, type: 'dotted' } },
      ], // prettier-ignore
    },
    size,
  );
  const areas = metrics.perClass
    .filter(({ name }) => names.includes(name))
    .map(({ name, auroc }) => `${name} ${score(auroc)}`);
  return chartFigure(drawing, {
    caption: `ROC curve${names.length > 1 ? `s, ${opposite}` : ` of ${names[0]!}`}. Dotted: chance.`,
    told: `ROC. Area under the curve: ${areas.join(', ')}.`,
  });
}

/** @param opposite as of {@link rocChart} */
export function precisionRecallChart(curves: Curves, metrics: ReportFigures['metrics'], opposite = REST): Html {
  const names = curves.map((each) => each.class);
  const series = curves.map(
    ({ class: name, precisionRecall: { recall, precision } }, at) =>
    line(name, thinned(recall.flatMap((to, point) => [[recall[point - 1] ?? 0, precision[point]!], [to, precision[point]!]])), at), // prettier-ignore
  );
  const { option, size } = framed(names);
  const drawing = draw({ ...option, xAxis: shareAxis('recall'), yAxis: shareAxis('precision', true), series }, size);
  const areas = metrics.perClass
    .filter(({ name }) => names.includes(name))
    .map(({ name, auprc }) => `${name} ${score(auprc)}`);
  return chartFigure(drawing, {
    caption: `Precision and recall${names.length > 1 ? `, ${opposite}` : ` of ${names[0]!}`}.`,
    told: `Precision against recall. Average precision: ${areas.join(', ')}.`,
  });
}

/** How often each probability of a class was given to its own images and to the others. */
export function histogramChart({ class: name, own, others }: ReportFigures['histograms'][number]): Html {
  const bins = own.map((_, at) => (at / own.length).toFixed(2));
  const bars = (title: string, data: readonly number[], at: number) => ({
    ...{ name: title, type: 'bar', data, barGap: '-100%', silent: true, barCategoryGap: '8%' },
    itemStyle: { color: COLOURS[at], opacity: 0.55 },
  });
  const { option, size } = framed([name, `not ${name}`]);
  const drawing = draw(
    {
      ...option,
      xAxis: {
        ...axis(`probability of ${name}`),
        type: 'category',
        data: bins,
        axisLabel: { color: INK, fontSize: 11, interval: own.length / 4 - 1 },
      },
      yAxis: { ...axis('images', true), minInterval: 1 },
      series: [bars(name, own, 0), bars(`not ${name}`, others, 1)],
    },
    size,
  );
  const above = (counts: readonly number[]) => counts.slice(counts.length / 2).reduce((sum, each) => sum + each, 0);
  const all = (counts: readonly number[]) => counts.reduce((sum, each) => sum + each, 0);
  return chartFigure(drawing, {
    caption: `Probabilities given to images of ${name} and to the others.`,
    told: `Histogram of the probability of ${name}: from 0.5 on are ${above(own)} of ${all(own)} images of the class and ${above(others)} of ${all(others)} others.`,
  });
}
