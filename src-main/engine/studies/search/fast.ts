import type { SearchPlan, SearchResult } from '../../../contract/study.ts';
import type { Course } from '../context.ts';
import { candidatesOf } from './cuts.ts';
import { exhaustiveWork, finalists, rungs, survivors, workOf } from './halving.ts';
import { probeCuts } from './probe.ts';
import { worthARun } from './probed.ts';
import { counted, figure, searchResult } from './result.ts';
import { bestOf, ranked, tryCuts, type Search } from './trials.ts';

/**
 * A search that costs at most about a quarter of the exhaustive two-stage search: a linear probe at every cut tells which
 * are worth a run; successive halving over short runs under the first seed, each going on where its last one ended, orders
 * these; the best are finished with all epochs under all seeds, and the best of them is chosen.
 */
export const fast: Course<SearchPlan, SearchResult> = async (study) => {
  const { base, seeds } = study.plan;
  const { points } = candidatesOf(study.plan);
  const search: Search = { study, trials: [], records: [] };

  study.say(`Linear probes at ${counted(points.length, 'cut')}`);
  const probe = await probeCuts(study);
  search.trials.push(...probe.trials);

  let order = worthARun(probe.probed);
  const tried = order.length;
  const trained = new Map<string, number>();
  for (const [index, epochs] of rungs(base.epochs).entries()) {
    if (index > 0) order = order.slice(0, survivors(order.length));
    study.say(`Rung ${index + 1}: ${counted(order.length, 'cut')} for ${counted(epochs, 'epoch')}`);
    const trials = await tryCuts(search, order, `rung ${index + 1}`, { seeds: seeds.slice(0, 1), epochs });
    for (const cut of order) trained.set(cut, epochs);
    bestOf(search, trials, points);
    order = ranked(trials, points).map(({ cut }) => cut);
  }

  const extent = { epochs: base.epochs, seeds: seeds.length };
  const last = finalists(points, order, { trained, ...extent });
  study.say(`Finishing ${last.cuts.join(', ')}`);
  const finished = await tryCuts(search, last.cuts, 'finish', { seeds: seeds.slice(0, last.seeds) });
  const best = bestOf(search, finished, points);

  for (const cut of last.cuts) trained.set(cut, base.epochs * last.seeds);
  const [work, exhaustive] = [workOf(points, trained), exhaustiveWork(points, best.cut, extent)];
  const share = Math.round((100 * work) / exhaustive);
  const reason =
    `${best.cut} has the best validation AUPRC, ${figure(best)}, of ${counted(last.cuts.length, 'cut')} finished out of ` +
    `${tried} tried in short runs and ${points.length} probed, with ${share} % of the multiply-accumulates of the ` +
    `two-stage search.`;
  const result = searchResult(search, best, { reason, extraSeconds: probe.seconds });
  return { ...result, exhaustiveSeconds: (result.trainingSeconds * exhaustive) / work };
};
