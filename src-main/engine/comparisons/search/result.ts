import type { SearchResult, SearchTrial } from '../../../contract/comparison/search.ts';
import { trainingSeconds, type ScoredTrial, type Search } from './trials.ts';

/**
 * The result of a search.
 * @param options.extraSeconds spent besides runs, e.g. by linear probes
 */
export function searchResult(
  { comparison, records, trials }: Search,
  chosen: SearchTrial,
  options: {
    reason: string;
    extraSeconds?: number;
    detector?: SearchResult['detector'];
    certainty?: SearchResult['certainty'];
  },
): SearchResult {
  return {
    kind: 'search',
    cut: chosen.cut,
    validationAuprc: chosen.validationAuprc,
    trials,
    trainingSeconds: trainingSeconds(comparison.plan.base, records) + (options.extraSeconds ?? 0),
    reason: options.reason,
    ...(options.certainty && { certainty: options.certainty }),
    detector: options.detector ?? null,
  };
}

/** Cuts that the strategy cannot take, as trials without figures. */
export function unsupportedTrials(cuts: readonly string[]): SearchTrial[] {
  return cuts.map((cut) => ({
    cut,
    stage: 'unsupported',
    validationAuprc: null,
    parameters: 0,
    macs: 0,
    trainingSeconds: 0,
  }));
}

/** E.g. `0.912 ± 0.010 (3 seeds)`. */
export function figure({ validationAuprc: { mean, deviation, n } }: Pick<ScoredTrial, 'validationAuprc'>): string {
  return deviation === null
    ? `${mean.toFixed(3)} (1 seed)`
    : `${mean.toFixed(3)} ± ${deviation.toFixed(3)} (${n} seeds)`;
}

/** E.g. `1 cut`, `3 cuts`. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
