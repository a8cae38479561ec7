import type { CutPoint } from '../../../contract/backbone.ts';
import { blockCuts, layerCutsAround } from './cuts.ts';
import type { Work } from './work.ts';

/** Share of the exhaustive search's work that the fast search may take. */
const BUDGET = 1 / 4;

/**
 * Lengths of the short runs of successive halving (Jamieson and Talwalkar 2016): a sixth and two thirds of all epochs, where
 * these are shorter than a whole run. The second is long because deep cuts lead early that shallow ones still catch up with.
 */
export function rungs(epochs: number): number[] {
  return [...new Set([Math.ceil(epochs / 6), Math.ceil((2 * epochs) / 3)])].filter((length) => length < epochs);
}

/** How many of `n` cuts go on after a rung. */
export const survivors = (n: number): number => Math.ceil(n / 2);

/** Work of the linear probes in epochs of the whole network: a forward pass is a third of a training step, over more images. */
const PROBES = 1 / 2;

/** Work per training image, the linear probes' included. @param trained epochs under all seeds, per cut */
export function workOf(work: Work, trained: ReadonlyMap<string, number>): number {
  return [...trained].reduce(
    (sum, [cut, epochs]) => sum + epochs * work.get(cut)!,
    PROBES * Math.max(...work.values()),
  );
}

/** How much a whole run of a cut is, under all the seeds. */
export interface Extent {
  epochs: number;
  seeds: number;
}

/**
 * Work per training image of the two-stage search, at least, should it end near `leader`: all block cuts, and the layer
 * cuts around the one of them that has the least and still reaches it.
 */
export function exhaustiveWork(
  points: readonly CutPoint[],
  leader: string,
  { work, epochs, seeds }: Extent & { work: Work },
): number {
  const sum = (some: readonly CutPoint[]): number => some.reduce((total, { name }) => total + work.get(name)!, 0);
  const blocks = blockCuts(points);
  const reaching = blocks
    .map(({ name }) => ({ name, around: layerCutsAround(points, name) }))
    .filter(({ name, around }) => name === leader || around.some((point) => point.name === leader));
  return epochs * seeds * (sum(blocks) + Math.min(...reaching.map(({ around }) => sum(around))));
}

/** Most cuts that get a short run. */
const MOST = 10;
/** Share of what the fast search may take that goes to short runs, so that whole runs under all seeds remain possible. */
const SHORT = 1 / 2;

/**
 * The cuts that get short runs: those of `choose` for the largest number, `MOST` or less, with which these runs take no
 * more than their share. Which go on after a rung is not known yet; they are taken to be the dearest.
 * @param choose that many cuts, or fewer
 * @param leader the cut that the search is expected to end near
 */
export function shortRuns(
  points: readonly CutPoint[],
  choose: (most: number) => string[],
  { leader, ...extent }: Extent & { work: Work; leader: string },
): string[] {
  const allowed = SHORT * BUDGET * exhaustiveWork(points, leader, extent);
  const { work } = extent;
  const fits = (cuts: readonly string[]): boolean => {
    const dearest = cuts.toSorted((a, b) => work.get(b)! - work.get(a)!);
    const trained = new Map<string, number>();
    let going = dearest;
    for (const epochs of rungs(extent.epochs)) {
      for (const cut of going) trained.set(cut, epochs);
      going = going.slice(0, survivors(going.length));
    }
    return workOf(work, trained) <= allowed;
  };
  const choices = Array.from({ length: MOST }, (_, index) => choose(MOST - index));
  return choices.find(fits) ?? choices.at(-1)!;
}

/**
 * How many of the best cuts are trained under the next seed, so that under each seed after it fewer are, and under the last
 * of all one or more: as many as keep the whole search within a quarter of the exhaustive one's work. One goes on at least
 * under the first seed; under a later one none where even that would take more. Work is estimated, not timed, so that the
 * same search on another day takes the same course.
 * @param order cuts, best first
 * @param state.finished seeds that all these cuts have been trained under to the end
 * @param state.trained epochs so far, per cut, under all seeds
 */
export function goingOn(
  points: readonly CutPoint[],
  order: readonly string[],
  { finished, trained, ...extent }: Extent & { work: Work; finished: number; trained: ReadonlyMap<string, number> },
): number {
  const { work, epochs, seeds } = extent;
  const allowed = BUDGET * exhaustiveWork(points, order[0]!, extent);
  const left = seeds - finished;
  /** Seeds that the cut in this place is still trained under, of `n` that go on. */
  const seedsOf = (place: number, n: number): number =>
    Array.from({ length: left }, (_, later) => Math.max(1, Math.round(n * (1 - later / left)))).filter(
      (going) => place < going,
    ).length;
  const fits = (n: number): boolean => {
    const planned = order.slice(0, n).map((cut, place) => [cut, epochs * (finished + seedsOf(place, n))] as const);
    return workOf(work, new Map([...trained, ...planned])) <= allowed;
  };
  const most = order.map((_, index) => index + 1).findLast(fits);
  if (most !== undefined) return most;
  const one = new Map([...trained, [order[0]!, epochs * (finished + 1)]]);
  return finished === 0 || workOf(work, one) <= allowed ? 1 : 0;
}
