import type { Grouping } from '../../contract/groups.ts';
import type { TournamentPlan, TournamentResult, TournamentRow } from '../../contract/comparison/tournament.ts';
import type { Interval } from '../../contract/comparison/shared.ts';
import { bootstrapPools, difference, percentileInterval } from '../metrics/bootstrap.ts';
import { compareWithMargin, holm, nonInferiorityP } from '../metrics/nonInferiority.ts';
import { paretoFront } from '../metrics/pareto.ts';
import { meanAndDeviation, quantile } from '../metrics/summary.ts';
import { correctedMeans } from './correctedMeans.ts';
import { pairDetails } from './pairDetail.ts';
import { exactInterval, meanConvergence, predictionsOf, testedPatients } from './tested.ts';
import { entriesOf, type Entry, type TournamentRun } from './tournamentEntries.ts';
import { tournamentVerdict } from './verdict.ts';

/** At least; more where many rows are compared. */
const RESAMPLES = 2000;

/**
 * The result of a tournament from its runs: rows in the order in which they first come. Intervals as `bootstrapPools` and
 * `exactInterval` say. A row whose runs failed in part is measured on the others, is not put on the Pareto front, and is
 * never called non-inferior: what the failed runs would have shown is not known. The same runs give the same result.
 *
 * @param options.classes in the order of the models' outputs
 * @throws RangeError (a defect) where runs of one seed and fold were tested on different images
 */
export async function summariseTournament(
  plan: TournamentPlan,
  runs: readonly TournamentRun[],
  { classes, signal, grouping }: { classes: readonly string[]; signal?: AbortSignal; grouping?: Grouping },
): Promise<TournamentResult> {
  const entries = entriesOf(plan, runs);
  const compared = entries.filter(({ comparison }) => comparison !== null);
  const level = (1 - plan.confidence) / 2;
  // The strictest of Holm's levels must be more than a handful of resamples.
  const resamples = Math.max(RESAMPLES, Math.ceil((10 * compared.length) / level));

  const pools = [
    ...entries.map(({ tested }) => tested),
    ...compared.flatMap(({ comparison }) => [comparison!.own, comparison!.reference]),
  ];
  const pooled = await bootstrapPools(runs.map(predictionsOf), pools, { resamples, seed: 0, signal });
  const differences = compared.map((_, at) => {
    const [own, reference] = pooled.slice(entries.length + 2 * at);
    return difference(own!.auroc, reference!.auroc);
  });
  const ps = differences.map((each) => nonInferiorityP(each.resamples, plan.margin));
  const rejected = holm(ps, level);
  const { confidence } = plan;
  const pairs = compared.map(({ comparison }) => comparison!);
  const details = await pairDetails(runs, pairs, { classes, confidence, resamples, signal });

  const rows = entries.map((entry, at): TournamentRow => {
    const { auroc, auprc } = pooled[at]!;
    const comparison = compared.indexOf(entry);
    const interval = comparison < 0 ? null : percentileInterval(differences[comparison]!, plan.confidence);
    const { patients } = testedPatients((entry.comparison?.own ?? []).map((index) => runs[index]!));
    return {
      ...ofRecords(entry),
      aurocInterval: exactInterval(entry.runs, plan.confidence) ?? percentileInterval(auroc, plan.confidence),
      auprcInterval: percentileInterval(auprc, plan.confidence),
      difference: interval,
      comparison: interval && { patients, p: ps[comparison]!, afterHolm: rejected[comparison]! },
      corrected: correctedMeans(runs, entry, plan.confidence),
      against: details[comparison] ?? null,
      verdict: verdictOf(entry, plan.margin, interval),
      pareto: false,
    };
  });
  const comparable = rows.filter(({ failures, aurocInterval }) => failures === 0 && aurocInterval !== null);
  const models = comparable.map(({ parameters, aurocInterval }) => ({ parameters, auroc: aurocInterval!.value }));
  const onFront = paretoFront(models);
  const front = new Set(comparable.filter((_, at) => onFront[at]));

  const result = {
    kind: 'tournament' as const,
    rows: rows.map((row) => ({ ...row, pareto: front.has(row) })),
    ...testedPatients(runs),
    ...(grouping && { grouping }),
    comparisons: compared.length,
    resamples,
  };
  return { ...result, verdict: tournamentVerdict(plan, result) };
}

/** What follows without the predictions. */
function ofRecords({ runs, tested }: Entry) {
  const { cell, parameters, macs } = (runs.find(({ test }) => test.length > 0) ?? runs[0]!).record;
  const latencies = runs.flatMap(({ latency }) => (latency === null ? [] : [latency])).sort((a, b) => a - b);
  return {
    strategy: cell.strategy,
    cut: cell.cut,
    source: cell.source,
    parameters,
    macs,
    latency: latencies.length === 0 ? null : quantile(latencies, 0.5),
    auroc: meanAndDeviation(runs.map(({ record }) => record.testAuroc)),
    auprc: meanAndDeviation(runs.map(({ record }) => record.testAuprc)),
    runs: runs.length,
    failures: runs.length - tested.length,
    convergence: meanConvergence(runs),
  };
}

function verdictOf(
  { runs, tested, isReference }: Entry,
  margin: number,
  interval: Interval | null,
): TournamentRow['verdict'] {
  if (tested.length === 0) return 'failed';
  if (isReference) return 'reference';
  if (interval === null) return 'inconclusive';
  const verdict = compareWithMargin(interval, margin);
  return tested.length < runs.length && verdict !== 'inferior' ? 'inconclusive' : verdict;
}
