import { generator } from '../../random.ts';
import { ROUNDING } from '../bca.ts';

/** A number of two rows of values, the second in any order. */
export type Statistic = (x: ArrayLike<number>, y: ArrayLike<number>) => number | null;

/** Up to so many values all n! orders are gone through. */
const MOST_ENUMERATED = 9;
const MOST_DRAWS = 99_999;
const FEWEST_DRAWS = 1999;
/** Operations, of which each order takes about n². */
const AFFORDABLE = 1.5e7;

/**
 * Two-sided p-value by permutation: twice the smaller tail, at most 1. All orders of up to 9 values (`draws` is null), else
 * orders drawn with a fixed seed, the data themselves counted as one (Davison and Hinkley 1997, section 4.3).
 * @param statistic defined for the values as they are
 */
export function permutationP(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  statistic: Statistic,
): { p: number; draws: number | null } {
  const observed = statistic(x, y)!;
  const order = Float64Array.from(y);
  let [below, above, all] = [0, 0, 0];
  const count = (): void => {
    const value = statistic(x, order)!;
    if (value <= observed + ROUNDING) below++;
    if (value >= observed - ROUNDING) above++;
    all++;
  };
  const n = order.length;
  const draws =
    n <= MOST_ENUMERATED ? null : Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, Math.floor(AFFORDABLE / n ** 2)));
  if (draws === null) everyOrder(order, count);
  else {
    count();
    const random = generator(0, 'permutations');
    for (let draw = 0; draw < draws; draw++) {
      for (let i = n - 1; i > 0; i--) swap(order, i, Math.floor(random() * (i + 1)));
      count();
    }
  }
  return { p: Math.min(1, (2 * Math.min(below, above)) / all), draws };
}

/** Heap's algorithm (1963): each order differs from the one before it by one swap. */
function everyOrder(values: Float64Array, each: () => void): void {
  const counters = new Uint8Array(values.length);
  each();
  for (let i = 1; i < values.length;) {
    if (counters[i]! < i) {
      swap(values, i % 2 === 0 ? 0 : counters[i]!, i);
      each();
      counters[i]!++;
      i = 1;
    } else counters[i++] = 0;
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i]!;
  values[i] = values[j]!;
  values[j] = held;
}
