import type { ReportFigures } from '../../../contract/report.ts';
import type { Html } from '../html.ts';
import { score } from '../words.ts';
import { chartFigure, COLOURS, DASHES, draw, INK, shareAxis, axis, thinned } from './chart.ts';

const HALF = { width: 340, height: 300 };

const line = (name: string, data: readonly (readonly number[])[], at: number) => ({
  ...{ name, data, type: 'line', showSymbol: false, silent: true },
  color: COLOURS[at % COLOURS.length],
  lineStyle: { width: 2, type: DASHES[at % DASHES.length] },
});

/** Only of several lines it has to be said which is which. */
const legendOf = (names: readonly string[]) => (names.length > 1 ? {} : { legend: { show: false } });

type Curves = NonNullable<ReportFigures['curves']>;

export function rocChart(curves: Curves, metrics: ReportFigures['metrics']): Html {
  const names = curves.map((each) => each.class);
  const series = curves.map(({ class: name, roc }, at) =>
    line(name, thinned(roc.falsePositiveRate.map((x, point) => [x, roc.truePositiveRate[point]!])), at),
  );
  const drawing = draw(
    {
      ...legendOf(names),
      xAxis: shareAxis('1 − specificity'),
      yAxis: shareAxis('sensitivity', true),
      series: [
        ...series,
        { type: 'line', silent: true, showSymbol: false, data: [[0, 0], [1, 1]], lineStyle: { color: INK, width: 1, type: 'dotted' } },
      ], // prettier-ignore
    },
    HALF,
  );
  const areas = metrics.perClass
    .filter(({ name }) => names.includes(name))
    .map(({ name, auroc }) => `${name} ${score(auroc)}`);
  return chartFigure(drawing, {
    caption: `ROC curve${names.length > 1 ? 's, each class against the rest' : ` of ${names[0]!}`}. Dotted: chance.`,
    told: `ROC. Area under the curve: ${areas.join(', ')}.`,
  });
}

export function precisionRecallChart(curves: Curves, metrics: ReportFigures['metrics']): Html {
  const names = curves.map((each) => each.class);
  const series = curves.map(
    ({ class: name, precisionRecall: { recall, precision } }, at) =>
    line(name, thinned(recall.flatMap((to, point) => [[recall[point - 1] ?? 0, precision[point]!], [to, precision[point]!]])), at), // prettier-ignore
  );
  const drawing = draw(
    { ...legendOf(names), xAxis: shareAxis('recall'), yAxis: shareAxis('precision', true), series },
    HALF,
  );
  const areas = metrics.perClass
    .filter(({ name }) => names.includes(name))
    .map(({ name, auprc }) => `${name} ${score(auprc)}`);
  return chartFigure(drawing, {
    caption: `Precision and recall${names.length > 1 ? ', each class against the rest' : ` of ${names[0]!}`}.`,
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
  const drawing = draw(
    {
      xAxis: {
        ...axis(`probability of ${name}`),
        type: 'category',
        data: bins,
        axisLabel: { color: INK, fontSize: 11, interval: own.length / 4 - 1 },
      },
      yAxis: { ...axis('images', true), minInterval: 1 },
      series: [bars(name, own, 0), bars(`not ${name}`, others, 1)],
    },
    HALF,
  );
  const above = (counts: readonly number[]) => counts.slice(counts.length / 2).reduce((sum, each) => sum + each, 0);
  const all = (counts: readonly number[]) => counts.reduce((sum, each) => sum + each, 0);
  return chartFigure(drawing, {
    caption: `Probabilities given to images of ${name} and to the others.`,
    told: `Histogram of the probability of ${name}: from 0.5 on are ${above(own)} of ${all(own)} images of the class and ${above(others)} of ${all(others)} others.`,
  });
}
