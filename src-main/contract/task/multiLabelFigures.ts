import type { FigureDescription } from './figure.ts';

/** Figures of several labels an image, in the order in which they are shown; each label against not having it. */
export const multiLabelFigures = [
  { name: 'auroc', title: 'AUROC', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'auprc', title: 'AUPRC (average precision)', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'auprcTrapezoidal', title: 'AUPRC (trapezoidal)', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'sensitivity', title: 'Sensitivity', range: [0, 1], better: 'higher', of: 'class', share: true },
  { name: 'specificity', title: 'Specificity', range: [0, 1], better: 'higher', of: 'class', share: true },
  { name: 'ppv', title: 'PPV', range: [0, 1], better: 'higher', of: 'class', share: true },
  { name: 'npv', title: 'NPV', range: [0, 1], better: 'higher', of: 'class', share: true },
  { name: 'f1', title: 'F1', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'balancedAccuracy', title: 'Balanced accuracy', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'mcc', title: 'Matthews correlation', range: [-1, 1], better: 'higher', of: 'class' },
  { name: 'brier', title: 'Brier score', range: [0, 1], better: 'lower', of: 'class' },
  { name: 'accuracy', title: 'Accuracy (1 − Hamming loss)', range: [0, 1], better: 'higher', of: 'whole', share: true },
  { name: 'subsetAccuracy', title: 'Subset accuracy', range: [0, 1], better: 'higher', of: 'whole', share: true },
  { name: 'f1Micro', title: 'F1 (micro)', range: [0, 1], better: 'higher', of: 'whole' },
  { name: 'labelRankingPrecision', title: 'Label ranking average precision', range: [0, 1], better: 'higher', of: 'whole' },
  { name: 'logLoss', title: 'Log loss', range: [0, null], better: 'lower', of: 'whole' },
] as const satisfies readonly FigureDescription[]; // prettier-ignore

type Described = (typeof multiLabelFigures)[number];
export type LabelFigureName = Extract<Described, { of: 'class' }>['name'];
export type WholeLabelFigureName = Extract<Described, { of: 'whole' }>['name'];
