import type {
  LearningCurvePlan,
  LearningCurvePoint,
  LearningCurveResult,
} from '../../contract/comparison/learningCurve.ts';
import type { ComparisonCell } from '../../contract/comparison/shared.ts';
import { groupingOf, type Grouping } from '../../contract/groups.ts';
import { trainingIndices } from '../cohort/split.ts';
import { bootstrapPools, percentileInterval } from '../metrics/bootstrap.ts';
import { meanAndDeviation } from '../metrics/summary.ts';
import type { ComparisonContext } from './context.ts';
import { configurations, unique } from './grid.ts';
import { exactInterval, meanConvergence, predictionsOf, testedPatients, type TestedRun } from './tested.ts';
import { testedRuns } from './testedRuns.ts';

const RESAMPLES = 2000;

/** Every configuration on every share of the training patients, smaller shares first. */
export function learningCurveCells(plan: LearningCurvePlan): ComparisonCell[] {
  const shares = unique(plan.shares).sort((a, b) => a - b);
  const { epochs } = plan.base;
  return unique(plan.seeds).flatMap((seed) =>
    shares.flatMap((share) =>
      configurations(plan).map((configuration) => ({ ...configuration, seed, fold: null, share, epochs })),
    ),
  );
}

/** Trains every configuration on ever more of the training patients; all are tested on the same ones. */
export async function learningCurve(comparison: ComparisonContext<LearningCurvePlan>): Promise<LearningCurveResult> {
  const records = await comparison.train(learningCurveCells(comparison.plan));
  comparison.say('Comparing the shares');
  const patients = new Map(comparison.plan.shares.map((share) => [share, trainingPatients(comparison, share)]));
  return summariseLearningCurve(comparison.plan, {
    ...(await testedRuns(comparison, records)),
    patients,
    signal: comparison.signal,
    trainGrouping: groupingOf(comparison.dataset.report),
  });
}

/**
 * Points of a learning curve, by configuration and then by share, with intervals as those of a tournament.
 * @param patients how many are trained on, for each share
 */
export async function summariseLearningCurve(
  { confidence }: LearningCurvePlan,
  {
    runs,
    patients,
    signal,
    grouping,
    trainGrouping = grouping,
  }: {
    runs: readonly TestedRun[];
    patients: ReadonlyMap<number, number>;
    signal?: AbortSignal;
    grouping?: Grouping;
    trainGrouping?: Grouping;
  },
): Promise<LearningCurveResult> {
  const groups = Map.groupBy(runs.keys(), (index) => {
    const { strategy, cut, source, share } = runs[index]!.record.cell;
    return JSON.stringify([strategy, cut, source, share]);
  });
  const pools = [...groups.values()].map((indices) => indices.filter((index) => runs[index]!.test.length > 0));
  const pooled = await bootstrapPools(runs.map(predictionsOf), pools, { resamples: RESAMPLES, seed: 0, signal });

  const points = [...groups.values()].map((indices, at): LearningCurvePoint => {
    const own = indices.map((index) => runs[index]!);
    const { strategy, cut, source, share } = own[0]!.record.cell;
    const { auroc, auprc } = pooled[at]!;
    return {
      ...{ strategy, cut, source, share },
      patients: patients.get(share)!,
      auroc: meanAndDeviation(own.map(({ record }) => record.testAuroc)),
      auprc: meanAndDeviation(own.map(({ record }) => record.testAuprc)),
      aurocInterval: exactInterval(own, confidence) ?? percentileInterval(auroc, confidence),
      auprcInterval: percentileInterval(auprc, confidence),
      runs: own.length,
      failures: own.length - pools[at]!.length,
      convergence: meanConvergence(own),
    };
  });
  // What belongs to one curve stands together.
  const curves = Map.groupBy(points, ({ strategy, cut, source }) => JSON.stringify([strategy, cut, source]));
  return {
    kind: 'learning-curve',
    points: [...curves.values()].flat(),
    ...testedPatients(runs),
    ...(grouping && { grouping }),
    ...(trainGrouping && trainGrouping !== grouping && { trainGrouping }),
    resamples: RESAMPLES,
  };
}

/** Mean over the seeds, each of which has its own split. */
function trainingPatients({ plan, dataset, splitOf }: ComparisonContext<LearningCurvePlan>, share: number): number {
  const counts = unique(plan.seeds).map((seed) => {
    const taken = trainingIndices(dataset.images, splitOf(seed, null), { trainShare: share, seed });
    return new Set(taken.map((index) => dataset.images[index]!.group)).size;
  });
  return Math.round(meanAndDeviation(counts)!.mean);
}
