/** A probability of 0 has no logarithm: it counts as the smallest 32-bit float, as in the loss of `computeMetrics`. */
export const SMALLEST = 2 ** -149;

/** One class against the rest. */
export interface Target {
  /** Per image, 1 for the class and 0 for the rest. */
  positive: Uint8Array;
  /** Per image, of the class. */
  probability: Float64Array;
  /** Per image, ln of the probability over that of all other classes together. */
  logOdds: Float64Array;
}

/**
 * A class against the rest.
 * @param probabilities n × k, row after row; the rest is added up, as 1 minus what is nearly 1 has no digits left
 */
export function targetOf(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { classes: k, label }: { classes: number; label: number },
): Target {
  const n = labels.length;
  const probability = Float64Array.from({ length: n }, (_, image) => probabilities[image * k + label]!);
  const logOdds = probability.map((own, image) => {
    let rest = 0;
    for (let other = 0; other < k; other++) if (other !== label) rest += probabilities[image * k + other]!;
    return Math.log(Math.max(own, SMALLEST)) - Math.log(Math.max(rest, SMALLEST));
  });
  return { positive: Uint8Array.from({ length: n }, (_, i) => (labels[i] === label ? 1 : 0)), probability, logOdds };
}

/**
 * Whether a threshold tells the two classes apart without a mistake, or but for ties: no finite slope is likeliest then
 * (Albert and Anderson 1984).
 * @param weights images of weight 0 are left out
 */
export function isSeparated({ positive, logOdds }: Target, weights?: ArrayLike<number>): boolean {
  const [low, high] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ] as [[number, number], [number, number]];
  for (let image = 0; image < positive.length; image++) {
    if (weights?.[image] === 0) continue;
    const of = positive[image]!;
    const value = logOdds[image]!;
    if (value < low[of]!) low[of] = value;
    if (value > high[of]!) high[of] = value;
  }
  return high[0] <= low[1] || high[1] <= low[0];
}
