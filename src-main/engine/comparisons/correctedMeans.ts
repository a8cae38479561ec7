import type { TournamentRow } from '../../contract/comparison/tournament.ts';
import { correctedMean, type CorrectedMean } from '../metrics/correctedResampled.ts';
import type { TestedRun } from './tested.ts';
import type { Entry } from './tournamentEntries.ts';

/**
 * The means of a row over folds and seeds, see `correctedMean`, with the largest ratio of tested to training patients that one
 * of its runs has. Of the difference: of each run from that of the reference with the same seed and fold.
 */
export function correctedMeans(
  runs: readonly TestedRun[],
  { tested, comparison }: Entry,
  confidence: number,
): NonNullable<TournamentRow['corrected']> {
  const meanOf = (indices: readonly number[], values: readonly (number | null)[]): CorrectedMean | null => {
    const ratios = indices.map((index) => runs[index]!.ratio);
    if (values.includes(null) || ratios.includes(null)) return null;
    return correctedMean(values as number[], Math.max(0, ...(ratios as number[])), confidence);
  };
  const plain = (found: CorrectedMean | null) =>
    found && { mean: found.mean, low: found.low, high: found.high, n: found.n };
  const own = comparison?.own ?? [];
  const gaps = own.map((index, at) => {
    const [a, b] = [runs[index]!.record.testAuroc, runs[comparison!.reference[at]!]!.record.testAuroc];
    return a === null || b === null ? null : a - b;
  });
  return {
    auroc: plain(meanOf(tested, tested.map((index) => runs[index]!.record.testAuroc))),
    auprc: plain(meanOf(tested, tested.map((index) => runs[index]!.record.testAuprc))),
    difference: meanOf(own, gaps),
  }; // prettier-ignore
}
