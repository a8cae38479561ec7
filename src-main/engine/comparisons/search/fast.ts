import type { SearchPlan, SearchResult } from '../../../contract/comparison/search.ts';
import type { Course } from '../context.ts';
import { exhaustiveWork, workOf } from './budget.ts';
import { certaintyOf } from './certainty.ts';
import { candidatesOf, backboneOf } from './cuts.ts';
import { goingOn, rungs, shortRuns, SURVIVORS } from './halving.ts';
import { probeCuts } from './probe.ts';
import { bestProbe, worthARun } from './probed.ts';
import { counted, figure, searchResult } from './result.ts';
import { smoothed } from './smoothed.ts';
import { bestOf, ranked, tryCuts, type ScoredTrial, type Search } from './trials.ts';
import { stepWork } from './work.ts';

/**
 * A search that costs about a quarter of the exhaustive two-stage search: a linear probe at every cut tells which are worth
 * a run; successive halving over short runs under the first seed, each going on where its last one ended, orders these,
 * every cut judged together with its neighbours; then whole runs, one seed after the other, of ever fewer of the best, and
 * the best of those trained under most seeds is chosen.
 */
export const fast: Course<SearchPlan, SearchResult> = async (comparison) => {
  const { base, seeds } = comparison.plan;
  const { points } = candidatesOf(comparison.plan);
  const work = stepWork(backboneOf(base));
  const search: Search = { comparison, trials: [], records: [] };

  comparison.say(`Linear probes at ${counted(points.length, 'cut')}`);
  const probe = await probeCuts(comparison);
  search.trials.push(...probe.trials);

  const trained = new Map<string, number>();
  /** Trains some cuts and ranks them; `epochs` and how many seeds count from the first on. */
  const rank = async (cuts: readonly string[], stage: string, extent: { epochs: number; seeds: number }) => {
    const trials = await tryCuts(search, cuts, stage, { epochs: extent.epochs, seeds: seeds.slice(0, extent.seeds) });
    for (const cut of cuts) trained.set(cut, extent.epochs * extent.seeds);
    bestOf(search, trials, points);
    return ranked(trials, points);
  };

  const extent = { work, epochs: base.epochs, seeds: seeds.length };
  const worth = shortRuns(points, (most) => worthARun(probe.probed, most), {
    leader: bestProbe(probe.probed).cut,
    ...extent,
  });
  let order = worth;
  for (const [index, epochs] of rungs(base.epochs).entries()) {
    if (index > 0) order = order.slice(0, SURVIVORS);
    comparison.say(`Rung ${index + 1}: ${counted(order.length, 'cut')} for ${counted(epochs, 'epoch')}`);
    const trials = await rank(order, `rung ${index + 1}`, { epochs, seeds: 1 });
    order = ranked(smoothed(trials, points), points).map(({ cut }) => cut);
  }

  let best: ScoredTrial | undefined;
  for (let finished = 0; finished < seeds.length; finished++) {
    const going = order.slice(0, goingOn(points, order, { ...extent, finished, trained }));
    if (going.length === 0) break;
    comparison.say(`Seed ${finished + 1} of ${seeds.length}: ${going.join(', ')}`);
    const trials = await rank(going, `seed ${finished + 1}`, { epochs: base.epochs, seeds: finished + 1 });
    [best] = trials;
    order = trials.map(({ cut }) => cut);
  }

  const [done, exhaustive] = [workOf(work, trained), exhaustiveWork(points, best!.cut, extent)];
  const share = Math.round((100 * done) / exhaustive);
  const reason =
    `${best!.cut} has the best validation AUPRC, ${figure(best!)}, of ${counted(order.length, 'cut')} trained under as ` +
    `many seeds, out of ${worth.length} tried in short runs and ${points.length} probed, with about ${share} % of the ` +
    `computing of the two-stage search.`;
  const certainty = await certaintyOf(search, best!, points);
  const result = searchResult(search, best!, { reason, certainty, extraSeconds: probe.seconds });
  return { ...result, exhaustiveSeconds: (result.trainingSeconds * exhaustive) / done };
};
