import type { CutPoint } from '../../../src-main/contract/backbone.ts';

/** Pixels that a unit has at least, as far as there are as many; the rest is shared out by multiply-accumulates. */
const LEAST = 18;
/** Of what there is, at most this share is given out evenly: the larger part stays to scale. */
const EVEN = 0.6;
/** Pixels between two names, so that none lies on the other. */
const NAME = 14;

/** The units of a network from left to right. */
export interface Axis {
  width: number;
  /** Pixels of each unit; the cut after it is at its `end`. */
  units: readonly { start: number; end: number }[];
}

/**
 * The network to the scale of its compute: what a unit takes of the width is its share of the multiply-accumulates, on top
 * of a little that every unit has, so that it can be read and hit.
 * @param width pixels in all
 */
export function axisOf(cuts: readonly CutPoint[], width: number): Axis {
  const least = Math.min(LEAST, (EVEN * width) / Math.max(1, cuts.length));
  const rest = width - least * cuts.length;
  const all = cuts.at(-1)?.macs ?? 0;
  let end = 0;
  const units = cuts.map(({ macs }, index) => {
    const start = end;
    const own = macs - (cuts[index - 1]?.macs ?? 0);
    end = start + least + (all === 0 ? rest / cuts.length : (rest * own) / all);
    return { start, end };
  });
  return { width, units };
}

/** The place among the cuts of the one nearest to a point of the axis. */
export function cutNear({ units }: Axis, x: number): number {
  let nearest = 0;
  units.forEach(({ end }, index) => {
    if (Math.abs(end - x) < Math.abs(units[nearest]!.end - x)) nearest = index;
  });
  return nearest;
}

/** Places of the units whose names have room: ends of blocks first, then others between them. */
export function named({ units }: Axis, cuts: readonly CutPoint[]): number[] {
  const middle = (index: number): number => (units[index]!.start + units[index]!.end) / 2;
  const shown: number[] = [];
  const fits = (index: number): boolean => shown.every((other) => Math.abs(middle(other) - middle(index)) >= NAME);
  for (const wanted of [true, false]) {
    cuts.forEach(({ endsBlock }, index) => {
      if (endsBlock === wanted && fits(index)) shown.push(index);
    });
  }
  return shown.sort((a, b) => a - b);
}

/** A name without what its block says already, short enough for the map. */
export function shortName({ name, block }: CutPoint, most = 16): string {
  const own = name.startsWith(`${block}.`) ? name.slice(block.length + 1) : name;
  return own.length <= most ? own : `…${own.slice(-(most - 1))}`;
}
