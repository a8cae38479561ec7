import { cohortOf } from '../../contract/groups.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import { facts, paragraphs, table } from './table.ts';
import { metric, share } from './units.ts';

/** The numbers of an evaluation, with denominators. */
export function describeEvaluation(evaluation: Evaluation): string {
  const { metrics, classes, images, groups, problems, warnings = [] } = evaluation;
  const matrix = metrics.confusionMatrix;
  const right = matrix.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  const averaged = classes.length > 2 ? ' (mean over classes, one versus rest)' : '';
  const of = classes.length === 2 ? ` of ${classes[1]}` : '';
  return paragraphs(
    `${evaluation.on === 'test' ? 'Test split' : 'Folder'}: ${cohortOf({ images, groups }, evaluation.grouping)}`,
    warnings.map(({ message, code }) => `${message} [${code}]`).join('\n'),
    facts([
      ['AUROC', `${metric(metrics.auroc)}${averaged}`],
      [`AUPRC${of}`, `${metric(metrics.auprc)}${averaged}`],
      ['Accuracy', `${metric(metrics.accuracy)}, ${share(right, images)}`],
      ['Balanced accuracy', metric(metrics.balancedAccuracy)],
      [`Sensitivity${of}`, binary(metrics.sensitivity, matrix, 1)],
      [`Specificity${of}`, binary(metrics.specificity, matrix, 0)],
      ['Cross-entropy', metrics.loss.toFixed(4)],
    ]),
    table(
      [
        { title: 'Class' },
        { title: 'Images', align: 'right' },
        { title: 'AUROC', align: 'right' },
        { title: 'AUPRC', align: 'right' },
        { title: 'Sensitivity', align: 'right' },
        { title: 'Specificity', align: 'right' },
      ],
      metrics.perClass.map((row) => [
        row.name,
        String(row.images),
        metric(row.auroc),
        metric(row.auprc),
        metric(row.sensitivity),
        metric(row.specificity),
      ]),
    ),
    table(
      [{ title: 'True \\ predicted' }, ...classes.map((title) => ({ title, align: 'right' as const }))],
      matrix.map((row, at) => [classes[at] ?? '', ...row.map(String)]),
    ),
    problems.length > 0 &&
      ['Left out', ...problems.map(({ file, message, code }) => `  ${file}: ${message} [${code}]`)].join('\n'),
  );
}

/** Of two classes, sensitivity and specificity are a row of the confusion matrix: the share with its counts. */
function binary(value: number | null, matrix: number[][], row: number): string {
  const counts = matrix[row];
  if (matrix.length !== 2 || !counts || value === null) return metric(value);
  return `${metric(value)}, ${share(counts[row] ?? 0, (counts[0] ?? 0) + (counts[1] ?? 0))}`;
}
