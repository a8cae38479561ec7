import { LABEL_FROM } from '../../contract/decision.ts';
import { cohortOf } from '../../contract/groups.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { Aggregation, FigureInterval } from '../../contract/figures.ts';
import { describeFigures } from './figures.ts';
import { facts, paragraphs, table } from './table.ts';
import { metric, percent, range, share } from './units.ts';

const PARTS: Readonly<Record<Evaluation['on'], string>> = {
  validation: 'Validation split, on which the epoch was chosen',
  test: 'Test split',
  data: 'Folder',
};

/**
 * The numbers of an evaluation, with denominators, and with intervals where it has them.
 * @param aggregation how images of a patient become one prediction
 */
export function describeEvaluation(evaluation: Evaluation, aggregation: Aggregation = 'mean'): string {
  const { metrics, classes, images, groups, grouping, problems, figures, warnings = [] } = evaluation;
  const matrix = metrics.confusionMatrix;
  const right = matrix.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  const part = `${PARTS[evaluation.on]}: ${cohortOf({ images, groups }, grouping)}`;
  if (evaluation.several) return paragraphs(part, ofLabels(evaluation), figures && describeFigures(figures, { grouping, aggregation, several: true }), leftOut(problems)); // prettier-ignore
  return paragraphs(
    part,
    warnings.map(({ message, code }) => `${message} [${code}]`).join('\n'),
    facts([
      ...ranked(evaluation),
      ['Accuracy', withShare(metrics.accuracy, shownOf(evaluation, 'accuracy'), share(right, images))],
      ...(classes.length === 2
        ? binary(evaluation)
        : [['Balanced accuracy', `${metric(metrics.balancedAccuracy)} (mean sensitivity of the classes)`] as const]),
      ['Cross-entropy', metrics.loss.toFixed(4)],
    ]),
    figures && `In brackets: ${percent(figures.confidence)} intervals, the first of those below.`,
    classes.length > 2 && perClass(evaluation),
    table(
      [{ title: 'True \\ predicted' }, ...classes.map((title) => ({ title, align: 'right' as const }))],
      matrix.map((row, at) => [classes[at] ?? '', ...row.map(String)]),
    ),
    figures && describeFigures(figures, { grouping, aggregation }),
    leftOut(problems),
  );
}

const leftOut = (problems: Evaluation['problems']): string | false =>
  problems.length > 0 &&
  ['Left out', ...problems.map(({ file, message, code }) => `  ${file}: ${message} [${code}]`)].join('\n');

/** Of labels of which an image may have several: means over them, and each on the images of which it is known. */
function ofLabels(evaluation: Evaluation): string {
  const { metrics, warnings = [] } = evaluation;
  return paragraphs(
    warnings.map(({ message, code }) => `${message} [${code}]`).join('\n'),
    facts([
      ['AUROC', `${metric(metrics.auroc)} (mean over labels)`],
      ['AUPRC (average precision)', `${metric(metrics.auprc)} (mean over labels)`],
      ['Accuracy', `${metric(metrics.accuracy)} (share of the known labels that are called rightly, from a probability of ${LABEL_FROM} on)`], // prettier-ignore
      ['Balanced accuracy', `${metric(metrics.balancedAccuracy)} (mean over labels)`],
      ['Cross-entropy', metrics.loss.toFixed(4)],
    ]),
    perLabel(evaluation),
  );
}

function perLabel({ metrics }: Evaluation): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const titles = ['Have it', 'Known', 'AUROC', 'AUPRC (average precision)', 'Sensitivity', 'Specificity'];
  return table(
    [{ title: 'Label' }, ...titles.map(right)],
    metrics.perClass.map(({ name, images, known, auroc, auprc, sensitivity, specificity }) => [
      name,
      String(images),
      known === undefined ? '' : String(known),
      ...[auroc, auprc, sensitivity, specificity].map(metric),
    ]),
  );
}

type Row = readonly [string, string];

/** The interval that stands first: of two classes of the positive one, of several of their mean. */
function shownOf({ figures }: Evaluation, name: string): FigureInterval | undefined {
  if (!figures) return undefined;
  const { whole, macro, perClass } = figures.images;
  const all = [...whole, ...(perClass.length === 2 ? perClass[1]!.figures : macro)];
  return all.find((each) => each.name === name)?.intervals[0];
}

function ranked(evaluation: Evaluation): Row[] {
  const { metrics, classes } = evaluation;
  const averaged = classes.length > 2 ? ' (mean over classes, one versus rest)' : '';
  const of = classes.length === 2 ? ` of ${classes[1]}` : '';
  return [
    ['AUROC', `${withInterval(metrics.auroc, shownOf(evaluation, 'auroc'))}${averaged}`],
    [`AUPRC (average precision)${of}`, `${withInterval(metrics.auprc, shownOf(evaluation, 'auprc'))}${averaged}`],
  ];
}

/** Of two classes, sensitivity and specificity are a row of the confusion matrix each. */
function binary(evaluation: Evaluation): Row[] {
  const { metrics, classes } = evaluation;
  const counts = (row: number) => {
    const found = metrics.confusionMatrix[row] ?? [];
    return share(found[row] ?? 0, (found[0] ?? 0) + (found[1] ?? 0));
  };
  const of = (name: 'sensitivity' | 'specificity', row: number) =>
    withShare(metrics[name], shownOf(evaluation, name), counts(row));
  return [
    [`Sensitivity of ${classes[1]}`, of('sensitivity', 1)],
    [`Specificity of ${classes[1]}`, of('specificity', 0)],
  ];
}

/** Without intervals and counts, which all figures have below. */
function perClass({ metrics }: Evaluation): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const titles = ['Images', 'AUROC', 'AUPRC (average precision)', 'Sensitivity', 'Specificity'];
  return table(
    [{ title: 'Class' }, ...titles.map(right)],
    metrics.perClass.map(({ name, images, auroc, auprc, sensitivity, specificity }) => [
      name,
      String(images),
      ...[auroc, auprc, sensitivity, specificity].map(metric),
    ]),
  );
}

const withInterval = (value: number | null, interval: FigureInterval | undefined): string =>
  interval ? `${metric(value)} (${range(interval)})` : metric(value);

const withShare = (value: number | null, interval: FigureInterval | undefined, counts: string): string =>
  value === null ? metric(value) : `${withInterval(value, interval)}, ${counts}`;
