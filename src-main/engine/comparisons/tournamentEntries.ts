import type { TournamentPlan } from '../../contract/comparison/tournament.ts';
import type { TestedRun } from './tested.ts';

export interface TournamentRun extends TestedRun {
  /** Milliseconds for one image, median; null where it was not measured. */
  latency: number | null;
}

/** Runs that differ in fold and seed only. */
export interface Entry {
  runs: TournamentRun[];
  /** Indices, among all runs of the tournament, of those that were tested. */
  tested: number[];
  /** What it is compared with; null for a reference, and where there is none. */
  comparison: { own: number[]; reference: number[] } | null;
  isReference: boolean;
}

/**
 * The entries of a tournament, in the order in which they first come, and for each the runs in which it can be compared:
 * those of the same seed and fold as one of the reference with the same source, or with the first source where it has none
 * of its own (from scratch). Of several cuts of the reference's strategy the first is the reference.
 *
 * @throws RangeError (a defect) where runs of one seed and fold were tested on different images
 */
export function entriesOf(plan: TournamentPlan, runs: readonly TournamentRun[]): Entry[] {
  const groups = Map.groupBy(runs.keys(), (index) => {
    const { strategy, cut, source } = runs[index]!.record.cell;
    return JSON.stringify([strategy, cut, source]);
  });
  const entries = [...groups.values()].map((indices) => ({
    ...runs[indices[0]!]!.record.cell,
    runs: indices.map((index) => runs[index]!),
    tested: indices.filter((index) => runs[index]!.test.length > 0),
  }));
  const references = entries.filter(
    (entry, at) =>
      entry.strategy === plan.reference &&
      entries.findIndex(({ strategy, source }) => strategy === plan.reference && source === entry.source) === at,
  );
  return entries.map((entry) => {
    const isReference = references.includes(entry);
    const reference = references.find(({ source }) => source === entry.source) ?? references[0];
    const shared = isReference || !reference ? [] : sharedRuns(entry.tested, reference.tested, runs);
    return {
      runs: entry.runs,
      tested: entry.tested,
      comparison:
        shared.length === 0 ? null : { own: shared.map(([own]) => own), reference: shared.map(([, other]) => other) },
      isReference,
    };
  });
}

/** Pairs of runs under the same seed and fold, as indices among all runs. @throws RangeError as `entriesOf` */
export function sharedRuns(
  own: readonly number[],
  others: readonly number[],
  runs: readonly TestedRun[],
): [own: number, other: number][] {
  return own.flatMap((index): [number, number][] => {
    const { record, test } = runs[index]!;
    const other = others.find((each) => {
      const { seed, fold } = runs[each]!.record.cell;
      return seed === record.cell.seed && fold === record.cell.fold;
    });
    if (other === undefined) return [];
    const images = runs[other]!.test;
    if (images.length !== test.length || images.some(({ file }, at) => file !== test[at]!.file)) {
      throw new RangeError(`runs ${record.run} and ${runs[other]!.record.run} were tested on different images`);
    }
    return [[index, other]];
  });
}
