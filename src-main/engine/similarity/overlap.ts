/** Coefficients nearer to each other than this are equal: those that dimension alone makes 1 differ by rounding only. */
const EQUAL = 1e-9;

/**
 * The probability that a value drawn from `a` is larger than one drawn from `b`, equal ones counting half: Mann and
 * Whitney's U divided by the number of pairs, in [0, 1]; 0.5 where there are none.
 */
export function superiority(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return 0.5;
  const sorted = b.slice().sort();
  let wins = 0;
  for (const value of a) wins += (countBelow(sorted, value - EQUAL) + countBelow(sorted, value + EQUAL)) / 2;
  return wins / (a.length * b.length);
}

function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How far CCA coefficients of trained features overlap with those of random features: 2 (1 − P), where P is the probability
 * that a coefficient of the trained ones is the larger. 0: every one is above every random one. 1: nothing tells them
 * apart, or the trained ones are lower.
 *
 * Why this statistic: appendix C.1 of Peng et al. 2023 asks whether the two distributions "become substantially
 * overlapped" and not how high they are, since dimension alone raises coefficients. P sees their order only, needs no
 * density and no bandwidth, and has a known value, one half, for equal distributions.
 */
export function overlapWithRandom(trained: Float64Array, random: Float64Array): number {
  return Math.min(1, 2 * (1 - superiority(trained, random)));
}

/**
 * The first cut of the part of the network that is no longer reused, given the overlaps from input to output: the change
 * point that best parts overlaps below the threshold from those above, i.e. with the largest sum of (overlap − threshold)
 * from it to the end (cumulative sums, Page 1954). A single cut out of line does not decide it.
 * @returns its index; null where reuse does not end
 */
export function endOfReuse(overlaps: readonly number[], threshold: number): number | null {
  let best = 0;
  let end: number | null = null;
  let sum = 0;
  for (let i = overlaps.length - 1; i >= 0; i--) {
    sum += overlaps[i]! - threshold;
    if (sum > best) [best, end] = [sum, i];
  }
  return end;
}
