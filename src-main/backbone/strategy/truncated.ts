import { truncate } from '../truncate.ts';
import type { StrategyRow } from './strategy.ts';

/** What lies after the cut is removed, the rest fine-tuned (Peng et al. 2023, section 3). */
export const truncated = {
  title: 'Truncated',
  abbreviation: 'TTL',
  summary: 'Layers after the cut are removed; the rest is fine-tuned.',
  brief: 'those up to a cut',
  cut: { needed: true, is: 'where the network ends', at: (cut) => `cut after ${cut}`, after: 'removed' },
  fineTunes: true,
  backboneRate: 1,
  build: (whole, cut) => ({ graph: truncate(whole, cut), frozen: null, fresh: [] }),
  compared: { truncated: {} },
} satisfies StrategyRow;
