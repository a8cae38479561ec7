import { truncate } from '../truncate.ts';
import type { StrategyRow } from './strategy.ts';

/** The bottom is frozen, its batch-norm statistics too, and the top fine-tuned (LWFT, Tajbakhsh et al. 2016). */
export const layerwise = {
  title: 'Layer-wise fine-tuning',
  abbreviation: 'LWFT',
  summary: 'Layers up to the cut are frozen; those after it are fine-tuned at a tenth of the head’s rate.',
  brief: 'those after a cut, the rest is frozen',
  cut: { needed: true, is: 'the last frozen layer', at: (cut) => `frozen up to ${cut}`, after: 'kept' },
  fineTunes: true,
  // Peng et al. 2023, section 3.
  backboneRate: 0.1,
  build(whole, cut) {
    // A cut that is none is refused as for any other strategy.
    truncate(whole, cut);
    return { graph: whole, frozen: cut, fresh: [] };
  },
  compared: { layerwise: {} },
} satisfies StrategyRow;
