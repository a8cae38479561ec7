import type { Interval } from '../../contract/comparison/shared.ts';
import type { BestCut, TransferScore } from '../../contract/sourceStudy.ts';
import { percentileInterval } from '../metrics/bootstrap.ts';
import { DIFFERENCE, pairedAurocs, TRANSFERABILITY, type Pairing } from '../metrics/weightedAuroc.ts';
import { predictionsOf } from '../comparisons/tested.ts';
import { sharedRuns } from '../comparisons/tournamentEntries.ts';
import type { StudyRun } from './studyRuns.ts';

export interface Resampling {
  confidence: number;
  resamples: number;
  signal?: AbortSignal | undefined;
}

type Of = Pick<TransferScore, 'target' | 'backbone' | 'source'>;

/** The transferability of each source to each target with each network, in the order in which they first come. */
export async function transferScores(runs: readonly StudyRun[], resampling: Resampling): Promise<TransferScore[]> {
  return eachPart(runs, async (part, of) => {
    const sources = sourcesOf(part);
    const baseline = indicesOf(part, ({ source }) => source === null);
    const pairings = sources.map((source) =>
      pairingOf(part, indicesOf(part, (row) => row.source === source && row.cut === null), baseline),
    ); // prettier-ignore
    const scores = await intervals(part, pairings, { ...resampling, figure: TRANSFERABILITY });
    return sources.map((source, at) => ({ ...of, source, score: scores[at]!, pairs: pairings[at]!.own.length }));
  });
}

/** The best cut of each source by validation; empty without cuts. */
export async function bestCuts(runs: readonly StudyRun[], resampling: Resampling): Promise<BestCut[]> {
  return eachPart(runs, async (part, of) => {
    if (part.every(({ row }) => row.cut === null)) return [];
    const best = sourcesOf(part).flatMap((source) => bestOf(part, { ...of, source }));
    const pairings = best.map(({ source, cut }) =>
      cut === null
        ? { own: [], baseline: [] }
        : pairingOf(
            part,
            indicesOf(part, (row) => row.source === source && row.cut === cut),
            indicesOf(part, (row) => row.source === source && row.cut === null),
          ),
    );
    const differences = await intervals(part, pairings, { ...resampling, figure: DIFFERENCE });
    return best.map((each, at) => ({ ...each, difference: differences[at]! }));
  });
}

function bestOf(part: readonly StudyRun[], of: Of): Omit<BestCut, 'difference'>[] {
  const own = part.filter(({ row }) => row.source === of.source && row.validationAuprc !== null);
  const means = [...Map.groupBy(own, ({ row }) => row.cut)].map(([cut, group]) => ({
    cut,
    mean: group.reduce((sum, { row }) => sum + row.validationAuprc!, 0) / group.length,
  }));
  const [best] = means.toSorted((a, b) => b.mean - a.mean);
  if (!best) return [];
  return [{ ...of, cut: best.cut, validation: best.mean, whole: means.find(({ cut }) => cut === null)?.mean ?? null }];
}

/** Runs of one target with one network are resampled together: they have the same patients. */
async function eachPart<T>(
  runs: readonly StudyRun[],
  measure: (part: readonly StudyRun[], of: Pick<Of, 'target' | 'backbone'>) => Promise<T[]>,
): Promise<T[]> {
  const parts = Map.groupBy(runs, ({ row: { target, backbone } }) => JSON.stringify([target, backbone]));
  const results: T[] = [];
  for (const part of parts.values()) {
    const { target, backbone } = part[0]!.row;
    results.push(...(await measure(part, { target, backbone })));
  }
  return results;
}

const sourcesOf = (part: readonly StudyRun[]): string[] => [...new Set(part.flatMap(({ row }) => row.source ?? []))];

const indicesOf = (part: readonly StudyRun[], is: (row: StudyRun['row']) => boolean): number[] =>
  [...part.keys()].filter((at) => is(part[at]!.row));

/** @throws RangeError (a defect) where runs of one seed and fold were tested on different images */
function pairingOf(part: readonly StudyRun[], own: readonly number[], others: readonly number[]): Pairing {
  const pairs = sharedRuns(own, others, part);
  return { own: pairs.map(([each]) => each), baseline: pairs.map(([, each]) => each) };
}

async function intervals(
  part: readonly StudyRun[],
  pairings: readonly Pairing[],
  { confidence, resamples, signal, figure }: Resampling & { figure: typeof DIFFERENCE },
): Promise<(Interval | null)[]> {
  const found = await pairedAurocs(part.map(predictionsOf), pairings, { resamples, seed: 0, signal, figure });
  return found.map((each) => percentileInterval(each, confidence));
}
