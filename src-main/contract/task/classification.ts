import { withHead } from '../../backbone/head.ts';
import type { Score, TaskDescription } from './task.ts';

const auroc: Score = { title: 'AUROC', of: ({ validationAuroc }) => validationAuroc };
const auprc: Score = { title: 'AUPRC', of: ({ validationAuprc }) => validationAuprc };
const accuracy: Score = { title: 'accuracy', of: ({ validationAccuracy }) => validationAccuracy };

/** One class an image. */
export const classification: TaskDescription = {
  title: 'Classification',
  head: withHead,
  scores: [auroc, auprc, accuracy],
  curves: [auroc, auprc],
  // Peng et al. 2023, appendix A.1.
  selection: auprc,
};
