/** Areas under the two curves of one class against the rest, in [0, 1]; null where one of the two is empty. */
export interface Ranking {
  auroc: number | null;
  auprc: number | null;
}

/** Images in descending order of their scores, so that they can be counted under any weights without sorting again. */
export interface RankedImages {
  /** Index of each image's patient, by which its weight is found. */
  patients: Uint32Array;
  /** 1 for the class and 0 for the rest. */
  positive: Uint8Array;
  /** 1 for the last of the images with an equal score. */
  last: Uint8Array;
}

/** Numbers that {@link countRanked} writes: {@link WINS}, {@link PAIRS}, {@link PRECISION}, {@link POSITIVES}, {@link TRAPEZOIDS}. */
export const COUNTS = 5;
/** (positive, negative) pairs ranked rightly, equal scores counting one half. */
export const WINS = 0;
/** All (positive, negative) pairs. */
export const PAIRS = 1;
/** Precision at the score of each positive, summed over the positives. */
export const PRECISION = 2;
export const POSITIVES = 3;
/**
 * Mean of the precisions at both ends of the step up to each positive, summed over the positives. Divided by them it is the
 * area under straight lines between the points, from precision 1 at recall 0 on: what scikit-learn's `auc` gives of
 * `precision_recall_curve`. Such lines lie above what can be reached between two points (Davis and Goadrich 2006).
 */
export const TRAPEZOIDS = 4;

/**
 * How well scores rank positives above negatives. O(n log n); equal scores are one threshold.
 *
 * - AUROC: the Mann–Whitney statistic, the share of (positive, negative) pairs ranked rightly, ties counting one half.
 * - AUPRC: average precision, Σ (Rᵢ − Rᵢ₋₁) Pᵢ over descending thresholds, without interpolation; what scikit-learn
 *   calls `average_precision_score`.
 *
 * @param positive per image, 1 for the class and 0 for the rest
 * @param scores per image, larger for more likely positive; finite
 */
export function ranking(positive: Uint8Array, scores: Float32Array): Ranking {
  const counts = new Float64Array(COUNTS);
  countRanked(rankImages(positive, scores, new Uint32Array(scores.length)), Uint32Array.of(1), counts, 0);
  if (counts[PAIRS] === 0) return { auroc: null, auprc: null };
  return { auroc: counts[WINS]! / counts[PAIRS]!, auprc: counts[PRECISION]! / counts[POSITIVES]! };
}

/** @param patients per image, the index of its patient */
export function rankImages(positive: Uint8Array, scores: Float32Array, patients: Uint32Array): RankedImages {
  const order = new Uint32Array(scores.length).map((_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const ranked = {
    patients: order.map((image) => patients[image]!),
    positive: positive.slice(),
    last: positive.slice(),
  };
  order.forEach((image, at) => {
    ranked.positive[at] = positive[image]!;
    ranked.last[at] = scores[image] === scores[order[at + 1]!] ? 0 : 1;
  });
  return ranked;
}

/**
 * Counts what AUROC and both AUPRC are made of, each image as often as its patient weighs; all zero where that leaves no
 * positive or no negative. O(n), and nothing is allocated.
 *
 * @param weights per patient, a whole number
 * @param counts {@link COUNTS} numbers are written from `at` on
 */
export function countRanked(images: RankedImages, weights: Uint32Array, counts: Float64Array, at: number): void {
  const { patients, positive, last } = images;
  let positives = 0;
  let negatives = 0;
  let tiedPositives = 0;
  let tiedNegatives = 0;
  let wins = 0;
  let precision = 0;
  let trapezoids = 0;
  let before = 1;
  for (let i = 0; i < patients.length; i++) {
    const weight = weights[patients[i]!]!;
    const one = positive[i]!;
    tiedPositives += weight * one;
    tiedNegatives += weight * (1 - one);
    if (last[i] === 0) continue;
    wins += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    if (tiedPositives + tiedNegatives > 0) {
      const now = positives / (positives + negatives);
      precision += tiedPositives * now;
      trapezoids += (tiedPositives * (before + now)) / 2;
      before = now;
    }
    tiedPositives = 0;
    tiedNegatives = 0;
  }
  const pairs = positives * negatives;
  counts[at + WINS] = pairs > 0 ? wins : 0;
  counts[at + PAIRS] = pairs;
  counts[at + PRECISION] = pairs > 0 ? precision : 0;
  counts[at + POSITIVES] = pairs > 0 ? positives : 0;
  counts[at + TRAPEZOIDS] = pairs > 0 ? trapezoids : 0;
}
