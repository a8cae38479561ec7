import { truncate } from '../truncate.ts';
import type { StrategyRow } from './strategy.ts';

/** Nothing is fine-tuned: what classifies is fitted to the features at the cut, or to those of the whole network. */
export const features = {
  title: 'Features and SVM',
  abbreviation: 'FE-SVM',
  summary: 'Nothing is fine-tuned; a linear SVM learns on the pretrained features.',
  brief: 'none, only an SVM learns',
  cut: { needed: false, is: 'where they are taken', at: (cut) => `features at ${cut}`, after: 'removed' },
  fineTunes: false,
  backboneRate: 1,
  build: (whole, cut) => ({ graph: truncate(whole, cut), frozen: cut, fresh: [] }),
  compared: { 'features-svm': { classifier: 'svm' } },
} satisfies StrategyRow;
