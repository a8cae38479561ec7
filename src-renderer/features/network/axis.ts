import type { CutPoint } from '../../../src-main/contract/backbone.ts';
import type { BlockSpan } from '../../logic/network.ts';

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

/** Places of the units whose names have room: that of the cut first, then ends of blocks, then others between them. */
export function named({ units }: Axis, cuts: readonly CutPoint[], current: number): number[] {
  const middle = (index: number): number => (units[index]!.start + units[index]!.end) / 2;
  const shown: number[] = units[current] ? [current] : [];
  const fits = (index: number): boolean => shown.every((other) => Math.abs(middle(other) - middle(index)) >= NAME);
  for (const wanted of [true, false]) {
    cuts.forEach(({ endsBlock }, index) => {
      if (endsBlock === wanted && fits(index)) shown.push(index);
    });
  }
  return shown.sort((a, b) => a - b);
}

/** Pixels of a letter of a block's name, generously, and between two names. */
const LETTER = 7.2;
const APART = 8;

/** The name of a block over its units. */
export interface BlockName {
  name: string;
  left: number;
  /** Of its units, or of the name where that is longer. */
  width: number;
  /** From below; a name that has no room beside the others goes over them. */
  row: number;
}

/** Where the names of blocks stand, so that all of each can be read. */
export function blockNames({ width, units }: Axis, blocks: readonly BlockSpan[]): BlockName[] {
  /** Where the last name of each row ends. */
  const ends: number[] = [];
  return blocks.map(({ name, first, last }) => {
    const [start, end] = [units[first]!.start, units[last]!.end];
    const own = name.length * LETTER;
    const left = Math.max(0, Math.min(start, width - own));
    const free = ends.findIndex((taken) => taken + APART <= left);
    const row = free === -1 ? ends.length : free;
    ends[row] = left + own;
    return { name, left, width: Math.max(own, end - left), row };
  });
}

/** Letters of a unit's name that have room on the map. */
const NAME_LENGTH = 20;

/** A name without its block and what stands before that, short enough for the map. */
export function shortName({ name, block }: CutPoint, most = NAME_LENGTH): string {
  const after = name.indexOf(`${block}.`);
  const own = after === -1 ? name : name.slice(after + block.length + 1);
  return own.length <= most ? own : `…${own.slice(-(most - 1))}`;
}

/** Pixels of a row of names. */
export const ROW = 18;
export const rowsOf = (names: readonly BlockName[]): number => 1 + Math.max(0, ...names.map(({ row }) => row));
