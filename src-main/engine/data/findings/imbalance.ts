import { listed } from '../labels.ts';
import type { Notice } from './scanned.ts';

/** The largest class has more than this many times the images of the smallest: worth a warning. */
const IMBALANCE = 10;

export const imbalance: Notice = ({ labelling }, classes) => {
  // Each label is learnt on its own, with positive weights.
  if (labelling.names) return [];
  const counts = classes.map(({ images }) => images);
  const [most, least] = [counts.reduce((a, b) => Math.max(a, b), 0), counts.reduce((a, b) => Math.min(a, b), Infinity)];
  if (counts.length < 2 || most <= IMBALANCE * least) return [];
  const each = listed(classes.map(({ name, images }) => `"${name}" ${images}`), 20); // prettier-ignore
  return [
    {
      code: 'IMBALANCE',
      message: `The classes are very unequal: ${each}. Look at AUPRC and balanced accuracy, not at accuracy.`,
    },
  ];
};
