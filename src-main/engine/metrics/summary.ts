/** Mean and standard deviation (n − 1 in the denominator; null for one value) of the values there are; null for none. */
export function meanAndDeviation(
  values: readonly (number | null)[],
): { mean: number; deviation: number | null; n: number } | null {
  const there = values.filter((value) => value !== null);
  const n = there.length;
  if (n === 0) return null;
  const mean = there.reduce((sum, value) => sum + value, 0) / n;
  const squares = there.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : null, n };
}

/** Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996; numpy's default). */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const position = share * (ascending.length - 1);
  const below = Math.floor(position);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (high - low) * (position - below);
}
