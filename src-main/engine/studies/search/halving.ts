import type { CutPoint } from '../../../contract/backbone.ts';
import { blockCuts, layerCutsAround } from './cuts.ts';

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

/**
 * Multiply-accumulates per training image, the linear probes' included, in units of a training step's.
 * @param trained epochs under all seeds, per cut
 */
export function workOf(points: readonly CutPoint[], trained: ReadonlyMap<string, number>): number {
  const macs = new Map(points.map(({ name, macs: each }) => [name, each]));
  return [...trained].reduce((sum, [cut, epochs]) => sum + epochs * macs.get(cut)!, PROBES * points.at(-1)!.macs);
}

/**
 * The same of the two-stage search, at least, should it end near `leader`: all block cuts, and the layer cuts around the
 * one of them that has the least and still reaches it.
 */
export function exhaustiveWork(
  points: readonly CutPoint[],
  leader: string,
  { epochs, seeds }: { epochs: number; seeds: number },
): number {
  const work = (some: readonly CutPoint[]): number => some.reduce((sum, { macs }) => sum + macs, 0);
  const blocks = blockCuts(points);
  const reaching = blocks
    .map(({ name }) => ({ name, around: layerCutsAround(points, name) }))
    .filter(({ name, around }) => name === leader || around.some((point) => point.name === leader));
  return epochs * seeds * (work(blocks) + Math.min(...reaching.map(({ around }) => work(around))));
}

/**
 * The cuts that are finished, out of those that the short runs ranked: the first, and those after it as long as the whole
 * search stays within a quarter of the exhaustive one's work; and under how many of the seeds. These are all, but where
 * even the first alone would take more: then as many as fit, one at least. Work is told by multiply-accumulates, not by
 * seconds, so that the same search on another day takes the same course.
 * @param order cuts, best first
 * @param trained epochs so far, per cut, under the first seed
 */
export function finalists(
  points: readonly CutPoint[],
  order: readonly string[],
  { trained, epochs, seeds }: { trained: ReadonlyMap<string, number>; epochs: number; seeds: number },
): { cuts: string[]; seeds: number } {
  const allowed = BUDGET * exhaustiveWork(points, order[0]!, { epochs, seeds });
  const fits = (cuts: readonly string[], under: number): boolean =>
    workOf(points, new Map([...trained, ...cuts.map((cut) => [cut, epochs * under] as const)])) <= allowed;
  const upTo = (n: number): string[] => order.slice(0, n);
  const counts = order.map((_, index) => index + 1);
  const most = counts.findLast((n) => fits(upTo(n), seeds)) ?? 1;
  const allSeeds = Array.from({ length: seeds }, (_, index) => index + 1);
  return { cuts: upTo(most), seeds: allSeeds.findLast((under) => fits(upTo(most), under)) ?? 1 };
}
