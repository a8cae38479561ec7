import { LABEL_FROM } from '../../contract/decision.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import { code, number, table } from './markdown.ts';

/**
 * What was measured of one class an image.
 * @param positive sentences about the positive class
 */
export function classMeasures(
  metrics: Evaluation['metrics'],
  classes: readonly string[],
  positive: readonly string[],
): string[] {
  const two = classes.length === 2;
  return [
    ...table(
      ['Measure', 'Value'],
      [
        ['AUROC', number(metrics.auroc)],
        [two ? `AUPRC of ${code(classes[1]!)}` : 'AUPRC (mean of classes)', number(metrics.auprc)],
        ['Accuracy', number(metrics.accuracy)],
        ['Balanced accuracy', number(metrics.balancedAccuracy)],
        [two ? `Sensitivity for ${code(classes[1]!)}` : 'Sensitivity (mean of classes)', number(metrics.sensitivity)],
        [two ? `Specificity for ${code(classes[1]!)}` : 'Specificity (mean of classes)', number(metrics.specificity)],
      ],
    ),
    '',
    ...positive,
    'Confusion matrix (rows: true class; columns: predicted class):',
    '',
    ...table(
      ['', ...classes],
      metrics.confusionMatrix.map((row, at) => [classes[at]!, ...row]),
    ),
  ];
}

/** Of several labels an image: means over them, and each against not having it. */
export const labelMeasures = (metrics: Evaluation['metrics']): string[] => [
  ...table(
    ['Measure', 'Value'],
    [
      ['AUROC (mean of labels)', number(metrics.auroc)],
      ['AUPRC (mean of labels)', number(metrics.auprc)],
      ['Accuracy (share of what is known)', number(metrics.accuracy)],
      ['Balanced accuracy (mean of labels)', number(metrics.balancedAccuracy)],
    ],
  ),
  '',
  `Each label against not having it, on the images of which it is known, called from a probability of ${LABEL_FROM} on:`,
  '',
  ...table(
    ['Label', 'Have it', 'Known', 'AUROC', 'AUPRC', 'Sensitivity', 'Specificity'],
    metrics.perClass.map(({ name, images, known, auroc, auprc, sensitivity, specificity }) => [
      ...[code(name), images, known ?? ''],
      ...[auroc, auprc, sensitivity, specificity].map(number),
    ]),
  ),
];
