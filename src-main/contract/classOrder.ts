import type { ClassOrder } from './figures.ts';

/** Degrees that are understood in any study, from the least on; equal ones in a row. */
const DEGREES = [
  ['none', 'no', 'absent', 'healthy', 'normal', 'negative'],
  ['minimal', 'doubtful', 'questionable', 'very mild'],
  ['mild', 'low', 'slight'],
  ['moderate', 'medium', 'intermediate'],
  ['severe', 'high', 'marked'],
  ['very severe', 'very high', 'extreme', 'proliferative'],
];
const ROMAN = ['0', 'i', 'ii', 'iii', 'iv', 'v', 'vi'];

/**
 * Whether classes are in an order by their names, and in which: numbers (`0`, `1`, `2`), grades that differ in their number
 * only (`grade 1`, `stage II`, `KL-3`), or degrees (`mild`, `moderate`, `severe`). Two classes have none that a weight
 * could tell apart.
 */
export function orderByNames(classes: readonly string[]): ClassOrder {
  const ranks = classes.length > 2 ? (numbered(classes) ?? degrees(classes)) : null;
  if (ranks === null || new Set(ranks).size < classes.length) return { classes: null, by: 'unknown' };
  const rank = new Map(classes.map((name, at) => [name, ranks[at]!]));
  return { classes: classes.toSorted((a, b) => rank.get(a)! - rank.get(b)!), by: 'names' };
}

/** Of names that are alike but for one number at their end. */
function numbered(classes: readonly string[]): number[] | null {
  const parts = classes.map((name) => /^(.*?)[\s_.-]*(\d+|[ivIV]+)$/.exec(name.trim()));
  const heads = new Set(parts.map((found) => found?.[1]?.toLowerCase()));
  if (heads.size !== 1 || parts.includes(null)) return null;
  const ranks = parts.map((found) => {
    const number = found![2]!.toLowerCase();
    return /^\d/.test(number) ? Number(number) : ROMAN.indexOf(number);
  });
  return ranks.includes(-1) ? null : ranks;
}

/** The degree in each name, with what all of them share left away: `mild DR`, `no DR`, `severe DR`. */
function degrees(classes: readonly string[]): number[] | null {
  const words = classes.map((name) => name.toLowerCase().split(/[\s_.-]+/));
  const shared = new Set(words[0]!.filter((word) => words.filter((own) => own.includes(word)).length > 1));
  const ranks = words.map((own) => {
    const left = own.filter((word) => !shared.has(word)).join(' ');
    return DEGREES.findIndex((row) => row.includes(left));
  });
  return ranks.includes(-1) ? null : ranks;
}
