import type { SubgroupReport } from '../../contract/subgroups.ts';
import { quantile } from '../metrics/summary.ts';

export type Bands = NonNullable<SubgroupReport['bands']>;

/** Children, and adults of three ages. */
const AGES = [18, 40, 65];
const isAge = (name: string): boolean => /^(patient[ _-]?)?(age|alter)([ _-]?(in)?[ _-]?(y|yrs?|years?|jahre))?$/i.test(name.trim()); // prettier-ignore

/** Numbers of fewer values are names: grades, sides, sites. */
const MOST_NAMES = 8;

const isNumber = (value: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value);

/**
 * Bands for a column of numbers; null where its values are names, or few.
 * @param name of the column: ages get bands of their own, other numbers thirds of the images
 * @param values those that are there
 * @param given edges that a person named
 */
export function bandsFor(name: string, values: readonly string[], given?: readonly number[]): Bands | null {
  if (given) return { edges: [...given], from: 'given' };
  if (!values.every(isNumber)) return null;
  if (isAge(name)) return { edges: AGES, from: 'age' };
  if (new Set(values).size <= MOST_NAMES) return null;
  const ascending = values.map(Number).sort((a, b) => a - b);
  const edges = [1 / 3, 2 / 3].map((share) => Number(quantile(ascending, share).toPrecision(3)));
  return { edges: [...new Set(edges)], from: 'thirds' };
}

/** Names of the bands between edges, ascending. */
export const bandNames = ({ edges }: Bands): string[] => [
  `under ${edges[0]}`,
  ...edges.slice(1).map((edge, at) => `${edges[at]} to under ${edge}`),
  `${edges.at(-1)} and over`,
];

/** The band of a value; null where it is no number. */
export function bandOf(value: string, bands: Bands): string | null {
  if (!isNumber(value)) return null;
  const number = Number(value);
  return bandNames(bands)[bands.edges.filter((edge) => number >= edge).length]!;
}
