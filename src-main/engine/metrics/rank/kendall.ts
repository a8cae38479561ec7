/** Pairs of one set of (x, y), counted by their order in each. */
export interface PairCounts {
  concordant: number;
  discordant: number;
  /** Equal in x, whatever they are in y; and the other way round. */
  tiedX: number;
  tiedY: number;
}

/** All pairs of n values, n (n − 1) / 2 of them. */
export function countPairs(x: ArrayLike<number>, y: ArrayLike<number>): PairCounts {
  const found = { concordant: 0, discordant: 0, tiedX: 0, tiedY: 0 };
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      const [across, up] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)];
      if (across === 0) found.tiedX++;
      if (up === 0) found.tiedY++;
      if (across * up > 0) found.concordant++;
      else if (across * up < 0) found.discordant++;
    }
  return found;
}

/** Kendall's τ-b (1945), which corrects for ties in either; null where x or y is constant. */
export function kendall(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const { concordant, discordant, tiedX, tiedY } = countPairs(x, y);
  const pairs = (x.length * (x.length - 1)) / 2;
  const untied = (pairs - tiedX) * (pairs - tiedY);
  return untied === 0 ? null : (concordant - discordant) / Math.sqrt(untied);
}

/**
 * Weighted τ of Vigna (2015, A Weighted Correlation Index for Rankings with Ties) with additive hyperbolic weights: a pair
 * counts 1 / (r + 1) of each of its two, r from 0 for the largest. The mean of the τ by the ranks in x (ties broken by y)
 * and of the one by the ranks in y, as `scipy.stats.weightedtau` has it by default. Null where x or y is constant.
 */
export function weightedKendall(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const [byX, byY] = [weightedBy(x, y), weightedBy(y, x)];
  return byX === null || byY === null ? null : (byX + byY) / 2;
}

function weightedBy(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const weights = descendingWeights(x, y);
  let [both, ownX, ownY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      const weight = weights[i]! + weights[j]!;
      const [across, up] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)];
      both += weight * across * up;
      if (across !== 0) ownX += weight;
      if (up !== 0) ownY += weight;
    }
  return ownX === 0 || ownY === 0 ? null : both / Math.sqrt(ownX * ownY);
}

/** 1 for the largest x, 1/2 for the one after it, and so on; those of equal x by their y. */
function descendingWeights(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: x.length }, (_, i) => i).sort((i, j) => x[j]! - x[i]! || y[j]! - y[i]!);
  const weights = new Float64Array(x.length);
  order.forEach((item, rank) => (weights[item] = 1 / (rank + 1)));
  return weights;
}
