import type { CutPoint } from '../../../contract/backbone.ts';
import { blockCuts, layerCutsAround } from './cuts.ts';

/** Share of the exhaustive search's work that the fast search may take. */
const BUDGET = 1 / 4;

/**
 * Lengths of the short runs of successive halving (Jamieson and Talwalkar 2016): a sixth and a third of all epochs, where
 * these are shorter than a whole run.
 */
export function rungs(epochs: number): number[] {
  return [...new Set([Math.ceil(epochs / 6), Math.ceil(epochs / 3)])].filter((length) => length < epochs);
}

/** How many of `n` cuts go on after a rung. */
export const survivors = (n: number): number => Math.ceil(n / 2);

/**
 * Multiply-accumulates that the two-stage search takes per image and epoch at least, should it end near `leader`: all
 * block cuts, and the layer cuts around the one of them that has the fewest and still reaches it; under every seed.
 */
export function exhaustiveWork(points: readonly CutPoint[], leader: string, seeds: number): number {
  const work = (some: readonly CutPoint[]): number => some.reduce((sum, { macs }) => sum + macs, 0);
  const blocks = blockCuts(points);
  const reaching = blocks
    .map(({ name }) => ({ name, around: layerCutsAround(points, name) }))
    .filter(({ name, around }) => name === leader || around.some((point) => point.name === leader));
  return seeds * (work(blocks) + Math.min(...reaching.map(({ around }) => work(around))));
}

/**
 * How many of the cuts that the short runs ranked are finished under all seeds: the first, and those after it as long as
 * the whole search stays within a quarter of the exhaustive one's work. Work is told by multiply-accumulates times
 * epochs, not by seconds, so that the same search on another day takes the same course.
 * @param order cuts, best first
 * @param done epochs trained so far, per cut
 */
export function finalists(
  points: readonly CutPoint[],
  order: readonly string[],
  { done, epochs, seeds }: { done: ReadonlyMap<string, number>; epochs: number; seeds: number },
): string[] {
  const macs = new Map(points.map(({ name, macs: each }) => [name, each]));
  let spent = [...done].reduce((sum, [cut, trained]) => sum + trained * macs.get(cut)!, 0);
  const allowed = BUDGET * epochs * exhaustiveWork(points, order[0]!, seeds);
  const chosen: string[] = [];
  for (const cut of order) {
    spent += macs.get(cut)! * (epochs * seeds - (done.get(cut) ?? 0));
    if (chosen.length > 0 && spent > allowed) break;
    chosen.push(cut);
  }
  return chosen;
}
