import { cohortOf, wordsFor } from '../../contract/groups.ts';
import type { Evaluation, Intervals, Proportion } from '../../contract/evaluation.ts';
import type { Interval } from '../../contract/comparison/shared.ts';
import { facts, paragraphs, table } from './table.ts';
import { metric, percent, range, share, whole } from './units.ts';

const PARTS: Readonly<Record<Evaluation['on'], string>> = {
  validation: 'Validation split, on which the epoch was chosen',
  test: 'Test split',
  data: 'Folder',
};

/** The numbers of an evaluation, with denominators, and with intervals where it has them. */
export function describeEvaluation(evaluation: Evaluation): string {
  const { metrics, classes, images, groups, problems, intervals, warnings = [] } = evaluation;
  const matrix = metrics.confusionMatrix;
  const right = matrix.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  return paragraphs(
    `${PARTS[evaluation.on]}: ${cohortOf({ images, groups }, evaluation.grouping)}`,
    warnings.map(({ message, code }) => `${message} [${code}]`).join('\n'),
    facts([
      ...ranked(evaluation),
      ['Accuracy', withShare(metrics.accuracy, intervals?.accuracy, share(right, images))],
      ...(classes.length === 2
        ? binary(evaluation)
        : [['Balanced accuracy', `${metric(metrics.balancedAccuracy)} (mean sensitivity of the classes)`] as const]),
      ['Cross-entropy', metrics.loss.toFixed(4)],
    ]),
    intervals && basisOf(intervals, evaluation),
    classes.length > 2 && perClass(evaluation),
    table(
      [{ title: 'True \\ predicted' }, ...classes.map((title) => ({ title, align: 'right' as const }))],
      matrix.map((row, at) => [classes[at] ?? '', ...row.map(String)]),
    ),
    problems.length > 0 &&
      ['Left out', ...problems.map(({ file, message, code }) => `  ${file}: ${message} [${code}]`)].join('\n'),
  );
}

type Row = readonly [string, string];

function ranked({ metrics, classes, intervals }: Evaluation): Row[] {
  const averaged = classes.length > 2 ? ' (mean over classes, one versus rest)' : '';
  const of = classes.length === 2 ? ` of ${classes[1]}` : '';
  return [
    ['AUROC', `${withInterval(metrics.auroc, intervals?.auroc)}${averaged}`],
    [`AUPRC${of}`, `${withInterval(metrics.auprc, intervals?.auprc)}${averaged}`],
  ];
}

/** Of two classes, sensitivity and specificity are a row of the confusion matrix each. */
function binary({ metrics, classes, intervals }: Evaluation): Row[] {
  const counts = (row: number) => {
    const found = metrics.confusionMatrix[row] ?? [];
    return share(found[row] ?? 0, (found[0] ?? 0) + (found[1] ?? 0));
  };
  return [
    [`Sensitivity of ${classes[1]}`, withShare(metrics.sensitivity, intervals?.sensitivity, counts(1))],
    [`Specificity of ${classes[1]}`, withShare(metrics.specificity, intervals?.specificity, counts(0))],
  ];
}

function perClass({ metrics, intervals }: Evaluation): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const titles = ['Images', 'AUROC', 'AUPRC', 'Sensitivity', 'Specificity'];
  return table(
    [{ title: 'Class' }, ...titles.map(right)],
    metrics.perClass.map((row, at) => {
      const own = intervals?.perClass[at];
      const counts = (value: number | null, found: Proportion | null | undefined) =>
        found ? `${metric(value)} (${range(found)}), ${whole(found.count)} of ${whole(found.of)}` : metric(value);
      return [
        row.name,
        String(row.images),
        withInterval(row.auroc, own?.auroc),
        withInterval(row.auprc, own?.auprc),
        counts(row.sensitivity, own?.sensitivity),
        counts(row.specificity, own?.specificity),
      ];
    }),
  );
}

const withInterval = (value: number | null, interval: Interval | null | undefined): string =>
  interval ? `${metric(value)} (${range(interval)})` : metric(value);

const withShare = (value: number | null, interval: Proportion | null | undefined, counts: string): string =>
  value === null ? metric(value) : `${metric(value)}${interval ? ` (${range(interval)})` : ''}, ${counts}`;

/** How the intervals were made, and what is not in them. */
function basisOf({ confidence, resamples, clustered, auroc }: Intervals, { grouping }: Evaluation): string {
  const { many } = wordsFor(grouping);
  const drawn = `${whole(resamples)} draws of ${many}`;
  const areas = auroc?.method === 'delong' ? `AUROC by DeLong, AUPRC by ${drawn}` : `AUROC and AUPRC by ${drawn}`;
  const shares = clustered
    ? `shares by Wilson, which takes images as independent: with several images of the same ${wordsFor(grouping).one} they are too narrow`
    : 'shares by Wilson';
  return `In brackets: ${percent(confidence)} intervals. ${areas}; ${shares}.`;
}
