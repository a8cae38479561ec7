/** Calibration patients of one class below which no set of the wanted coverage can be made: ⌈1/α⌉ − 1. */
export const leastPatients = (alpha: number): number => Math.ceil(1 / alpha - 1e-9) - 1;

/** How often a study may be unlucky: have sets that miss new patients more than twice as often as wanted. */
const UNLUCKY = 0.1;

/**
 * Calibration patients of one class from which on the coverage of new patients, which varies from one calibration to another
 * as Beta(k, n + 1 − k) (Vovk 2012, proposition 2a), is below 1 − 2α in at most one study of ten.
 */
export function neededPatients(alpha: number): number {
  const least = leastPatients(alpha);
  // The chance falls with n but for steps where k grows by less than n does: what holds twenty times as far out holds on.
  let needed = least;
  for (let n = least; n <= 20 * (least + 1); n++) if (chanceOfLess(n, alpha) > UNLUCKY) needed = n + 1;
  return needed;
}

/** The chance of a coverage below 1 − 2α: of a Beta variable as a binomial tail, the sum of whose terms is exact. */
function chanceOfLess(n: number, alpha: number): number {
  const [k, p] = [rankOf(n, alpha), 1 - 2 * alpha];
  let term = p ** n;
  let sum = term;
  for (let successes = n - 1; successes >= k; successes--) {
    term *= ((successes + 1) / (n - successes)) * ((1 - p) / p);
    sum += term;
  }
  return sum;
}

/** ⌈(n + 1)(1 − α)⌉: at most n where there are at least {@link leastPatients}. */
const rankOf = (n: number, alpha: number): number => Math.ceil((n + 1) * (1 - alpha) - 1e-9);

export interface Sets {
  labels: ArrayLike<number>;
  /** n × k, row after row. */
  probabilities: Float32Array;
  /** Patient of each image. */
  groups: readonly string[];
}

/**
 * Of each patient the lowest probability of a class among their images of it. A patient is one number then, whatever the
 * number of their images, and patients who came about alike are exchangeable, which images of one patient and of others are
 * not (Dunn, Wasserman and Ramdas 2023).
 */
export function worstOfPatients({ labels, probabilities, groups }: Sets, label: number): Map<string, number> {
  const k = probabilities.length / groups.length;
  const worst = new Map<string, number>();
  groups.forEach((group, image) => {
    if (labels[image] !== label) return;
    worst.set(group, Math.min(worst.get(group) ?? 1, probabilities[image * k + label]!));
  });
  return worst;
}

/**
 * The probability of a class from which on it is in the set of an image. With nonconformity 1 − p(class), this is one minus
 * the ⌈(n + 1)(1 − α)⌉-th smallest of the patients (Angelopoulos and Bates 2021, section 1.1; per class: Vovk 2012): all
 * images of the class of a new patient have it in their sets with a chance of at least 1 − α.
 * @param worst of {@link worstOfPatients}, at least {@link leastPatients}
 */
export function conformalThreshold(worst: ReadonlyMap<string, number>, alpha: number): number {
  const descending = Float64Array.from(worst.values()).sort().reverse();
  return descending[rankOf(worst.size, alpha) - 1]!;
}

/** @returns per image, which classes are in its set */
export function setsOf({ probabilities, groups }: Sets, thresholds: readonly number[]): boolean[][] {
  const k = thresholds.length;
  return groups.map((_, image) => thresholds.map((threshold, label) => probabilities[image * k + label]! >= threshold));
}
