import { cohortOf } from '../../../contract/groups.ts';
import type { ReportFigures, StudyReport } from '../../../contract/report.ts';
import { histogramChart, precisionRecallChart, rocChart } from '../charts/measured.ts';
import { trainingChart } from '../charts/training.ts';
import { PART_WORDS } from '../headline.ts';
import { html, type Html } from '../html.ts';
import { between, counted, duration, score } from '../words.ts';
import { table } from './parts.ts';

export const results = ({ figures }: StudyReport): Html => html`${figures.map(part)}`;

function part(figures: ReportFigures, at: number): Html {
  const { on, images, groups, grouping, metrics, intervals, curves, classes, histograms, warnings = [] } = figures;
  const which = on === 'data' ? `Images of another folder (${at})` : `On the ${PART_WORDS[on]}`;
  return html`<h3>${which}</h3>
<p>${cohortOf({ images, groups }, grouping)}.${intervals?.clustered && ' Some have several images: intervals of shares, which take images as independent, are too narrow.'}</p>
${warnings.length > 0 && html`<ul class="note">${warnings.map(({ message }) => html`<li>${message}</li>`)}</ul>`}
${table(
  intervals ? `Figures with their ${Math.round(100 * intervals.confidence)} % intervals` : 'Figures',
  ['Figure', 'Value'],
  overall(metrics, intervals, classes),
)}
${classes.length > 2 && perClass(metrics, intervals)}
${curves && curves.length > 0 && html`<div class="charts">${rocChart(curves, metrics)}${precisionRecallChart(curves, metrics)}</div>`}
<div class="charts">${histograms.map(histogramChart)}</div>
${table('Confusion: true classes in rows, predicted ones in columns', ['True class', ...classes], metrics.confusionMatrix.map((row, label) => [classes[label], ...row.map(counted)]))}`; // prettier-ignore
}

type Metrics = ReportFigures['metrics'];
type Intervals = ReportFigures['intervals'];

function overall(metrics: Metrics, intervals: Intervals, classes: readonly string[]) {
  const positive = classes.length === 2 ? ` of ${classes[1]!}` : ', mean of the classes';
  return [
    [`AUROC${classes.length === 2 ? '' : positive}`, between(metrics.auroc, intervals?.auroc)],
    [`Average precision${positive}`, between(metrics.auprc, intervals?.auprc)],
    ['Accuracy', between(metrics.accuracy, intervals?.accuracy)],
    ['Balanced accuracy', score(metrics.balancedAccuracy)],
    [`Sensitivity${positive}`, between(metrics.sensitivity, intervals?.sensitivity)],
    [`Specificity${positive}`, between(metrics.specificity, intervals?.specificity)],
    ['Log loss', score(metrics.loss)],
  ];
}

const perClass = (metrics: Metrics, intervals: Intervals): Html =>
  table(
    'Each class against the rest',
    ['Class', 'Images', 'AUROC', 'Average precision', 'Sensitivity', 'Specificity'],
    metrics.perClass.map(({ name, images, ...own }, label) => {
      const found = intervals?.perClass[label];
      return [
        ...[name, counted(images), between(own.auroc, found?.auroc), between(own.auprc, found?.auprc)],
        ...[between(own.sensitivity, found?.sensitivity), between(own.specificity, found?.specificity)],
      ];
    }),
  );

export function training(report: StudyReport): Html {
  const { epochs, bestEpoch } = report.training;
  const best = epochs.find(({ epoch }) => epoch === bestEpoch);
  const seconds = epochs.reduce((sum, each) => sum + each.seconds, 0);
  return html`${trainingChart(report.training)}
<p>${counted(epochs.length)} epochs in ${duration(seconds)}.${best && ` Kept: epoch ${best.epoch}, with a validation AUROC of ${score(best.validationAuroc)} and an average precision of ${score(best.validationAuprc)}.`}</p>`; // prettier-ignore
}
