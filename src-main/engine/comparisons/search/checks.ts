import { CutpointError } from '../../../contract/errors.ts';
import { searchPlan, type SearchPlan } from '../../../contract/comparison/search.ts';
import { candidatesOf } from './cuts.ts';

type Method = SearchPlan['method'];

/** Strategies whose cut a method can search, and why no others. */
const STRATEGIES: Record<Method, { valid: readonly SearchPlan['strategy'][]; why: string }> = {
  'two-stage': { valid: searchPlan.shape.strategy.unwrap().options, why: '' },
  fast: {
    valid: ['truncated'],
    why: 'the fast search judges a cut by what a linear probe finds there, which says what a truncated network can do',
  },
  svcca: {
    valid: ['truncated'],
    why: 'the detector finds where features are no longer reused, and the layers after that are removed',
  },
  deepening: { valid: ['layerwise'], why: 'incremental deepening unfreezes one block after another' },
};

/**
 * Refuses a search that cannot be done, before anything is trained.
 * @throws CutpointError STRATEGY_UNSUPPORTED, INPUT_INVALID, BACKBONE_UNKNOWN, INPUT_TOO_SMALL
 */
export function checkSearch(plan: SearchPlan): void {
  const { method, strategy, base, seeds } = plan;
  const { valid, why } = STRATEGIES[method];
  if (!valid.includes(strategy)) {
    throw new CutpointError(
      'STRATEGY_UNSUPPORTED',
      `The search '${method}' is not for the strategy '${strategy}': ${why}.`,
      {
        remedy: `Choose the strategy ${valid.map((name) => `'${name}'`).join(' or ')}, or the search 'two-stage'.`,
        details: { valid },
      },
    );
  }
  if (method === 'svcca' && base.source === null) {
    throw new CutpointError(
      'INPUT_INVALID',
      'The SVCCA detector compares features before and after fine-tuning, and this plan has no pretrained features.',
      {
        remedy: "Choose a pretrained source, or the search 'two-stage'.",
        details: { valid: ['two-stage', 'fast'] },
      },
    );
  }
  if (new Set(seeds).size !== seeds.length) {
    throw new CutpointError(
      'INPUT_INVALID',
      `The seeds ${seeds.join(', ')} name one twice; its runs would be the same.`,
      {
        remedy: 'Give every seed once.',
      },
    );
  }
  candidatesOf(plan);
}
