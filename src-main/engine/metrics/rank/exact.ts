import { midRanks } from './correlation.ts';
import { countPairs } from './kendall.ts';

/** Chances of a whole number, from 0 on; their sum is any positive number. */
type Chances = ArrayLike<number>;

/**
 * Two-sided p-value of a whole number whose chances are known: twice the smaller of the two tails, at most 1, as of
 * `scipy.stats.permutation_test`. Where the chances are symmetric this is the chance of being as far from the middle.
 */
function twoSided(chances: Chances, observed: number): number {
  let [all, below, above] = [0, 0, 0];
  for (let at = 0; at < chances.length; at++) {
    all += chances[at]!;
    if (at <= observed) below += chances[at]!;
    if (at >= observed) above += chances[at]!;
  }
  return Math.min(1, (2 * Math.min(below, above)) / all);
}

/** States times groups times sums: of 15 values without ties 500 million, which take about a second. */
const MOST_STEPS = 1e9;

/**
 * Exact p-value of Spearman's ρ over all n! orders, with any ties; null where that would take too long. ρ grows with the sum
 * of the products of the ranks, which is counted by dealing the values of one to the groups of equal values of the other: a
 * state is how many of each group are taken.
 */
export function spearmanExact(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const [a, b] = [wholeRanks(x), wholeRanks(y)];
  const [groups, items] = statesOf(a) <= statesOf(b) ? [a, b] : [b, a];
  const sizes = [...Map.groupBy(groups, (value) => value)].map(([value, { length }]) => ({ value, size: length }));
  const sorted = (values: readonly number[]) => values.toSorted((one, other) => one - other);
  const most = sorted(a).reduce((sum, value, at) => sum + value * sorted(b)[at]!, 0);
  if (statesOf(groups) * sizes.length * (most + 1) > MOST_STEPS) return null;

  let stride = 1;
  const kinds = sizes.map(({ value, size }) => {
    const kind = { value, size, stride };
    stride *= size + 1;
    return kind;
  });
  let layer = new Map<number, Float64Array>([[0, Float64Array.of(1)]]);
  for (const item of items) {
    const next: typeof layer = new Map();
    for (const [state, counts] of layer)
      for (const kind of kinds) {
        if (Math.floor(state / kind.stride) % (kind.size + 1) === kind.size) continue;
        const [to, by] = [state + kind.stride, kind.value * item];
        next.set(to, added(next.get(to), counts, by));
      }
    layer = next;
  }
  const [counts] = layer.values();
  const observed = a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  return twoSided(counts!, observed);
}

/** `counts` moved up by `by`, and added to what is there. */
function added(there: Float64Array | undefined, counts: Float64Array, by: number): Float64Array {
  const length = counts.length + by;
  const sum = there && there.length >= length ? there : new Float64Array(length);
  if (there && sum !== there) sum.set(there);
  for (let at = 0; at < counts.length; at++) sum[at + by]! += counts[at]!;
  return sum;
}

/** Ranks as the smallest whole numbers that have the same distances between them, from 0. */
function wholeRanks(values: ArrayLike<number>): number[] {
  const doubled = Array.from(midRanks(values), (rank) => 2 * rank);
  const least = Math.min(...doubled);
  const from0 = doubled.map((rank) => rank - least);
  const divisor = from0.reduce(greatestCommonDivisor, 0) || 1;
  return from0.map((rank) => rank / divisor);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const statesOf = (values: readonly number[]): number =>
  [...Map.groupBy(values, (value) => value).values()].reduce((product, { length }) => product * (length + 1), 1);

/** More values than any study compares pairs; the work grows with their fourth power. */
const MOST_VALUES = 150;

/**
 * Exact p-value of Kendall's τ-b over all n! orders where at most one of x and y has ties, else null. With the groups of the
 * one in order, the pairs that the other puts the wrong way round are the inversions of a multiset, whose distribution is the
 * convolution of Mann–Whitney's over the groups.
 */
export function kendallExact(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const { discordant, tiedX, tiedY } = countPairs(x, y);
  if ((tiedX > 0 && tiedY > 0) || x.length > MOST_VALUES) return null;
  const sizes = [...Map.groupBy(Array.from(tiedX > 0 ? x : y), (value) => value).values()].map(({ length }) => length);
  let chances = Float64Array.of(1);
  let before = 0;
  for (const size of sizes) {
    chances = convolved(chances, mannWhitney(before, size));
    before += size;
  }
  return twoSided(chances, discordant);
}

/** Chance of each number of wrong pairs between `m` and `n` values without ties, in any order (Mann and Whitney 1947). */
function mannWhitney(m: number, n: number): Float64Array {
  // Row of m' for all n' up to n; the last in order is of the m', above all n' of the others, or one of these.
  let row = Array.from({ length: n + 1 }, () => Float64Array.of(1));
  for (let own = 1; own <= m; own++) {
    const next = [Float64Array.of(1)];
    for (let others = 1; others <= n; others++) {
      const chances = new Float64Array(own * others + 1);
      row[others]!.forEach((chance, at) => (chances[at + others]! += (chance * own) / (own + others)));
      next[others - 1]!.forEach((chance, at) => (chances[at]! += (chance * others) / (own + others)));
      next.push(chances);
    }
    row = next;
  }
  return row[n]!;
}

function convolved(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < b.length; i++) for (let j = 0; j < a.length; j++) sum[i + j]! += b[i]! * a[j]!;
  return sum;
}
