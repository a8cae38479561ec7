import { CutpointError } from '../../contract/errors.ts';
import type { TournamentPlan, TournamentResult } from '../../contract/comparison/tournament.ts';
import type { CellRecord, ComparisonCell } from '../../contract/comparison/shared.ts';
import type { ComparisonContext } from './context.ts';
import { configurations, unique } from './grid.ts';
import { latencyOf } from './latency.ts';
import { foldsOf } from './splits.ts';
import { testedRuns } from './testedRuns.ts';
import { summariseTournament } from './tournamentResult.ts';

/**
 * All runs of a tournament. One fold of one seed is finished by every configuration before the next begins, so that a
 * tournament that is stopped compares what it has on the same patients.
 */
export function tournamentCells(plan: TournamentPlan): ComparisonCell[] {
  const k = foldsOf(plan);
  const folds = k === null ? [null] : Array.from({ length: k }, (_, fold) => fold);
  const { epochs, trainShare: share } = plan.base;
  return unique(plan.seeds).flatMap((seed) =>
    folds.flatMap((fold) =>
      configurations(plan).map((configuration) => ({ ...configuration, seed, fold, share, epochs })),
    ),
  );
}

/** Trains every configuration on the same folds and compares them. */
export async function tournament(comparison: ComparisonContext<TournamentPlan>): Promise<TournamentResult> {
  const records = await comparison.train(tournamentCells(comparison.plan));
  comparison.say('Comparing the strategies');
  const tested = await testedRuns(comparison, records);
  const runs = [];
  for (const run of tested.runs) runs.push({ ...run, latency: await latencyOfRecord(comparison, run.record) });
  const { classes, signal } = comparison;
  return summariseTournament(comparison.plan, runs, { classes, signal, grouping: tested.grouping });
}

/** A tournament is not lost because a network's time cannot be measured. */
async function latencyOfRecord(comparison: ComparisonContext, { cell, status }: CellRecord): Promise<number | null> {
  if (status === 'failed') return null;
  return latencyOf(comparison, cell).catch((thrown: unknown) => {
    if (comparison.signal.aborted) throw thrown;
    comparison.say(`How long one image takes could not be measured: ${CutpointError.from(thrown).message}`);
    return null;
  });
}
