import type { CutPoint } from '../../../contract/backbone.ts';
import { BUDGET, exhaustiveWork, workOf, type Extent } from './budget.ts';
import type { Work } from './work.ts';

/**
 * Lengths of the short runs of successive halving (Jamieson and Talwalkar 2016): a sixth and a third of all epochs, where
 * these are shorter than a whole run.
 */
export function rungs(epochs: number): number[] {
  return [...new Set([Math.ceil(epochs / 6), Math.ceil(epochs / 3)])].filter((length) => length < epochs);
}

const dearestFirst = (cuts: readonly string[], work: Work): string[] =>
  cuts.toSorted((a, b) => work.get(b)! - work.get(a)!);

/** How many cuts go on after the first short runs. */
export const SURVIVORS = 5;

/**
 * The cuts that get short runs: those of `choose` for the largest number with which whole runs of `leader` under all seeds
 * still keep within the budget. Which go on after the first short run is not known yet; they are taken to be the dearest.
 * @param choose that many cuts, or fewer
 * @param leader the cut that the search is expected to end at
 */
export function shortRuns(
  points: readonly CutPoint[],
  choose: (most: number) => string[],
  { leader, ...extent }: Extent & { leader: string },
): string[] {
  const { work, epochs, seeds } = extent;
  const allowed = BUDGET * exhaustiveWork(points, leader, extent);
  const fits = (cuts: readonly string[]): boolean => {
    const dearest = dearestFirst(cuts, work);
    const short = rungs(epochs).flatMap((length, rung) =>
      dearest.slice(0, rung === 0 ? dearest.length : SURVIVORS).map((cut) => [cut, length] as const),
    );
    return workOf(work, new Map([...short, [leader, epochs * seeds]])) <= allowed;
  };
  const choices = points.map((_, index) => choose(points.length - index));
  return choices.find(fits) ?? choices.at(-1)!;
}

/**
 * How many of the best cuts are trained under the next seed, so that under each seed after it fewer are, and under the last
 * of all one or more: as many as keep the whole search within a quarter of the exhaustive one's work, whichever of them
 * lead then. One at least goes on under the first seed; under a later one none where even that would take more. Work is
 * estimated, not timed, so that the same search on another day takes the same course.
 * @param order cuts, best first
 * @param state.finished seeds that all these cuts have been trained under to the end
 * @param state.trained epochs so far, per cut, under all seeds
 */
export function goingOn(
  points: readonly CutPoint[],
  order: readonly string[],
  { finished, trained, ...extent }: Extent & { finished: number; trained: ReadonlyMap<string, number> },
): number {
  const { work, epochs, seeds } = extent;
  const left = seeds - finished;
  /** Of `n` that go on, the seeds that the one in this place is still trained under. */
  const seedsOf = (place: number, n: number): number =>
    Array.from({ length: left }, (_, later) => Math.max(1, Math.round(n * (1 - later / left)))).filter(
      (going) => place < going,
    ).length;
  /** Whether these may be trained under so many further seeds each, the dearest under the most. */
  const fits = (cuts: readonly string[], further: (place: number) => number): boolean => {
    const planned = dearestFirst(cuts, work).map((cut, place) => [cut, epochs * (finished + further(place))] as const);
    const least = Math.min(...cuts.map((leader) => exhaustiveWork(points, leader, extent)));
    return workOf(work, new Map([...trained, ...planned])) <= BUDGET * least;
  };
  const most = order.findLastIndex((_, last) => fits(order.slice(0, last + 1), (place) => seedsOf(place, last + 1)));
  if (most >= 0) return most + 1;
  return finished === 0 || fits(order.slice(0, 1), () => 1) ? 1 : 0;
}
