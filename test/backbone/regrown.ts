import type { StrategyRow } from '../../src-main/backbone/strategy/strategy.ts';

/** A strategy that there is not: the bottom is kept frozen, the top thrown back to random weights. */
export const regrown = {
  title: 'Regrown',
  abbreviation: 'RG',
  summary: 'Layers up to the cut are frozen; those after it start from random weights.',
  brief: 'those after a cut, from random weights',
  cut: { needed: true, is: 'the last that is kept', at: (cut) => `regrown after ${cut}`, after: 'kept' },
  fineTunes: true,
  backboneRate: 0.5,
  build(whole, cut) {
    const names = whole.nodes.map(({ name }) => name);
    return { graph: whole, frozen: cut, fresh: names.slice(names.indexOf(cut) + 1) };
  },
  compared: { regrown: {}, 'regrown-svm': { title: 'Regrown and SVM', classifier: 'svm' } },
} satisfies StrategyRow;
