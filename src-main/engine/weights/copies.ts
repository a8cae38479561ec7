import { basename } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { WeightFile } from './file.ts';
import type { Expectation, Place, Wanted } from './names.ts';

/** Which of its names the parameters have in a file, and what stands before them. */
export interface Naming {
  style: number;
  prefix: string;
}

/** A copy of the network in a file, or a part of one. */
export interface Copy extends Naming {
  /** How many parameters are found with their shape; one found by name alone adds next to nothing. */
  score: number;
  /** The tensor of the first parameter that is found. */
  begins: string;
}

/** What a name without its shape counts: less than any number of shapes. */
const BY_NAME_ALONE = 1e-6;

/** What a copy is called whose names begin with the network's own. */
const UNWRAPPED = 'root';

/**
 * Every style and prefix under which parameters are found, the best first; of several that are equal, the first in the
 * file. Only one is read, so that two networks in one file are never mixed.
 */
export function copiesOf(
  { wanted }: Expectation,
  places: ReadonlyMap<string, readonly Place[]>,
  separator: string,
  fits: (wanted: Wanted, stored: string) => boolean,
): Copy[] {
  const copies: Copy[] = [];
  const styles = wanted[0]?.names.length ?? 0;
  for (let style = 0; style < styles; style++) {
    const found = new Map<string, Copy>();
    for (const each of wanted) {
      for (const { prefix, stored } of places.get(each.canonical[style]!) ?? []) {
        const copy = found.get(prefix) ?? { style, prefix, score: 0, begins: stored };
        copy.score += fits(each, stored) ? 1 : BY_NAME_ALONE;
        found.set(prefix, copy);
      }
    }
    const modules = modulesOf(wanted, style);
    for (const copy of found.values()) {
      // A layer of the network is no wrapper of it: another network's `layer3.0.bn1` is not this one's `bn1`.
      const isInside = copy.prefix.split(separator).some((part) => !/^\d*$/.test(part) && modules.has(moduleOf(part)));
      if (!isInside) copies.push(copy);
    }
  }
  return copies.sort((a, b) => b.score - a.score);
}

/** What a person calls a copy: the wrappers that it is in. */
export const copyName = (prefix: string, separator: string): string =>
  prefix === '' ? UNWRAPPED : prefix.slice(0, -separator.length);

/** The names of the copies that are whole; one under two ways of naming counts once. */
export function namesOfWhole(copies: readonly Copy[], parameters: number, separator: string): string[] {
  const whole = copies.filter(({ score }) => score === parameters);
  const apart = whole.filter(({ begins }, at) => whole.findIndex((other) => other.begins === begins) === at);
  return apart.map(({ prefix }) => copyName(prefix, separator));
}

/**
 * The copy that was asked for, by its name or one of the wrappers in it; else the best.
 * @throws CutpointError INPUT_INVALID
 */
export function chooseCopy(
  copies: readonly Copy[],
  separator: string,
  asked: string | undefined,
  file: WeightFile,
): Naming {
  if (asked === undefined) return copies[0] ?? { style: 0, prefix: '' };
  const named = copies.map((copy) => ({ copy, name: copyName(copy.prefix, separator) }));
  const found =
    named.find(({ name }) => name === asked) ??
    named.find(({ name }) => name.startsWith(asked + separator)) ??
    named.find(({ name }) => name.split(separator).includes(asked));
  if (found) return found.copy;
  const best = named.filter(({ copy }) => copy.score >= (copies[0]?.score ?? 0) / 2).map(({ name }) => name);
  const there = [...new Set(best)];
  throw new CutpointError(
    'INPUT_INVALID',
    `'${basename(file.path)}' holds no weights called '${asked}' for this network.`,
    {
      remedy:
        there.length > 0 ? `It holds them as: ${there.join(', ')}.` : 'Look into the file: it names what it holds.',
      details: { weights: there },
    },
  );
}

/** The modules that the parameters of a backbone are in. */
export function modulesOf(wanted: readonly Wanted[], style: number): ReadonlySet<string> {
  return new Set(wanted.map(({ names }) => moduleOf(names[style]!)));
}

/** The first part of a name, which all layers of a stage share: `layer1` of `layer1.0.conv1.weight`, `block2` of `block2c_bn/beta`. */
export function moduleOf(name: string): string {
  return /^[^._/]*/.exec(name)![0].replace(/(?<=\d)[a-z]$/, '');
}
