import { expect, it } from 'vitest';
import { strategyPicture } from '../../src-main/backbone/strategy/picture.ts';
import { STRATEGY_NAMES } from '../../src-main/contract/strategies.ts';

// What Peng et al. 2023, section 3, and the papers that they name say of each.
const trained = { layers: 'pretrained', trained: true, halved: false };
const frozen = { layers: 'pretrained', trained: false, halved: false };
const removed = { layers: 'removed', trained: false, halved: false };
const PICTURES: Record<(typeof STRATEGY_NAMES)[number], object> = {
  full: { before: trained, after: null, classifier: 'softmax' },
  truncated: { before: trained, after: removed, classifier: 'softmax' },
  layerwise: { before: frozen, after: trained, classifier: 'softmax' },
  transfusion: { before: trained, after: { layers: 'random', trained: true, halved: true }, classifier: 'softmax' },
  'features-svm': { before: frozen, after: removed, classifier: 'svm' },
  'finetune-svm': { before: trained, after: null, classifier: 'svm' },
  scratch: { before: { ...trained, layers: 'random' }, after: null, classifier: 'softmax' },
  'mean-var': { before: { ...trained, layers: 'mean-var' }, after: null, classifier: 'softmax' },
};

it.each(STRATEGY_NAMES)('%s is drawn as it is described', (name) => {
  expect(strategyPicture(name)).toEqual(PICTURES[name]);
});
