import type { StrategyRow } from './strategy.ts';

/** Everything is fine-tuned. */
export const full = {
  title: 'Full fine-tuning',
  abbreviation: 'FTL',
  summary: 'The whole pretrained network is fine-tuned.',
  brief: 'all layers',
  cut: null,
  fineTunes: true,
  backboneRate: 1,
  build: (whole) => ({ graph: whole, frozen: null, fresh: [] }),
  compared: {
    full: {},
    'finetune-svm': {
      title: 'Fine-tuning and SVM',
      abbreviation: 'FT-SVM',
      summary: 'The whole network is fine-tuned; a linear SVM then learns on its features.',
      classifier: 'svm',
    },
    scratch: {
      title: 'From scratch',
      abbreviation: 'RAND',
      summary: 'The whole network starts from random weights.',
      initialisation: 'random',
    },
    'mean-var': {
      title: 'Mean-Var initialisation',
      abbreviation: 'MV',
      summary: 'Random weights with the mean and variance of the pretrained ones, layer by layer.',
      initialisation: 'mean-var',
    },
  },
} satisfies StrategyRow;
