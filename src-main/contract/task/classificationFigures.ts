import type { FigureDescription } from './figure.ts';

/** Figures of one class an image, in the order in which they are shown. */
export const classificationFigures = [
  { name: 'auroc', title: 'AUROC', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'auprc', title: 'AUPRC (average precision)', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'auprcTrapezoidal', title: 'AUPRC (trapezoidal)', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'sensitivity', title: 'Sensitivity', range: [0, 1], better: 'higher', of: 'class', share: true },
  { name: 'specificity', title: 'Specificity', range: [0, 1], better: 'higher', of: 'class', share: true },
  { name: 'ppv', title: 'PPV', range: [0, 1], better: 'higher', of: 'class', share: true },
  { name: 'npv', title: 'NPV', range: [0, 1], better: 'higher', of: 'class', share: true },
  { name: 'f1', title: 'F1', range: [0, 1], better: 'higher', of: 'class' },
  { name: 'accuracy', title: 'Accuracy', range: [0, 1], better: 'higher', of: 'whole', share: true },
  { name: 'balancedAccuracy', title: 'Balanced accuracy', range: [0, 1], better: 'higher', of: 'whole' },
  { name: 'mcc', title: 'Matthews correlation', range: [-1, 1], better: 'higher', of: 'whole' },
  { name: 'kappa', title: 'Cohen’s kappa', range: [-1, 1], better: 'higher', of: 'whole' },
  { name: 'kappaLinear', title: 'Kappa, linear weights', range: [-1, 1], better: 'higher', of: 'whole', ordered: true },
  { name: 'kappaQuadratic', title: 'Kappa, quadratic weights', range: [-1, 1], better: 'higher', of: 'whole', ordered: true },
  { name: 'brier', title: 'Brier score', range: [0, 2], mostOfTwo: 1, better: 'lower', of: 'whole' },
  { name: 'logLoss', title: 'Log loss', range: [0, null], better: 'lower', of: 'whole' },
] as const satisfies readonly FigureDescription[]; // prettier-ignore

type Described = (typeof classificationFigures)[number];
export type FigureName = Described['name'];
export type ClassFigureName = Extract<Described, { of: 'class' }>['name'];
export type WholeFigureName = Extract<Described, { of: 'whole' }>['name'];
