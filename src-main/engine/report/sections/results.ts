import type { Figures, FigureSet, MeasuredFigure } from '../../../contract/figures.ts';
import { cohortOf } from '../../../contract/groups.ts';
import type { ReportFigures, StudyReport } from '../../../contract/report.ts';
import { tasks } from '../../../contract/task/index.ts';
import { histogramChart, precisionRecallChart, rocChart } from '../charts/measured.ts';
import { trainingChart } from '../charts/training.ts';
import { ofSeveralLabels, PART_WORDS } from '../headline.ts';
import { html, type Html } from '../html.ts';
import { between, counted, duration, madeBy, score } from '../words.ts';
import { labelResults } from './labelResults.ts';
import { table } from './parts.ts';

export const results = ({ figures }: StudyReport): Html => html`${figures.map(part)}`;

function part(figures: ReportFigures, at: number): Html {
  const { on, images, groups, grouping, warnings = [], several } = figures;
  const which = on === 'data' ? `Images of another folder (${at})` : `On the ${PART_WORDS[on]}`;
  return html`<h3>${which}</h3>
<p>${cohortOf({ images, groups }, grouping)}.</p>
${warnings.length > 0 && html`<ul class="note">${warnings.map(({ message }) => html`<li>${message}</li>`)}</ul>`}
${several ? labelResults(figures, at === 0) : classResults(figures)}`; // prettier-ignore
}

function classResults({ metrics, figures: measured, curves, classes, histograms }: ReportFigures): Html {
  return html`${measured ? allFigures(measured, classes) : table('Figures', ['Figure', 'Value'], withoutIntervals(metrics, classes))}
${curves && curves.length > 0 && html`<div class="charts">${rocChart(curves, metrics)}${precisionRecallChart(curves, metrics)}</div>`}
<div class="charts">${histograms.map(histogramChart)}</div>
${table('Confusion: true classes in rows, predicted ones in columns', ['True class', ...classes], metrics.confusionMatrix.map((row, label) => [classes[label], ...row.map(counted)]))}`; // prettier-ignore
}

/** All figures of the task with their intervals, of images and, where patients have several, of patients. */
function allFigures({ confidence, images, groups }: Figures, classes: readonly string[]): Html {
  const percent = Math.round(100 * confidence);
  const set = groups?.sets.find(({ aggregation }) => aggregation === 'mean');
  return html`${figureTable(`Figures with their ${percent} % intervals`, images, classes)}
${classes.length > 2 && perClass(images)}
${set && figureTable(`The same, each patient counted once, by the mean probability of the images`, set, classes)}
${groups !== null && groups.mixed > 0 && html`<p>${counted(groups.mixed)} with images of several classes are left out of it.</p>`}`; // prettier-ignore
}

function figureTable(caption: string, { whole, perClass: own, macro }: FigureSet, classes: readonly string[]): Html {
  const of = classes.length === 2 ? classes[1]! : 'mean of the classes';
  const rows: [string, MeasuredFigure][] = [
    ...(classes.length === 2 ? own[1]!.figures : macro).map((each): [string, MeasuredFigure] => [of, each]),
    ...whole.filter(({ value }) => value !== null).map((each): [string, MeasuredFigure] => ['all', each]),
  ];
  return table(
    caption,
    ['Figure', 'Of', 'Value', 'Cases', 'Made by'],
    rows.map(([whose, each]) => [
      ...[TITLES.get(each.name) ?? each.name, whose, between(each.value, each.intervals[0])],
      ...[each.share ? `${counted(each.share.count)} of ${counted(each.share.of)}` : '', madeBy(each)],
    ]),
  );
}

/** Of more than two classes, each against the rest. */
const perClass = ({ perClass: rows }: FigureSet): Html =>
  table(
    'Each class against the rest',
    ['Class', 'Images', ...(rows[0]?.figures ?? []).map(({ name }) => TITLES.get(name) ?? name)],
    rows.map(({ name, cases, figures }) => [
      ...[name, counted(cases)],
      ...figures.map(({ value, intervals }) => between(value, intervals[0])),
    ]),
  );

const TITLES = new Map<string, string>(tasks.classification.figures.map(({ name, title }) => [name, title]));

function withoutIntervals(metrics: ReportFigures['metrics'], classes: readonly string[]) {
  const positive = classes.length === 2 ? ` of ${classes[1]!}` : ', mean of the classes';
  return [
    [`AUROC${classes.length === 2 ? '' : positive}`, score(metrics.auroc)],
    [`Average precision${positive}`, score(metrics.auprc)],
    ['Accuracy', score(metrics.accuracy)],
    ['Balanced accuracy', score(metrics.balancedAccuracy)],
    [`Sensitivity${positive}`, score(metrics.sensitivity)],
    [`Specificity${positive}`, score(metrics.specificity)],
    ['Log loss', score(metrics.loss)],
  ];
}

export function training(report: StudyReport): Html {
  const { epochs, bestEpoch } = report.training;
  const best = epochs.find(({ epoch }) => epoch === bestEpoch);
  const seconds = epochs.reduce((sum, each) => sum + each.seconds, 0);
  return html`${trainingChart(report.training)}
<p>${counted(epochs.length)} epochs in ${duration(seconds)}.${best && ` Kept: epoch ${best.epoch}, with a validation AUROC of ${score(best.validationAuroc)} and an average precision of ${score(best.validationAuprc)}${ofSeveralLabels(report) ? ', means over the labels' : ''}.`}</p>`; // prettier-ignore
}
