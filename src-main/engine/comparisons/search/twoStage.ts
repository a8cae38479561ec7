import type { SearchPlan, SearchResult } from '../../../contract/comparison/search.ts';
import type { Course } from '../context.ts';
import { certaintyOf } from './certainty.ts';
import { blockCuts, candidatesOf, layerCutsAround } from './cuts.ts';
import { counted, figure, searchResult, unsupportedTrials } from './result.ts';
import { bestOf, ranked, tryCuts, type Search } from './trials.ts';

/**
 * The search of Peng et al. 2023, section 3.2. Stage 1 trains at every block cut, stage 2 at all layer cuts between the
 * best of them and the block cuts on both sides; the best cut of both stages is chosen, by the mean over the seeds of the
 * validation AUPRC of the best epoch.
 */
export const twoStage: Course<SearchPlan, SearchResult> = async (comparison) => {
  const { points, unsupported } = candidatesOf(comparison.plan);
  const search: Search = { comparison, trials: [], records: [] };

  const blocks = blockCuts(points).map(({ name }) => name);
  comparison.say(`Stage 1: ${counted(blocks.length, 'block cut')}`);
  const first = bestOf(search, await tryCuts(search, blocks, 'blocks'), points);

  const layers = layerCutsAround(points, first.cut).map(({ name }) => name);
  comparison.say(`Stage 2: ${counted(layers.length, 'layer cut')} next to ${first.cut}`);
  await tryCuts(search, layers, 'layers');

  const best = bestOf(search, search.trials, points);
  const next = ranked(search.trials, points)[1];
  const reason =
    `${best.cut} has the best validation AUPRC, ${figure(best)}, of ${counted(blocks.length, 'block cut')} and ` +
    `${counted(layers.length, 'layer cut')} next to ${first.cut}` +
    `${next ? `; ${next.cut} follows with ${figure(next)}` : ''}.`;
  search.trials.push(...unsupportedTrials(unsupported));
  return searchResult(search, best, { reason, certainty: await certaintyOf(search, best, points) });
};
