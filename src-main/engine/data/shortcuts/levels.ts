import { quantile } from '../../metrics/summary.ts';

/** Images of a band of values at least, and bands at most. */
const LEAST_OF_BAND = 10;
const MOST_BANDS = 10;

/** What is known of each image: numbers, NaN where there is none, or categories by number, counted from 0. */
export type Feature = { values: Float64Array; categories?: number };

/** A feature in few values, counted from 0. */
export interface Levels {
  /** Of each image. */
  of: Uint16Array;
  count: number;
}

/** A feature of names; one that is missing is a category, too. */
export function categories(names: readonly (string | undefined)[]): Feature {
  const numbers = new Map([...new Set(names)].map((name, at) => [name, at]));
  return { values: Float64Array.from(names, (name) => numbers.get(name)!), categories: numbers.size };
}

/** A feature of numbers. */
export const numbers = (values: readonly (number | undefined)[]): Feature => ({
  values: Float64Array.from(values, (value) => value ?? NaN),
});

/**
 * A feature as few values. Categories stay what they are, numbers become bands between quantiles of the training images; a
 * number that is one of the quantiles is a band of its own, so that sizes which many images have are told from those around.
 * What is not known is a value, too.
 * @param training indices of the images by which bands are found, never those that are to be predicted
 */
export function levelsOf({ values, categories }: Feature, training: Uint32Array): Levels {
  if (categories !== undefined) return { of: Uint16Array.from(values), count: categories };
  const edges = edgesOf(values, training);
  const unknown = 2 * edges.length + 1;
  const of = new Uint16Array(values.length);
  for (let image = 0; image < of.length; image++) {
    const value = values[image]!;
    let band = Number.isNaN(value) ? unknown : 0;
    for (let at = 0; at < edges.length; at++) band += value > edges[at]! ? 2 : value === edges[at]! ? 1 : 0;
    of[image] = band;
  }
  return { of, count: unknown + 1 };
}

function edgesOf(values: Float64Array, training: Uint32Array): number[] {
  const own = new Float64Array(training.length);
  let known = 0;
  for (let at = 0; at < training.length; at++) {
    const value = values[training[at]!]!;
    if (!Number.isNaN(value)) own[known++] = value;
  }
  if (known === 0) return [];
  const ascending = own.subarray(0, known).sort();
  const bands = Math.max(2, Math.min(MOST_BANDS, Math.floor(known / LEAST_OF_BAND)));
  return [...new Set(Array.from({ length: bands - 1 }, (_, at) => quantile(ascending, (at + 1) / bands)))];
}
