import { halveBehind } from '../transfusion.ts';
import { truncate } from '../truncate.ts';
import type { StrategyRow } from './strategy.ts';

/** The layers after the cut have half the channels and start from random weights (TF, Raghu et al. 2019). */
export const transfusion = {
  title: 'TransFusion',
  abbreviation: 'TF',
  summary: 'Layers after the cut have half the channels and start from random weights.',
  brief: 'all, with half the channels after a cut',
  cut: {
    needed: true,
    is: 'the last layer of full width',
    at: (cut) => `half the channels after ${cut}`,
    after: 'slimmed',
  },
  fineTunes: true,
  backboneRate: 1,
  build(whole, cut, image) {
    // A cut that is none is refused as for any other strategy.
    truncate(whole, cut);
    const names = whole.nodes.map(({ name }) => name);
    return { graph: halveBehind(whole, cut, image), frozen: null, fresh: names.slice(names.indexOf(cut) + 1) };
  },
  compared: { transfusion: {} },
} satisfies StrategyRow;
