/** At one cut: how alike features are before and after fine-tuning, and how alike random features of the same shape. */
export interface Correlations {
  cut: string;
  /** SVCCA coefficients, each in [0, 1]. */
  tuned: readonly number[];
  random: readonly number[];
}

/** From this overlap on the two groups of coefficients count as substantially overlapped. */
export const SUBSTANTIAL = 0.5;

/**
 * Overlap of two groups of coefficients: 1 − D, D being the two-sample Kolmogorov–Smirnov statistic (the largest
 * difference of their empirical distribution functions). 0: every coefficient of one group is above all of the other;
 * 1: the same distribution. Where the densities cross once this is the overlapping coefficient (Inman and Bradley 1989),
 * the area under both; it needs no bins, which a shallow cut with a dozen coefficients could not fill.
 */
export function overlap(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [a.toSorted((x, y) => x - y), b.toSorted((x, y) => x - y)];
  let [i, j, largest] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i]!, right[j]!);
    while (left[i] === value) i++;
    while (right[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / left.length - j / right.length));
  }
  return 1 - largest;
}

/**
 * The first cut, from shallow to deep, where the reuse of features has ended: the two groups overlap substantially (Peng
 * et al. 2023, appendix C.1, step 4). Null where they do nowhere.
 */
export function endOfReuse(cuts: readonly Correlations[]): string | null {
  return cuts.find(({ tuned, random }) => overlap(tuned, random) >= SUBSTANTIAL)?.cut ?? null;
}
