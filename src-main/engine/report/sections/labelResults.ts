import type { Figures, FigureSet, MeasuredFigure } from '../../../contract/figures.ts';
import { LABEL_FROM } from '../../../contract/decision.ts';
import { countedGroups, wordsFor } from '../../../contract/groups.ts';
import type { ReportFigures } from '../../../contract/report.ts';
import { multiLabelFigures, type LabelFigureName } from '../../../contract/task/multiLabelFigures.ts';
import { labelCurves } from '../charts/labelCurves.ts';
import { rangesChart } from '../charts/ranges.ts';
import { html, type Html } from '../html.ts';
import { between, counted, INTERVAL_METHODS, listed, madeBy, score } from '../words.ts';
import { table } from './parts.ts';

const TITLES = new Map<string, string>(multiLabelFigures.map(({ name, title }) => [name, title]));

const FROM = `from a probability of ${LABEL_FROM} on`;

/** Figures of each label, a table each, so that a page holds them with their intervals. */
const TABLES: readonly (readonly [caption: string, names: readonly LabelFigureName[]])[] = [
  ['Each label against not having it, by its probability', ['auroc', 'auprc', 'auprcTrapezoidal', 'brier']],
  [`Each label, called ${FROM}`, ['sensitivity', 'specificity', 'ppv', 'npv']],
  [`Each label, called ${FROM}: both sides in one figure`, ['f1', 'balancedAccuracy', 'mcc']],
];

/**
 * Figures of several labels an image: means over them, all at once, and each on the images of which it is known.
 * @param drawn how often each probability was given is drawn, too
 */
export function labelResults(found: ReportFigures, drawn: boolean): Html {
  const { metrics, figures, grouping, curves, histograms } = found;
  return html`${figures ? withIntervals(figures, grouping) : withoutIntervals(metrics)}
  ${curves && labelCurves({ curves, metrics, histograms: drawn ? histograms : [] })}`;
}

function withIntervals(figures: Figures, grouping: ReportFigures['grouping']): Html {
  const { confidence, images, groups } = figures;
  const set = groups?.sets.find(({ aggregation }) => aggregation === 'mean');
  const { one } = wordsFor(grouping);
  const once = `each ${one} counted once, by the mean probability of the images`;
  return html`<p>A label is called ${FROM}, and judged on the images of which it is known.</p>
${overall(`with ${Math.round(100 * confidence)} % intervals`, images)}
${ranges(images)}
${TABLES.map(([caption, names]) => ofLabels(caption, names, images))}
${lacking(images.perClass.flatMap(({ name, figures: own }) => own.filter(({ value }) => value === null).map((figure) => ({ of: name, figure }))))}
${outcomes(images)}
${set && overall(once, set)}
${groups !== null && groups.mixed > 0 && html`<p>${countedGroups(groups.mixed, grouping)} ${groups.mixed === 1 ? 'has' : 'have'} images with and without a label, and ${groups.mixed === 1 ? 'is' : 'are'} left out of that label there.</p>`}`; // prettier-ignore
}

/** Means over the labels, and what there is one of. @param how figures are given, behind the captions */
function overall(how: string, { whole, macro, weighted }: FigureSet): Html {
  const means = macro.map((mean, at) => ({ mean, weighted: weighted[at] }));
  const made = new Set([...macro, ...weighted].flatMap(({ intervals: [first] }) => (first ? [INTERVAL_METHODS[first.method]] : []))); // prettier-ignore
  const columns = [['mean of the labels', macro], ['weighted mean', weighted], ['all labels together', whole]] as const; // prettier-ignore
  const without = columns.flatMap(([of, figures]) => figures.filter(({ intervals }) => intervals.length === 0).map((figure) => ({ of, figure }))); // prettier-ignore
  return html`${table(
    `Means over the labels, ${how}${made.size > 0 ? ` (${listed([...made])})` : ''}`,
    ['Figure', 'Mean of the labels', 'Weighted by how many have each'],
    means.map((each) => [titleOf(each.mean), ranged(each.mean), ranged(each.weighted)]),
  )}
${table(
  `All labels together, ${how}`,
  ['Figure', 'Value', 'Cases', 'Made by'],
  whole.map((each) => [
    ...[titleOf(each), ranged(each)],
    ...[each.share ? `${counted(each.share.count)} of ${counted(each.share.of)}` : '', madeBy(each)],
  ]),
)}
${lacking(without.filter(({ of }) => of !== 'all labels together'))}`; // prettier-ignore
}

const titleOf = ({ name }: MeasuredFigure): string => TITLES.get(name) ?? name;

/** A figure with its interval, which stay on one line where there is room. */
const ranged = (found: MeasuredFigure | undefined): Html =>
  html`<span class="range">${between(found?.value, found?.intervals[0])}</span>`;

const ofLabels = (caption: string, names: readonly LabelFigureName[], { perClass }: FigureSet): Html =>
  table(
    caption,
    ['Label', 'Have it, of known', ...names.map((name) => TITLES.get(name)!)],
    perClass.map(({ name: label, cases, known, figures }) => [
      ...[label, `${counted(cases)} of ${counted(known)}`],
      ...names.map((name) => ranged(figures.find((each) => each.name === name))),
    ]),
  );

/** Why figures have no value, or no interval; each reason once. */
function lacking(figures: readonly { of: string; figure: MeasuredFigure }[]): Html | null {
  if (figures.length === 0) return null;
  const byReason = [...Map.groupBy(figures, ({ figure }) => madeBy(figure))];
  return html`<ul>${byReason.map(([why, own]) => html`<li>${why} ${own[0]!.figure.value === null ? 'Not defined' : 'Without an interval'}: ${names(own)}.</li>`)}</ul>`; // prettier-ignore
}

/** `PPV and F1 (Edema, Mass); PPV (Effusion)`. */
function names(figures: readonly { of: string; figure: MeasuredFigure }[]): string {
  const lists = [...Map.groupBy(figures, ({ of }) => of)].map(([of, own]) => ({ of, titles: listed(own.map(({ figure }) => titleOf(figure))) })); // prettier-ignore
  return [...Map.groupBy(lists, ({ titles }) => titles)]
    .map(([titles, own]) => `${titles} (${own.map(({ of }) => of).join(', ')})`)
    .join('; ');
}

/** AUROC of each label, and of their mean, with the intervals. */
function ranges({ perClass, macro }: FigureSet): Html | null {
  const shown = [...perClass.map(({ name, figures }) => ({ name, figures })), { name: 'mean of the labels', figures: macro }]; // prettier-ignore
  const found = shown.flatMap(({ name, figures }) => {
    const auroc = figures.find((each) => each.name === 'auroc');
    if (!auroc || auroc.value === null) return [];
    const [interval] = auroc.intervals;
    return [{ name, value: auroc.value, low: interval?.low ?? null, high: interval?.high ?? null }];
  });
  return found.length < 2
    ? null
    : rangesChart(found, {
        unit: 'AUROC',
        most: 1,
        caption: 'AUROC of each label, and their mean, with their intervals.',
      });
}

/** In place of a confusion matrix: none of the labels excludes another. */
function outcomes({ perClass, cases }: FigureSet): Html {
  const share = (figures: readonly MeasuredFigure[], name: string) => {
    const { count, of } = figures.find((each) => each.name === name)?.share ?? { count: 0, of: 0 };
    return [count, of - count] as const;
  };
  return table(
    `What each label was called, ${FROM}`,
    ['Label', 'Has it, called', 'Has it, not called', 'Has it not, called', 'Has it not, not called', 'Not known'],
    perClass.map(({ name, known = cases, figures }) => {
      const [found, missed] = share(figures, 'sensitivity');
      const [left, alarms] = share(figures, 'specificity');
      return [name, ...[found, missed, alarms, left, cases - known].map(counted)];
    }),
  );
}

/** Of figures that were stored without their predictions. */
const withoutIntervals = (metrics: ReportFigures['metrics']): Html =>
  html`${table(
    'Figures of all labels',
    ['Figure', 'Value'],
    [
      ['AUROC, mean of the labels', score(metrics.auroc)],
      ['Average precision, mean of the labels', score(metrics.auprc)],
      ['Accuracy, share of what is known', score(metrics.accuracy)],
      ['Balanced accuracy, mean of the labels', score(metrics.balancedAccuracy)],
      ['Log loss', score(metrics.loss)],
    ],
  )}
${table(
  `Each label against not having it, called ${FROM}`,
  ['Label', 'Have it', 'Known', 'AUROC', 'Average precision', 'Sensitivity', 'Specificity'],
  metrics.perClass.map(({ name, images, known, auroc, auprc, sensitivity, specificity }) => [
    ...[name, counted(images), counted(known)],
    ...[auroc, auprc, sensitivity, specificity].map(score),
  ]),
)}`; // prettier-ignore
