import type { Grouping } from '../../contract/groups.ts';
import { isSameRow, rowOf, type RowDifference, type RowKey } from '../../contract/comparison/rows.ts';
import { bootstrapPools, difference, percentileInterval } from '../metrics/bootstrap.ts';
import { disagreementsOf } from './disagreements.ts';
import { pairDetails } from './pairDetail.ts';
import { predictionsOf, testedPatients, type TestedRun } from './tested.ts';
import { sharedRuns } from './tournamentEntries.ts';

/**
 * The difference of two rows of a result, a − b. All runs of the result are resampled together, as for its table, so that
 * the same patients are drawn and the same pair has the same numbers.
 * @param runs all of the result, in its order
 * @throws RangeError (a defect) where runs of one seed and fold were tested on different images
 */
export async function pairedDifference(
  runs: readonly TestedRun[],
  { a, b }: { a: RowKey; b: RowKey },
  options: {
    classes: readonly string[];
    confidence: number;
    resamples: number;
    grouping: Grouping;
    /** Where the images lie that were tested, and how they are shown. */
    shown: Pick<NonNullable<RowDifference['disagreements']>, 'folder' | 'greyScale'>;
    signal?: AbortSignal;
  },
): Promise<RowDifference> {
  const { classes, confidence, resamples, grouping, shown, signal } = options;
  const tested = (row: RowKey): number[] =>
    [...runs.keys()].filter((at) => runs[at]!.test.length > 0 && isSameRow(rowOf(runs[at]!.record.cell), row));
  const pairs = sharedRuns(tested(a), tested(b), runs);
  const pools = [pairs.map(([own]) => own), pairs.map(([, other]) => other)];
  const [ofA, ofB] = await bootstrapPools(runs.map(predictionsOf), pools, { resamples, seed: 0, signal });
  const gap = (name: 'auroc' | 'auprc') => percentileInterval(difference(ofA![name], ofB![name]), confidence);
  const compared = { own: pools[0]!, reference: pools[1]! };
  const [detail] =
    pairs.length === 0 ? [] : await pairDetails(runs, [compared], { classes, confidence, resamples, signal });
  return {
    auroc: gap('auroc'),
    auprc: gap('auprc'),
    pairs: pairs.length,
    ...testedPatients(pairs.map(([own]) => runs[own]!)),
    ...{ grouping, confidence, resamples },
    ...(detail && { detail, disagreements: { ...shown, images: disagreementsOf(runs, compared, classes) } }),
  };
}
