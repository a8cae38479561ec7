import { withHead } from '../../backbone/head.ts';
import { classificationFigures } from './classificationFigures.ts';
import type { Selection } from './selection.ts';
import type { Score, TaskDescription } from './task.ts';

// Peng et al. 2023, appendix A.1, and the first: section 4 for CT.
const auroc: Selection = { name: 'auroc', title: 'AUROC', better: 'higher', of: (epoch) => epoch.validationAuroc };
const auprc: Selection = { name: 'auprc', title: 'AUPRC', better: 'higher', of: (epoch) => epoch.validationAuprc };
/** Fok 2019, section II-D. */
const loss: Selection = { name: 'loss', title: 'loss', better: 'lower', of: (epoch) => epoch.validationLoss };
const balancedAccuracy: Selection = {
  name: 'balanced-accuracy',
  title: 'balanced accuracy',
  better: 'higher',
  of: (epoch) => epoch.validationBalancedAccuracy,
};
const accuracy: Score = { title: 'accuracy', of: ({ validationAccuracy }) => validationAccuracy };

/** One class an image. */
export const classification: TaskDescription = {
  title: 'Classification',
  head: withHead,
  outputs: 'softmax',
  scores: [auroc, auprc, accuracy, balancedAccuracy],
  curves: [auroc, auprc],
  selections: [auprc, auroc, loss, balancedAccuracy],
  figures: classificationFigures,
};
