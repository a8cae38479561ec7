/**
 * Distance of two tasks by their embeddings, symmetric: the cosine distance of Fa / (Fa + Fb) and Fb / (Fa + Fb), entry by
 * entry, which takes no notice of the scale of a filter (Achille et al. 2019, section 3.2). An entry that is 0 in both says
 * nothing and is left out; the authors' code adds 10⁻⁸ to the sums instead.
 * @param a Fisher information of each filter, 0 or more and not all 0, of one length with `b`
 * @returns 0 where one is a multiple of the other, to 1 where no filter matters to both
 */
export function taskDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const sum = a[at]! + b[at]!;
    if (sum === 0) continue;
    const [u, v] = [a[at]! / sum, b[at]! / sum];
    product += u * v;
    ofA += u * u;
    ofB += v * v;
  }
  return Math.max(0, 1 - product / Math.sqrt(ofA * ofB));
}

/** Of the paper, chosen there for its probe network. */
export const ALPHA = 0.15;

/**
 * How far a task is from the trivial one, t₀: the same Fisher information in every filter, which is what a prior says of a
 * network before it has seen a task. Its size is the median of the task's own, so that it does not depend on the scale.
 */
export function fromTrivial(a: ArrayLike<number>): number {
  const sorted = Float64Array.from(a).sort();
  const middle = sorted[Math.floor(sorted.length / 2)]!;
  // More than half of the filters say nothing: any constant is as far.
  return taskDistance(a, new Float64Array(a.length).fill(middle > 0 ? middle : Number.MIN_VALUE));
}

/**
 * Asymmetric: d(a → b) = d_sym(a, b) − α d_sym(a, t₀), by which a source that is itself a rich task is nearer (equation 3
 * of the paper). May be negative.
 */
export const transferDistance = (a: ArrayLike<number>, b: ArrayLike<number>, alpha = ALPHA): number =>
  taskDistance(a, b) - alpha * fromTrivial(a);
