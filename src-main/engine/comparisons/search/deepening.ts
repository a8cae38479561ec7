import type { SearchPlan, SearchResult, SearchTrial } from '../../../contract/comparison/search.ts';
import type { Course } from '../context.ts';
import { certaintyOf } from './certainty.ts';
import { blockCuts, candidatesOf } from './cuts.ts';
import { counted, figure, searchResult } from './result.ts';
import { bestOf, ranked, tryCuts, type Search } from './trials.ts';

/** Deeper settings in a row without a gain, after which the search ends: one alone may be the noise of a few seeds. */
export const PATIENCE = 2;

/**
 * Incremental layer-wise fine-tuning (Tajbakhsh et al. 2016, section IV; Peng et al. 2023, section 3.1): first the head
 * alone is trained, all layers below it frozen, then one more block at a time is freed, each time from the pretrained
 * weights, until the validation AUPRC has not gained `PATIENCE` times in a row.
 */
export const deepening: Course<SearchPlan, SearchResult> = async (comparison) => {
  const { points } = candidatesOf(comparison.plan);
  const search: Search = { comparison, trials: [], records: [] };
  const cuts = blockCuts(points)
    .map(({ name }) => name)
    .toReversed();

  for (const [freed, cut] of cuts.entries()) {
    comparison.say(freed === 0 ? 'The head alone' : `The head and ${counted(freed, 'block')}, frozen up to ${cut}`);
    await tryCuts(search, [cut], freed === 0 ? 'head alone' : `${counted(freed, 'block')} freed`);
    if (hasStoppedGaining(search.trials)) break;
  }

  const best = bestOf(search, search.trials, points);
  const freed = cuts.indexOf(best.cut);
  const what = freed === 0 ? 'training the head alone' : `freeing ${counted(freed, 'block')} behind ${best.cut}`;
  const later = ranked(search.trials.slice(freed + 1), points)[0];
  const reason =
    `Validation AUPRC is best with ${what}, ${figure(best)}` +
    `${later ? `; freeing more brought at most ${figure(later)}` : ''}.`;
  return searchResult(search, best, { reason, certainty: await certaintyOf(search, best, points) });
};

/** Whether the last `PATIENCE` settings all gained nothing, to three decimals, on the best before them. A failed one gains nothing. */
export function hasStoppedGaining(trials: readonly SearchTrial[]): boolean {
  let best = Number.NEGATIVE_INFINITY;
  let since = 0;
  for (const { validationAuprc } of trials) {
    const value = validationAuprc === null ? Number.NEGATIVE_INFINITY : Math.round(validationAuprc.mean * 1000);
    since = value > best ? 0 : since + 1;
    best = Math.max(best, value);
  }
  return since >= PATIENCE;
}
