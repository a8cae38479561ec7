import type { CutPoint } from '../../../contract/backbone.ts';
import { blockCuts, layerCutsAround } from './cuts.ts';
import type { Work } from './work.ts';

/** Share of the exhaustive search's work that the fast search may take. */
export const BUDGET = 1 / 4;

/** Work of the linear probes in epochs of the whole network: a forward pass is a third of a training step, over more images. */
const PROBES = 1 / 2;

/** Work per training image, the linear probes' included. @param trained epochs under all seeds, per cut */
export function workOf(work: Work, trained: ReadonlyMap<string, number>): number {
  return [...trained].reduce(
    (sum, [cut, epochs]) => sum + epochs * work.get(cut)!,
    PROBES * Math.max(...work.values()),
  );
}

/** What whole runs take: the work of each cut, and epochs and seeds of all. */
export interface Extent {
  work: Work;
  epochs: number;
  seeds: number;
}

/**
 * Work per training image of the two-stage search, at least, should it end near `leader`: all block cuts, and the layer
 * cuts around the one of them that has the least and still reaches it.
 */
export function exhaustiveWork(points: readonly CutPoint[], leader: string, { work, epochs, seeds }: Extent): number {
  const sum = (some: readonly CutPoint[]): number => some.reduce((total, { name }) => total + work.get(name)!, 0);
  const blocks = blockCuts(points);
  const reaching = blocks
    .map(({ name }) => ({ name, around: layerCutsAround(points, name) }))
    .filter(({ name, around }) => name === leader || around.some((point) => point.name === leader));
  return epochs * seeds * (sum(blocks) + Math.min(...reaching.map(({ around }) => sum(around))));
}
