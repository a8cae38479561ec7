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
  // With few folds t reaches beyond what an area, or a difference of two, can be.
  const within = <T extends CorrectedMean>(found: T | null, least: number): T | null =>
    found && { ...found, low: Math.max(least, found.low), high: Math.min(1, found.high) };
  const plain = (found: CorrectedMean | null) => {
    const area = within(found, 0);
    return area && { mean: area.mean, low: area.low, high: area.high, n: area.n };
  };
  const own = comparison?.own ?? [];
  const gaps = own.map((index, at) => {
    const [a, b] = [runs[index]!.record.testAuroc, runs[comparison!.reference[at]!]!.record.testAuroc];
    return a === null || b === null ? null : a - b;
  });
  return {
    auroc: plain(meanOf(tested, tested.map((index) => runs[index]!.record.testAuroc))),
    auprc: plain(meanOf(tested, tested.map((index) => runs[index]!.record.testAuprc))),
    difference: within(meanOf(own, gaps), -1),
  }; // prettier-ignore
}
